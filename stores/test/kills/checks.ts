import { createHash } from "node:crypto";
import {
  type AuditLog,
  type AuditRecord,
  type ChainReport,
  type CheckpointRecord,
  type State,
  type Store,
  TRANSITIONS,
  verifyChain,
} from "@agentpolicy/runtime";
import { expect } from "vitest";
import { figuresAt } from "../contract/tracks.ts";
import { type Line, linesOf } from "./journal.ts";
import { type Input, MOST, PAID, SECRET, SMALL } from "./rules.ts";

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** All there is in a store and beside it. */
export interface Found {
  readonly store: Store;
  readonly records: readonly AuditRecord[];
  readonly report: ChainReport;
  readonly checkpoints: readonly CheckpointRecord[];
  readonly lines: readonly Line[];
}

export async function findAll(store: Store, journal: string): Promise<Found> {
  const log = store.log as AuditLog;
  const records = await log.read({ limit: 1e6 });
  const report = await verifyChain(records, { sha256, head: await log.head() });
  const checkpoints = await store.list("checkpoint", { limit: 1e6 });
  return { store, records, report, checkpoints, lines: linesOf(journal) };
}

const idOf = ({ request }: Pick<AuditRecord, "request">): string =>
  (request?.action.input as Input | undefined)?.id ?? "";

/** The events that say that a checkpoint became something, and what. */
const BECAME: { readonly [event: string]: readonly State[] } = {
  paused: ["pending"],
  approved: ["pending", "approved"],
  rejected: ["rejected"],
  answered: ["answered"],
  cancelled: ["cancelled"],
  expired: ["expired"],
  consumed: ["consumed"],
  failed: ["failed"],
};

/** All that must hold of what is left, whoever was killed when. */
export async function everythingHolds(found: Found, kills: number): Promise<void> {
  // The chain is whole: nothing is missing, torn or altered.
  expect(found.report).toMatchObject({ ok: true, findings: [] });
  expect(JSON.stringify(found.records)).not.toContain(SECRET);
  ranOnceAndApproved(found);
  everyTransitionIsRecorded(found);
  await grantsAreRecorded(found);
  await tracksCount(found, kills);
}

/** No call ran twice, none without its record, none that had to wait without its people and its claim. */
function ranOnceAndApproved({ lines, records, checkpoints, report }: Found): void {
  const of = (what: string) => lines.filter((line) => line.what === what);
  const ran = of("ran").map(({ id }) => id);
  expect(new Set(ran).size).toBe(ran.length);

  const letRun = new Map(
    records
      .filter(({ event, runs }) => event === "evaluated" && runs)
      .map((record) => [idOf(record), record]),
  );
  const claims = new Map(
    checkpoints
      .filter(({ state }) => state === "consumed" || state === "failed")
      .map((one) => [idOf(one), one]),
  );
  const claimed = records.filter(({ event }) => event === "consumed").map(({ checkpoint }) => checkpoint);
  expect(new Set(claimed).size).toBe(claimed.length);
  const open = new Set(report.open.map(({ call }) => call));
  const ended = new Set(
    records.filter(({ event }) => event === "executed" || event === "failed").map(({ call }) => call),
  );
  const approvals = new Set(of("approve").map(({ id, by }) => `${id} ${by}`));
  const answers = new Set(of("answer").map(({ id }) => id));
  const granted = new Set(of("grant").map(({ id }) => id));
  for (const id of ran) {
    const record = letRun.get(id);
    expect(record, `${id} ran, and no record says that it might`).toBeDefined();
    const { tool, actor, call, standing } = record as AuditRecord;
    // How it ended is recorded, or that it was let run and nothing else.
    expect(ended.has(call) || open.has(call ?? ""), `how ${id} ended`).toBe(true);
    if (tool === "small") continue;
    if (standing) {
      expect(granted).toContain(actor?.id);
      continue;
    }
    const claim = claims.get(id);
    expect(claimed, `${id} ran unclaimed`).toContain(claim?.id);
    const people = { ask: [], pay: ["ann"], wire: ["ann", "ben"] }[tool as string] as string[];
    expect(claim?.approvals.map(({ by }) => by)).toEqual(people);
    for (const by of people) expect(approvals).toContain(`${id} ${by}`);
    if (tool === "ask") expect(answers).toContain(id);
  }
}

/** Each revision of a checkpoint has its one record, each leads to the next, and the last is what the checkpoint is now. */
function everyTransitionIsRecorded({ checkpoints, records }: Found): void {
  const told = new Map<string, AuditRecord[]>(checkpoints.map(({ id }) => [id, []]));
  for (const record of records) {
    if (record.checkpoint === undefined || !(record.event in BECAME)) continue;
    expect(told.has(record.checkpoint)).toBe(true);
    told.get(record.checkpoint)?.push(record);
  }
  for (const { id, state, revision } of checkpoints) {
    const events = (told.get(id) as AuditRecord[]).map(({ event }) => event);
    expect(events, `what became of ${id}`).toHaveLength(revision + 1);
    expect(events[0]).toBe("paused");
    expect(BECAME[events.at(-1) as string]).toContain(state);
    for (const [at, event] of events.slice(1).entries()) {
      const before = BECAME[events[at] as string] as readonly State[];
      expect(before.some((from) => TRANSITIONS[from]?.includes(event))).toBe(true);
    }
  }
}

/** The same of approvals given ahead. */
async function grantsAreRecorded({ store, records }: Found): Promise<void> {
  const standings = await store.list("standing", { limit: 1e6 });
  const told = records.filter(({ event }) => event === "granted" || event === "revoked");
  for (const { id, revision } of standings) {
    const events = told.filter(({ standing }) => standing?.[0] === id).map(({ event }) => event);
    expect(events).toEqual(["granted", "revoked"].slice(0, revision + 1));
  }
  expect(told.filter(({ event }) => event === "granted")).toHaveLength(standings.length);
}

/**
 * What was judged and counted is one step, so that small calls are counted exactly. A claim is another one: of what had to
 * wait, each process that was killed may have counted one call more than ran.
 */
async function tracksCount({ store, records, lines }: Found, kills: number): Promise<void> {
  const figures = await figuresAt(store, [SMALL, PAID], Date.now());
  const small = records.filter(({ tool }) => tool === "small");
  const letRun = small.filter(({ event, runs }) => event === "evaluated" && runs).length;
  expect(figures[SMALL.id]).toBe(letRun - small.filter(({ event }) => event === "failed").length);

  const ran = new Set(lines.filter(({ what }) => what === "ran").map(({ id }) => id));
  const paid = records
    .filter(({ event, runs, tool = "" }) => event === "evaluated" && runs && ["pay", "wire"].includes(tool))
    .filter((record) => ran.has(idOf(record)))
    .map(({ request }) => request?.action.input as Input);
  const sumOf = (inputs: readonly Input[]) => inputs.reduce((all, { amount }) => all + amount, 0);
  const once = [...new Map(paid.map((input) => [input.id, input])).values()];
  expect(figures[PAID.id]).toBeGreaterThanOrEqual(sumOf(once.filter(({ fail }) => !fail)));
  expect(figures[PAID.id]).toBeLessThanOrEqual(sumOf(paid) + kills * MOST);
}
