import { bucketsAt, firstKept, type Range, rangesOf } from "@agentpolicy/runtime/store";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const NOW = 1_700_000_000_000;
const time = fc.oneof(
  fc.integer({ min: NOW, max: NOW + 5000 }),
  fc.integer({ min: -5000, max: 5000 }),
  fc.integer({ min: -8.64e15, max: 8.64e15 }),
);
const within = fc.oneof(
  fc.constant(null),
  fc.integer({ min: 0, max: 5000 }),
  fc.integer({ min: 1, max: 4e11 }),
);
const holds = (ranges: readonly Range[], at: number): number =>
  ranges.filter((range) =>
    bucketsAt(at).some(
      ({ level, bucket }) => level === range.level && bucket > range.after && bucket <= range.to,
    ),
  ).length;

describe("the totals of a window", () => {
  test("hold what lies in it exactly once, and nothing else", () => {
    fc.assert(
      fc.property(time, within, time, fc.integer({ min: -3, max: 3 }), (now, within, elsewhere, near) => {
        const ranges = rangesOf(now, within);
        for (const at of [elsewhere, now, now + near, now - (within ?? 0) + near]) {
          expect(holds(ranges, at)).toBe(within === null || at > now - within ? 1 : 0);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("are few, whatever the window is", () => {
    fc.assert(
      fc.property(time, within, (now, within) => {
        const below = rangesOf(now, within).filter(({ to }) => to < 9e15);
        const most = below.reduce((sum, { after, to }) => sum + to - after, 0);
        expect(most).toBeLessThanOrEqual(31 * 7);
      }),
      { numRuns: 300 },
    );
  });

  test("are never given up while a window of up to twice that length and a day asks for them", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: NOW, max: NOW + 1e10 }),
        fc.integer({ min: 1, max: 1e10 }),
        fc.integer({ min: 0, max: 3e10 }),
        (now, within, ago) => {
          const given = (bucket: { level: number; bucket: number }) =>
            firstKept(now, within).some(
              (first) => first.level === bucket.level && bucket.bucket < first.bucket,
            );
          const lost = bucketsAt(now - ago).some(given);
          if (ago <= 2 * within + 86_400_000) expect(lost).toBe(false);
          if (ago > 2 * within + 86_400_000) expect(lost).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});

test("without a time nothing is over and nothing is given up", () => {
  expect(firstKept(Number.NaN, 1)).toEqual([]);
  for (const now of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    expect(holds(rangesOf(now, 1000), NOW)).toBe(1);
  }
  expect(holds(rangesOf(NOW + 1e12, 1000), Number.NaN)).toBe(1);
});

test("fractions of a millisecond count as the whole one", () => {
  expect(bucketsAt(NOW + 0.7)).toEqual(bucketsAt(NOW));
});
