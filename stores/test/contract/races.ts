import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAgentIAM } from "@agentpolicy/runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openAt, type Place } from "../support/places.ts";
import { makeWorker, raced, type Worker } from "../support/processes.ts";
import { callOf, limitedTo, peopleOf } from "../support/rules.ts";

/** What holds when many processes use one store at once. */
export function races(place: () => Place): void {
  describe("over several processes", () => {
    let folder: string;
    let journal: string;
    let worker: Worker;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "agentpolicy-races-"));
      journal = join(folder, "journal");
      worker = await makeWorker();
    });
    afterAll(() => {
      worker?.remove();
      rmSync(folder, { recursive: true, force: true });
    });
    const runs = () => readFileSync(journal, "utf8").split("\n").filter(Boolean);

    test("64 resumes of one approved call by 8 processes run it once", async () => {
      const where = place();
      const { store, close } = openAt(where);
      const iam = createAgentIAM({ policy: limitedTo(100), store, timeout: 60_000 });
      const id = (await iam.guard(callOf("pay", 1), () => 0)).checkpoint?.id ?? "";
      const people = peopleOf(store);
      expect(await people.approve(id, { id: "ann" })).toMatchObject({ ok: true });
      writeFileSync(journal, "");
      const job = { place: where, journal, limit: 100, task: { name: "resume", id, times: 8 } } as const;
      const ran = await raced(
        worker,
        Array.from({ length: 8 }, () => job),
      );
      expect(ran.reduce((sum, count) => sum + count, 0)).toBe(1);
      expect(runs()).toEqual(["run 1"]);
      expect(await people.get(id)).toMatchObject({ state: "consumed" });
      // Those who judged and came too late have given back what they took: 99 are left.
      const left = await Promise.all(
        Array.from({ length: 100 }, () => iam.guard(callOf("small", 2), () => 0)),
      );
      expect(left.filter(({ executed }) => executed)).toHaveLength(99);
      await close();
    });

    test("1000 calls by 4 processes against a limit of 100 run 100 times", async () => {
      const where = place();
      await openAt(where).close();
      writeFileSync(journal, "");
      const job = { place: where, journal, limit: 100, task: { name: "call", times: 250 } } as const;
      const ran = await raced(
        worker,
        Array.from({ length: 4 }, () => job),
      );
      expect(ran.reduce((sum, count) => sum + count, 0)).toBe(100);
      expect(new Set(runs()).size).toBe(100);
      expect(runs()).toHaveLength(100);
    });

    test("8 processes that open an empty store at once make its tables once", async () => {
      writeFileSync(journal, "");
      const job = { place: place(), journal, limit: 8, task: { name: "call", times: 2 } } as const;
      const ran = await raced(
        worker,
        Array.from({ length: 8 }, () => job),
      );
      expect(ran.reduce((sum, count) => sum + count, 0)).toBe(8);
    });
  });
}
