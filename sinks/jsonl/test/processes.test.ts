import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { verifyChain, withSinks } from "@agentpolicy/runtime";
import { sqlite } from "@agentpolicy/store-sqlite";
import { expect, test } from "vitest";
import { sha256 } from "../../../runtime/test/audit/support.ts";
import { makeWorker, next } from "../../../stores/test/support/processes.ts";
import { jsonLines } from "../src/index.ts";
import { folder, linesOf, recordsOf } from "./support.ts";
import type { Job } from "./worker.ts";

const KILLS = 12;
const LIVES = 3;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test(`after ${KILLS} kills of guards on one store the file has all that the log has, and whatever ran was in it before`, async () => {
  const place = folder();
  const worker = await makeWorker<Job>("../../../sinks/jsonl/test/worker.ts");
  const [database, file, journal] = [place.at("db"), place.at("audit.jsonl"), place.at("journal")];
  writeFileSync(journal, "");
  let kills = 0;
  const live = async () => {
    while (kills < KILLS) {
      const prefix = `life${kills++}`;
      const child = worker.start({ database, file, journal, prefix });
      await next(child);
      // However busy the machine is, each gets somewhere.
      while (!readFileSync(journal, "utf8").includes(`${prefix}-0\n`)) await wait(2);
      await wait(Math.random() * 60);
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      expect(await gone).toEqual([null, "SIGKILL"]);
    }
  };
  try {
    await Promise.all(Array.from({ length: LIVES }, live));
    // What ran was let run by a record that was in the file before; nobody has delivered anything since.
    const idOf = (input: unknown) => (input as { readonly id: string }).id;
    const had = (await recordsOf(file))
      .filter(({ runs }) => runs)
      .map(({ request }) => idOf(request?.action.input));
    const ran = readFileSync(journal, "utf8").split("\n").filter(Boolean);
    expect(ran.length).toBeGreaterThanOrEqual(KILLS);
    expect(new Set(ran).size).toBe(ran.length);
    expect(ran.filter((id) => !had.includes(id))).toEqual([]);

    const store = withSinks(sqlite(database), { sinks: [jsonLines(file)] });
    await store.flush();
    const head = await store.log.head();
    const log = await store.log.read({ limit: 1e6 });
    await store.close();
    const records = await recordsOf(file);
    const report = await verifyChain(records, { sha256, head });
    expect(report).toMatchObject({ ok: true, findings: [], records: log.length, head });
    expect(report.open.length).toBeLessThanOrEqual(KILLS);
    const bySeq = new Map(records.map((record) => [record.seq, record]));
    expect([...bySeq.values()].sort((a, b) => a.seq - b.seq)).toEqual(log);
    expect((await linesOf(file)).filter(({ problem }) => problem === "foreign")).toEqual([]);
  } finally {
    worker.remove();
    place.remove();
  }
});
