import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AuditLog } from "@agentpolicy/runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { wholeChain } from "../support/chains.ts";
import type { LogJob } from "../support/log-worker.ts";
import { openAt, type Place } from "../support/places.ts";
import { makeWorker, next, raced, type Worker } from "../support/processes.ts";
import { factsOf, trackOf } from "../support/records.ts";
import { figuresAt } from "./tracks.ts";

const PROCESSES = 8;
const TIMES = 12;

/** What holds of a log that many processes write and deliver at once. */
export function logRaces(place: () => Place): void {
  describe("a log over several processes", () => {
    let folder: string;
    let worker: Worker<LogJob>;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "agentpolicy-log-"));
      worker = await makeWorker<LogJob>("./log-worker.ts");
    });
    afterAll(() => {
      worker?.remove();
      rmSync(folder, { recursive: true, force: true });
    });

    test(`is one chain without a gap after ${PROCESSES} of them wrote at once`, async () => {
      const where = place();
      const { store, close } = openAt(where);
      const job: LogJob = { place: where, task: { name: "write", times: TIMES } };
      const ran = await raced(
        worker,
        Array.from({ length: PROCESSES }, () => job),
      );
      const records = await wholeChain(store.log as AuditLog);
      expect(ran).toEqual(Array.from({ length: PROCESSES }, () => TIMES * 6));
      expect(records).toHaveLength(PROCESSES * TIMES * 6 + TIMES);
      const calls = new Map<string | undefined, number>();
      for (const { call } of records) calls.set(call, (calls.get(call) ?? 0) + 1);
      // Both puts of a checkpoint are of the same call; so is the one that all put.
      expect([...calls].filter(([, count]) => count === 4)).toHaveLength(PROCESSES * TIMES);
      expect(calls.get("call-1")).toBe(PROCESSES * TIMES * 2 + TIMES);
      const track = trackOf({ key: '["all"]', figure: "count" });
      expect(await figuresAt(store, [track], 0)).toEqual({ "p.n": 0 });
      await close();
    });

    test("is delivered by one at a time, in order, though those who deliver are killed", async () => {
      const where = place();
      const { store, close } = openAt(where);
      const log = store.log as AuditLog;
      const journal = join(folder, `journal-${Math.random()}`);
      writeFileSync(journal, "");
      const job: LogJob = { place: where, task: { name: "deliver", sink: "s", journal, ms: 15 } };
      const start = async (): Promise<ChildProcess> => {
        const child = worker.start(job);
        await next(child);
        child.send("go");
        return child;
      };
      let children: readonly ChildProcess[] = await Promise.all([start(), start(), start(), start()]);
      const killed = new Set<string>();
      let appended = 0;
      for (let kills = 0; kills < 6; kills++) {
        await log.append(Array.from({ length: 40 }, () => factsOf()));
        appended += 40;
        const before = linesOf(journal).length;
        await expect.poll(() => linesOf(journal).length, { timeout: 20_000 }).toBeGreaterThan(before + 1);
        // Whoever is writing, where somebody is.
        const writing = linesOf(journal).at(-1)?.pid;
        const child = children.find(({ pid }) => `${pid}` === writing) ?? (children[0] as ChildProcess);
        const gone = once(child, "exit");
        child.kill("SIGKILL");
        await gone;
        killed.add(`${child.pid}`);
        children = [...children.filter((one) => one !== child), await start()];
      }
      // A delivery that was killed holds nobody up for long.
      await expect.poll(() => log.behind("s"), { timeout: 20_000 }).toBe(0);
      for (const child of children) child.kill("SIGKILL");
      await close();
      expect(appended).toBe(240);
      inOrder(linesOf(journal), appended, killed);
    });
  });
}

interface Line {
  readonly pid: string;
  /** None where a write began. */
  readonly seqs: readonly number[];
}

const linesOf = (journal: string): readonly Line[] =>
  readFileSync(journal, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const [pid = "", ...rest] = line.split(" ");
      return { pid, seqs: rest[0] === "begin" ? [] : rest.map(Number) };
    });

/** Writes do not overlap, unless one was cut off by a kill, and hand over every record in order, again only after a kill. */
function inOrder(lines: readonly Line[], count: number, killed: ReadonlySet<string>): void {
  let writing: string | undefined;
  let had = 0;
  let again = 0;
  for (const { pid, seqs } of lines) {
    if (seqs.length === 0) {
      if (writing !== undefined) expect(killed).toContain(writing);
      writing = pid;
      continue;
    }
    expect(writing).toBe(pid);
    writing = undefined;
    const [first = 0] = seqs;
    if (first <= had) again++;
    expect(first).toBeLessThanOrEqual(had + 1);
    expect(seqs).toEqual(seqs.map((_, at) => first + at));
    had = seqs.at(-1) ?? 0;
  }
  expect(had).toBe(count);
  expect(again).toBeLessThanOrEqual(killed.size);
}
