import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAgentIAM, type Store } from "@agentpolicy/runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openAt, type Place } from "../support/places.ts";
import { makeWorker, next, type Worker } from "../support/processes.ts";
import { limitedTo } from "../support/rules.ts";
import { figuresAt } from "./tracks.ts";

const KILLS = 24;
const LIVES = 3;
const LIMIT = 1_000_000;

/** What holds when processes are killed in the middle of whatever they do. */
export function faults(place: () => Place): void {
  describe("processes killed at any moment", () => {
    let folder: string;
    let journal: string;
    let worker: Worker;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "agentpolicy-faults-"));
      journal = join(folder, "journal");
      worker = await makeWorker();
    });
    afterAll(() => {
      worker?.remove();
      rmSync(folder, { recursive: true, force: true });
    });

    test(`after ${KILLS} kills no call ran twice, none ran unapproved, and every run is counted`, async () => {
      const where = place();
      const { store, close } = openAt(where);
      writeFileSync(journal, "");
      await killing(worker, where, journal);
      const notes = readNotes(journal);
      const waiting = await finish(store, (id) => notes.approve.add(id));
      const ran = [...notes.run, ...waiting];

      // Enough was going on for the kills to hit something.
      expect(notes.run.length).toBeGreaterThan(0);
      expect(ran.length).toBeGreaterThan(KILLS / 2);
      expect(new Set(ran).size).toBe(ran.length);
      expect(ran.filter((id) => !notes.approve.has(id))).toEqual([]);
      await everythingAddsUp(store, ran);
      await close();
    });
  });
}

/** Lets a few processes live, kills each at a moment that chance chooses, and starts another in its place. */
async function killing(worker: Worker, place: Place, journal: string): Promise<void> {
  let kills = 0;
  let span = 120;
  const life = async (number: number): Promise<void> => {
    while (kills < KILLS) {
      const prefix = `${number}-${kills++}`;
      const child = worker.start({ place, journal, limit: LIMIT, task: { name: "live", prefix } });
      await next(child);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * span));
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      expect(await gone).toEqual([null, "SIGKILL"]);
      // Where the machine is busy, nobody gets anywhere in that time.
      if (readNotes(journal).run.length === 0) span *= 2;
    }
  };
  await Promise.all(Array.from({ length: LIVES }, (_, number) => life(number)));
}

function readNotes(journal: string) {
  const notes = { run: [] as string[], approve: new Set<string>() };
  for (const line of readFileSync(journal, "utf8").split("\n")) {
    const [what, id = ""] = line.split(" ");
    if (what === "run") notes.run.push(id);
    if (what === "approve") notes.approve.add(id);
  }
  return notes;
}

/** Does what was left undone; what ran then. */
async function finish(store: Store, approving: (id: string) => void): Promise<readonly string[]> {
  const iam = createAgentIAM({ policy: limitedTo(LIMIT), store });
  const ran: string[] = [];
  for (const { id, request } of await iam.checkpoints({ state: "pending", limit: 1e6 })) {
    approving((request.action.input as { readonly id: string }).id);
    await iam.approve(id, { id: "ann" });
  }
  for (const { id } of await iam.checkpoints({ state: "approved", limit: 1e6 })) {
    await iam.resume(id, (input) => ran.push((input as { readonly id: string }).id));
  }
  return ran;
}

/** Every run has its consumed checkpoint and is counted; at most as many more are as processes were killed. */
async function everythingAddsUp(store: Store, ran: readonly string[]): Promise<void> {
  const all = await store.list({ limit: 1e6 });
  const consumed = all.filter(({ state }) => state === "consumed");
  const claimed = consumed.map(({ request }) => (request.action.input as { readonly id: string }).id);
  expect(all.filter(({ state }) => state !== "consumed")).toEqual([]);
  expect(new Set(claimed).size).toBe(claimed.length);
  expect(ran.filter((id) => !claimed.includes(id))).toEqual([]);
  expect(claimed.length - ran.length).toBeLessThanOrEqual(KILLS);

  const track = { id: "p.n", key: '["p.n"]', figure: "count", per: "policy", within: null } as const;
  const counted = Number((await figuresAt(store, [track], Date.now()))["p.n"]);
  expect(counted).toBeGreaterThanOrEqual(ran.length);
  expect(counted - ran.length).toBeLessThanOrEqual(KILLS);
}
