import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { verifyChain, withSinks } from "@agentpolicy/runtime";
import { jsonLines, readJsonLines } from "@agentpolicy/sink-jsonl";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openAt, type Place } from "../support/places.ts";
import { makeWorker, type Worker } from "../support/processes.ts";
import { everythingHolds, type Found, findAll, sha256 } from "./checks.ts";
import { type Line, lifeOf } from "./journal.ts";
import { beginOf, lived, momentsOf, nameOf, told } from "./lives.ts";
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

/** A process that was killed. */
interface Death extends Moment {
  readonly number: number;
  readonly label: string;
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
        const kills = await killedEverywhere(worker.file, parts, () => newLane(false));
        expect(kills).toBeGreaterThanOrEqual(least);
      },
    );

    test("of making the tables: whoever comes next makes them", PATIENT, async () => {
      const { said } = await lived(worker.file, jobOf(newLane(false), 0, OPENING));
      const labels = JSON.parse(said) as readonly string[];
      expect(labels.join()).toContain("CREATE TABLE");
      await inLanes(momentsOf(labels), async (moments) => {
        for (const moment of moments) await openedAfterwards(worker.file, newLane(false), moment);
      });
    });

    test("of deliveries: the file of records has what the log has", PATIENT, async () => {
      const kills = await killedEverywhere(worker.file, ["rejected"], () => newLane(true));
      expect(kills).toBeGreaterThan(40);
    });
  });
}

/** Kills one process at each moment of these parts of a life; how many. */
async function killedEverywhere(file: string, parts: readonly Part[], newLane: () => Lane): Promise<number> {
  const first = newLane();
  const { store, close } = openLane(first);
  await store.list("checkpoint", {});
  const whole = await lived(file, jobOf(first, 0, parts));
  expect(whole).toMatchObject({ code: 0 });
  const labels = JSON.parse(whole.said) as readonly string[];
  const model = await findAll(store, first.journal);
  await close();

  const moments = momentsOf(labels);
  await inLanes(moments, (mine) => oneLane(file, parts, newLane(), mine, labels, model));
  return moments.length;
}

async function inLanes(moments: readonly Moment[], lane: (mine: readonly Moment[]) => Promise<void>) {
  const each = Math.ceil(moments.length / LANES);
  const results = await Promise.allSettled(
    Array.from({ length: LANES }, (_, at) => lane(moments.slice(at * each, (at + 1) * each))),
  );
  for (const result of results) if (result.status === "rejected") throw result.reason;
}

/** The least that makes the tables. */
const OPENING: readonly Part[] = ["askedOnly"];

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
  moments: readonly Moment[],
  labels: readonly string[],
  model: Found,
): Promise<void> {
  const { store, close } = openLane(lane);
  await store.list("checkpoint", {});
  const deaths: Death[] = [];
  for (const [at, moment] of moments.entries()) {
    const label = labels[moment.step - 1] as string;
    const ended = await lived(file, { ...jobOf(lane, at + 1, parts), end: moment });
    expect(ended).toEqual({ code: null, signal: "SIGKILL", said: label });
    deaths.push({ ...moment, number: at + 1, label });
  }
  leftWhole(await findAll(store, lane.journal), deaths, model);
  const world = worldOf({ name: "afterwards", store, journal: lane.journal, begin: beginOf(moments.length) });
  await finish(world);
  const found = await findAll(store, lane.journal);
  await everythingHolds(found, moments.length);
  expect(found.checkpoints.filter(({ state }) => state === "pending")).toEqual([]);
  await close();
  if (lane.sink) await deliveredWhole(lane, moments.length);
}

/**
 * What each process left is the beginning of what one leaves that lives on: the more, the later it was killed, and more only
 * where a transaction was ended.
 */
function leftWhole({ records, lines }: Found, deaths: readonly Death[], model: Found): void {
  const all = { records: told(model.records, 0), lines: journalled(model.lines, 0) };
  let last = { records: 0, lines: 0 };
  for (const [at, { number, label, when, step }] of deaths.entries()) {
    const where = `killed ${when} step ${step}, ${label}`;
    const left = { records: told(records, number), lines: journalled(lines, number) };
    expect(left.records, where).toEqual(all.records.slice(0, left.records.length));
    expect(left.lines, where).toEqual(all.lines.slice(0, left.lines.length));
    const more = { records: left.records.length - last.records, lines: left.lines.length - last.lines };
    if (at > 0) {
      const isHeard = when !== "before";
      expect(more.records >= 0 && (more.records === 0 || (isHeard && /COMMIT/.test(label))), where).toBe(
        true,
      );
      expect(more.lines, where).toBe(isHeard && label.startsWith("journal") ? 1 : 0);
    }
    last = { records: left.records.length, lines: left.lines.length };
  }
}

const journalled = (lines: readonly Line[], number: number): readonly string[] =>
  lines
    .filter(({ id }) => lifeOf(id) === nameOf(number))
    .map(({ what, id, by }) => `${what} ${id.replace(nameOf(number), "life")} ${by}`);

/** What is left is delivered; then the file has what the log has, in order, and again only what was in delivery at a kill. */
async function deliveredWhole(lane: Lane, kills: number): Promise<void> {
  const { store, close } = openAt(lane.place);
  const path = lane.sink as string;
  await withSinks(store, { sinks: [jsonLines(path)] }).flush();
  const { records, report } = await findAll(store, lane.journal);
  await close();
  const delivered = [];
  for await (const { record, problem } of readJsonLines(path)) {
    expect(problem === undefined || problem === "torn").toBe(true);
    if (record) delivered.push(record);
  }
  expect(await verifyChain(delivered, { sha256, head: report.head })).toMatchObject({
    ok: true,
    findings: [],
    records: records.length,
  });
  expect(delivered.length - records.length).toBeLessThanOrEqual(kills * 2);
}

const openLane = ({ place }: Lane) => openAt(place, 2);

const jobOf = ({ place, journal, sink }: Lane, number: number, parts: readonly Part[]): KillJob => ({
  place,
  journal,
  name: nameOf(number),
  begin: beginOf(number),
  parts,
  ...(sink !== undefined && { sink }),
});
