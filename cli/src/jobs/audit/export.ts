import { existsSync } from "node:fs";
import { appendFile, rename, rm, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { AuditLog, AuditRecord } from "@agentpolicy/runtime";
import { unusable } from "../../io/read.ts";
import { counted } from "../../output/counted.ts";
import { EXIT, isMistake, type Mistake, mistake } from "../../result.ts";
import type { World } from "../../world.ts";
import { onStore } from "../store-job.ts";
import { logOf, recordsOf } from "./log.ts";

/** The options of `agentpolicy audit export`, as commander gives them. */
export interface ExportOptions {
  readonly store?: string;
  readonly out?: string;
  readonly after?: number;
  readonly force?: true;
}

export const exportLog = (options: ExportOptions, world: World): Promise<number> =>
  onStore(options, world, async (opened) => {
    const log = logOf(opened);
    if (isMistake(log)) return log;
    const { out, after = 0 } = options;
    if (out === undefined || out === "-") {
      for await (const record of recordsOf(log, { after })) await world.out(lineOf(record));
      return EXIT.fine;
    }
    const path = resolve(world.cwd, out);
    if (existsSync(path) && options.force !== true)
      return mistake(`\`${out}\` is there already`, "--force writes over it");
    const count = await writeRecords(log, after, path, out);
    if (isMistake(count)) return count;
    world.err(`${world.style.err.green("wrote")} ${out} (${counted(count, "record")})\n`);
    return EXIT.fine;
  });

/** Writes the file whole or not at all; how many records it has. */
const writeRecords = async (
  log: AuditLog,
  after: number,
  path: string,
  shown: string,
): Promise<number | Mistake> => {
  const draft = `${path}.${process.pid}.tmp`;
  // Trouble with the file, that of the store is somebody else's to tell.
  const done = (work: Promise<unknown>): Promise<Mistake | null> =>
    work.then(
      () => null,
      (error: unknown) => unusable("write", shown, error),
    );
  try {
    const blocked = await done(writeFile(draft, "", { mode: 0o600 }));
    if (blocked !== null) return blocked;
    let count = 0;
    for await (const lines of linesOf(log, after)) {
      const failed = await done(appendFile(draft, lines.join("")));
      if (failed !== null) return failed;
      count += lines.length;
    }
    return (await done(rename(draft, path))) ?? count;
  } finally {
    await done(rm(draft, { force: true }));
  }
};

/** The lines of an export, many at a time. */
async function* linesOf(log: AuditLog, after: number): AsyncGenerator<readonly string[]> {
  let lines: string[] = [];
  for await (const record of recordsOf(log, { after })) {
    if (lines.push(lineOf(record)) < BATCH) continue;
    yield lines;
    lines = [];
  }
  yield lines;
}

const BATCH = 1000;

const lineOf = (record: AuditRecord): string => `${JSON.stringify(record)}\n`;
