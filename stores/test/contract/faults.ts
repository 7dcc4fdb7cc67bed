import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { everythingHolds, findAll } from "../kills/checks.ts";
import { linesOf } from "../kills/journal.ts";
import { beginOf, lived, nameOf } from "../kills/lives.ts";
import { finish, PARTS, type Part, worldOf } from "../kills/story.ts";
import type { KillJob } from "../kills/worker.ts";
import { openAt, type Place } from "../support/places.ts";
import { makeWorker, type Worker } from "../support/processes.ts";

const KILLS = 24;
const LIVES = 3;

/** What holds when processes are killed in the middle of whatever they do. */
export function faults(place: () => Place): void {
  describe("processes killed at any moment", () => {
    let folder: string;
    let journal: string;
    let worker: Worker<KillJob>;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "agentpolicy-faults-"));
      journal = join(folder, "journal");
      worker = await makeWorker<KillJob>("../kills/worker.ts");
    });
    afterAll(() => {
      worker?.remove();
      rmSync(folder, { recursive: true, force: true });
    });

    test(`after ${KILLS} kills no call ran twice, none ran unapproved, and every one is recorded and counted`, async () => {
      const where = place();
      const { store, close } = openAt(where);
      await store.list("checkpoint", {});
      writeFileSync(journal, "");
      await killing(worker.file, where, journal);
      // Enough was going on for the kills to hit something.
      expect(linesOf(journal).length).toBeGreaterThan(KILLS);
      await finish(worldOf({ name: "afterwards", store, journal, begin: beginOf(KILLS + 1) }));
      const found = await findAll(store, journal);
      await everythingHolds(found, KILLS);
      expect(found.checkpoints.filter(({ state }) => state === "pending")).toEqual([]);
      await close();
    }, 180_000);
  });
}

/** Lets a few processes live, kills each at a moment that chance chooses, and starts another in its place. */
async function killing(file: string, place: Place, journal: string): Promise<void> {
  let kills = 0;
  let span = 120;
  const parts = Object.keys(PARTS) as Part[];
  const life = async (): Promise<void> => {
    while (kills < KILLS) {
      const number = ++kills;
      const job = { place, journal, name: nameOf(number), begin: beginOf(number), parts, lives: 1e9 };
      const before = linesOf(journal).length;
      expect(await lived(file, job, { ms: Math.random() * span })).toMatchObject({
        code: null,
        signal: "SIGKILL",
      });
      // Where the machine is busy, nobody gets anywhere in that time.
      if (linesOf(journal).length === before) span *= 1.5;
    }
  };
  await Promise.all(Array.from({ length: LIVES }, life));
}
