import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openAt, type Place } from "../support/places.ts";
import { makeWorker, type Worker } from "../support/processes.ts";
import { everythingHolds, findAll } from "./checks.ts";
import { deliveredWhole, type Left, leftBy, leftWhole } from "./left.ts";
import { beginOf, lived, momentsOf, nameOf, type Target } from "./lives.ts";
import type { Moment } from "./steps.ts";
import { finish, live, PARTS, type Part, worldOf } from "./story.ts";
import type { KillJob } from "./worker.ts";

/** How many processes live at the same time, each with a store of its own, so that each does what the first one did. */
const LANES = 3;
/** Long enough for a machine that is busy with other things, in milliseconds. */
const PATIENT = { timeout: 600_000 };

interface Lane {
  readonly place: Place;
  readonly journal: string;
  readonly sink: string | undefined;
}

/** What holds when processes are killed at each step of all that a guard and its people do. */
export function killing(place: () => Place, least: number): void {
  describe("processes killed at each step", () => {
    let folder: string;
    let worker: Worker<KillJob>;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "agentpolicy-kills-"));
      worker = await makeWorker<KillJob>("../kills/worker.ts");
    });
    afterAll(() => {
      worker?.remove();
      rmSync(folder, { recursive: true, force: true });
    });
    let lanes = 0;
    const newLane = (hasSink: boolean): Lane => {
      const journal = join(folder, `journal-${++lanes}`);
      writeFileSync(journal, "");
      return { place: place(), journal, sink: hasSink ? join(folder, `audit-${lanes}.jsonl`) : undefined };
    };

    test(
      `of whatever they do: each step is there whole or not at all, at least ${least} times`,
      PATIENT,
      async () => {
        const parts = Object.keys(PARTS) as Part[];
        const kills = await killedEverywhere(worker.file, parts, () => newLane(false), least);
        expect(kills).toBeGreaterThanOrEqual(least);
      },
    );

    test("of making the tables: whoever comes next makes them", PATIENT, async () => {
      const { said } = await lived(worker.file, jobOf(newLane(false), 0, OPENING));
      const labels = JSON.parse(said) as readonly string[];
      expect(labels.join()).toContain("CREATE TABLE");
      await inLanes(momentsOf([labels]), async (moments) => {
        for (const { step, when } of moments)
          await openedAfterwards(worker.file, newLane(false), { step, when });
      });
    });

    test("of deliveries: the file of records has what the log has", PATIENT, async () => {
      const kills = await killedEverywhere(worker.file, ["failing", "rejected"], () => newLane(true));
      expect(kills).toBeGreaterThan(40);
    });
  });
}

/** Kills one process at each moment of these parts of a life, at least so many; how many. */
async function killedEverywhere(
  file: string,
  parts: readonly Part[],
  newLane: () => Lane,
  least = 0,
): Promise<number> {
  const first = newLane();
  const { store, close } = openLane(first);
  await store.list("checkpoint", {});
  const stories: (readonly string[])[] = [];
  for (const [story, part] of parts.entries()) {
    const { code, said } = await lived(file, jobOf(first, story, part));
    expect(code).toBe(0);
    stories.push(JSON.parse(said));
  }
  const found = await findAll(store, first.journal);
  const whole = parts.map((_, story) => leftBy(story, found));
  await close();

  const targets = momentsOf(stories, least);
  await inLanes(targets, (mine) => oneLane(file, parts, newLane(), mine, whole));
  return targets.length;
}

async function inLanes(targets: readonly Target[], lane: (mine: readonly Target[]) => Promise<void>) {
  const each = Math.ceil(targets.length / LANES);
  const results = await Promise.allSettled(
    Array.from({ length: LANES }, (_, at) => lane(targets.slice(at * each, (at + 1) * each))),
  );
  for (const result of results) if (result.status === "rejected") throw result.reason;
}

/** The least that makes the tables. */
const OPENING = "askedOnly";

/** Somebody dies while a store is opened for the first time; then somebody else uses it. */
async function openedAfterwards(file: string, lane: Lane, end: Moment): Promise<void> {
  const ended = await lived(file, { ...jobOf(lane, 1, OPENING), end });
  expect(ended).toMatchObject({ signal: "SIGKILL" });
  const { store, close } = openLane(lane);
  await live(worldOf({ name: "afterwards", store, journal: lane.journal, begin: beginOf(2) }), ["allowed"]);
  const { records, report, lines } = await findAll(store, lane.journal);
  expect(report).toMatchObject({ ok: true, findings: [] });
  expect(lines).toHaveLength(1);
  expect(records.slice(-2).map(({ event }) => event)).toEqual(["evaluated", "executed"]);
  expect(records.length).toBeLessThanOrEqual(3);
  await close();
}

async function oneLane(
  file: string,
  parts: readonly Part[],
  lane: Lane,
  targets: readonly Target[],
  whole: readonly Left[],
): Promise<void> {
  const { store, close } = openLane(lane);
  await store.list("checkpoint", {});
  const deaths = targets.map((target, at) => ({ ...target, number: at + 1 }));
  for (const { number, story, step, when, label } of deaths) {
    const job = { ...jobOf(lane, number, parts[story] as Part), end: { step, when } };
    expect(await lived(file, job)).toEqual({ code: null, signal: "SIGKILL", said: label });
  }
  leftWhole(await findAll(store, lane.journal), deaths, whole);
  const kills = deaths.length;
  await finish(worldOf({ name: "afterwards", store, journal: lane.journal, begin: beginOf(kills + 1) }));
  const found = await findAll(store, lane.journal);
  await everythingHolds(found, kills);
  expect(found.checkpoints.filter(({ state }) => state === "pending")).toEqual([]);
  await close();
  if (lane.sink) await deliveredWhole(lane.place, lane.journal, lane.sink, kills);
}

const openLane = ({ place }: Lane) => openAt(place, 2);

const jobOf = ({ place, journal, sink }: Lane, number: number, part: Part): KillJob => ({
  place,
  journal,
  name: nameOf(number),
  begin: beginOf(number),
  parts: [part],
  ...(sink !== undefined && { sink }),
});
