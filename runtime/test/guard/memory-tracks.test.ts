import { type KeyedTrack, memory, type TrackDeclaration, type TrackEntry } from "@agentpolicy/runtime";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const HOUR = 3_600_000;

/** Two actors, each with a figure of every kind, with and without a window. */
const TRACKS: readonly KeyedTrack[] = ["a", "b"].flatMap((actor) =>
  (["count", "sum", "seen"] as const).flatMap((figure) =>
    [null, HOUR, 3 * HOUR].map((within) => {
      const id = `${figure}-${within}`;
      return {
        id,
        figure,
        within,
        per: "actor" as TrackDeclaration["per"],
        key: JSON.stringify([id, actor]),
      };
    }),
  ),
);

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constant("call" as const), amount: fc.integer({ min: -3, max: 9 }) }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant("look" as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("fail" as const), which: fc.nat() }) },
);
const steps = fc.array(
  fc.record({ step, actor: fc.constantFrom(0, 1), minutes: fc.integer({ min: -200, max: 200 }) }),
  { maxLength: 40 },
);

type Steps = typeof steps extends fc.Arbitrary<infer Given> ? Given : never;

/** What a track says, worked out from everything that was ever recorded and not taken back. */
function plainly({ figure, within, key }: KeyedTrack, entries: readonly TrackEntry[], now: number) {
  const counted = entries.filter(
    (entry) => entry.key === key && (within === null || entry.at > now - within),
  );
  const sum = counted.reduce((sum, { amount }) => sum + amount, 0);
  return figure === "seen" ? sum > 0 : sum;
}

/** Goes through steps; at each, hands over what the store and the plain restatement say of each track. */
async function compared(
  given: Steps,
  timeAt: (before: number, minutes: number) => number,
  start: number,
  check: (found: unknown, plain: number | boolean) => void,
) {
  const store = memory();
  const calls: (readonly TrackEntry[])[] = [];
  let now = start;
  for (const [at, { step, actor, minutes }] of given.entries()) {
    now = timeAt(now, minutes * 60_000);
    const tracks = TRACKS.slice(actor * 9, actor * 9 + 9);
    if (step.does === "fail") {
      const [failed] = calls.splice(step.which % Math.max(calls.length, 1), 1);
      if (failed) await store.release(failed);
      continue;
    }
    const added =
      step.does === "call"
        ? tracks.map((track) => ({
            ...track,
            at: now,
            call: `${at}`,
            amount: track.figure === "sum" ? step.amount : 1,
          }))
        : [];
    await store.track(tracks, now, (figures) => {
      for (const track of tracks) check(figures[track.id], plainly(track, calls.flat(), now));
      return { entries: added, facts: { event: "evaluated", at: now } };
    });
    calls.push(added);
  }
}

describe("memory keeps tracks as if it kept everything", () => {
  const equal = (found: unknown, plain: number | boolean) => expect(found).toBe(plain);

  test("while time goes on", async () => {
    await fc.assert(
      fc.asyncProperty(steps, (given) =>
        compared(given, (before, ms) => before + Math.abs(ms), 1_000_000, equal),
      ),
      { numRuns: 300 },
    );
  });

  test("and for a clock that goes back and forth ahead of this machine's", async () => {
    const start = Date.now() + 365 * 24 * HOUR;
    await fc.assert(
      fc.asyncProperty(steps, (given) => compared(given, (before, ms) => before + ms, start, equal)),
      { numRuns: 300 },
    );
  });

  test("what it has forgotten, when time goes back, it counts too low and never too high", async () => {
    const most = (found: unknown, plain: number | boolean) =>
      expect(Number(found)).toBeLessThanOrEqual(Number(plain));
    const counting = steps.map((given) =>
      given.map(({ step, ...more }) => ({
        ...more,
        step: step.does === "call" ? { ...step, amount: Math.abs(step.amount) } : step,
      })),
    );
    await fc.assert(
      fc.asyncProperty(counting, (given) => compared(given, (before, ms) => before + ms, 1_000_000, most)),
      { numRuns: 300 },
    );
  });

  test("over thousands of records that come and go", async () => {
    const store = memory();
    const [track] = TRACKS.filter(({ figure, within }) => figure === "sum" && within === HOUR);
    if (!track) throw new Error("it is there");
    const entries: TrackEntry[] = [];
    for (let call = 0; call < 6000; call++) {
      // Some thousand within the hour, and now and then a pause in which all are over.
      const now = 1_000_000 + call * 1500 + Math.floor(call / 2500) * 2 * HOUR;
      const entry = { ...track, at: now, call: `${call}`, amount: call % 7 };
      await store.track([track], now, (figures) => {
        if (call % 250 === 0) expect(figures[track.id]).toBe(plainly(track, entries, now));
        return { entries: [entry], facts: { event: "evaluated", at: now } };
      });
      entries.push(entry);
      if (call % 11 === 0) await store.release([entries.pop() as TrackEntry]);
    }
  });
});
