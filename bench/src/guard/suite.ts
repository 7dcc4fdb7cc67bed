import { readFileSync, writeFileSync } from "node:fs";
import { thisMachine } from "../harness/machine.ts";
import { inOwnProcess } from "../harness/process.ts";
import { withSection } from "../harness/report.ts";
import type { StoreName } from "./place.ts";
import { guardReport } from "./report.ts";
import type { GuardRun, StoreResult } from "./result.ts";
import type { StoreAnswer, StoreJob } from "./store-process.ts";

export interface GuardOptions {
  readonly stores: readonly StoreName[];
  readonly quick: boolean;
  /** Where databases are made. */
  readonly folder: string;
  readonly say: (text: string) => void;
}

/** Measures what the guard costs over each store, one after the other, each in a process of its own. */
export async function runGuard({ stores, quick, folder, say }: GuardOptions): Promise<GuardRun> {
  const date = new Date().toISOString().slice(0, 10);
  const results: StoreResult[] = [];
  const skipped: { [store: string]: string } = {};
  for (const store of stores) {
    say(`measuring ${store} …`);
    const job: StoreJob = { store, quick, folder };
    const answer = await inOwnProcess<StoreJob, StoreAnswer>(
      new URL("./store-process.js", import.meta.url),
      job,
    );
    if ("result" in answer) results.push(answer.result);
    else {
      skipped[store] = answer.skipped;
      say(`!!! SKIPPED: ${store}: ${answer.skipped}`);
    }
  }
  return { suite: "guard", date, machine: thisMachine(), stores: results, skipped };
}

const RESULTS = new URL("../../results/guard.json", import.meta.url);
const REPORT = new URL("../../RESULTS.md", import.meta.url);

/** Puts a run in the place of the last one: the figures, and their section of the report. */
export function keep(run: GuardRun): void {
  writeFileSync(RESULTS, `${JSON.stringify(run, null, 2)}\n`);
  writeFileSync(REPORT, withSection(readFileSync(REPORT, "utf8"), "guard", guardReport(run)));
}
