import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { openAt, type Place } from "../support/places.ts";
import { makeWorker } from "../support/processes.ts";
import { everythingHolds, findAll } from "./checks.ts";
import { linesOf } from "./journal.ts";
import { beginOf, lived, nameOf } from "./lives.ts";
import { finish, live, worldOf } from "./story.ts";

const LIVES = 80;
/** One or two megabytes, whichever blocks the shell counts in. */
const BLOCKS = 2000;

/** What holds when the system takes no more of what a process writes: files may not grow, as on a disk that is full. */
export function full(place: () => Place): void {
  describe("a disk that is full", () => {
    const folder = mkdtempSync(join(tmpdir(), "agentpolicy-full-"));
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    test("makes steps fail whole, in the middle of whatever; where there is room again, all goes on", async () => {
      const journal = join(folder, "journal");
      writeFileSync(journal, "");
      const where = place();
      const worker = await makeWorker("../kills/worker.ts");
      const job = { place: where, journal, name: nameOf(1), begin: beginOf(1) };
      const parts = ["allowed", "failing", "approved"] as const;
      const ended = await lived(worker.file, { ...job, parts, lives: LIVES }, { blocks: BLOCKS });
      worker.remove();
      expect(ended).toMatchObject({ code: 0 });
      const ran = linesOf(journal).filter(({ what }) => what === "ran").length;
      expect(ran).toBeGreaterThan(3);
      expect(ran).toBeLessThan(LIVES * 3);

      const { store, close } = openAt(where);
      const world = worldOf({ name: "afterwards", store, journal, begin: beginOf(2) });
      await everythingHolds(await findAll(store, journal), LIVES);
      await live(world, parts);
      await finish(world);
      const found = await findAll(store, journal);
      await everythingHolds(found, LIVES);
      expect(found.lines.filter(({ id }) => id.startsWith("afterwards/"))).toHaveLength(4);
      await close();
    });
  });
}
