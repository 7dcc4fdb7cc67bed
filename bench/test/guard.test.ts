import { tmpdir } from "node:os";
import { describe, expect, test } from "vitest";
import { measureStore } from "../src/guard/measure.ts";
import { STORES } from "../src/guard/place.ts";
import { newPlace } from "../src/guard/places.ts";
import { guardReport } from "../src/guard/report.ts";
import type { StoreResult } from "../src/guard/result.ts";
import { sizesOf } from "../src/guard/sizes.ts";
import { thisMachine } from "../src/harness/machine.ts";

// What is measured is never compared with anything here: only that all of it is measured, and by the right calls.

/** What each call takes of a store with a log, as writes, reads and records. One more is a finding, not a new number here. */
const STEPS = {
  allowed: [2, 0, 2],
  "allowed, counted": [2, 0, 2],
  denied: [1, 0, 1],
  evaluate: [1, 0, 1],
  paused: [2, 0, 2],
  approve: [1, 1, 1],
  resume: [3, 2, 3],
};
/** Without a log only what must be remembered is written. */
const STEPS_IN_MEMORY = {
  allowed: [0, 0, 0],
  "allowed, counted": [1, 0, 0],
  denied: [0, 0, 0],
  evaluate: [0, 0, 0],
  paused: [1, 0, 0],
  approve: [1, 1, 0],
  resume: [1, 2, 0],
};

/** Every number in a result. */
const numbersIn = (value: unknown): readonly number[] =>
  typeof value === "number" ? [value] : Object.values(Object(value)).flatMap(numbersIn);

const measured = async (store: (typeof STORES)[number]): Promise<StoreResult | null> => {
  const place = await newPlace(store, tmpdir());
  if ("skipped" in place) {
    console.error(`\n!!! SKIPPED: ${store} was not measured: ${place.skipped}\n`);
    return null;
  }
  return measureStore(place, sizesOf(store, true));
};

describe.each(STORES)("a quick run over %s", (store) => {
  test("gives every figure, from calls that went as they should", async () => {
    const result = await measured(store);
    if (result === null) return;
    const { figures, bases, tracks, sizes } = result;
    expect(bases.map(({ name }) => name)).toEqual(
      store === "memory" ? ["bare write"] : ["bare write", "bare read"],
    );
    expect(
      Object.fromEntries(figures.map(({ name, writes, reads, records }) => [name, [writes, reads, records]])),
    ).toEqual(store === "memory" ? STEPS_IN_MEMORY : STEPS);
    for (const { oneByOne, atOnce } of [...bases, ...figures]) {
      const { cpu, ...times } = oneByOne;
      // The work of so few calls may be less than is told apart.
      expect(cpu).toBeGreaterThanOrEqual(0);
      for (const value of numbersIn([times, atOnce])) expect(Number.isFinite(value) && value > 0).toBe(true);
    }
    expect(bases[0]?.oneByOne.ratio).toEqual({ median: 1, low: 1, high: 1 });

    expect(tracks.map(({ recorded }) => recorded)).toEqual(sizes.histories);
    for (const { recorded, found, growth, ratio } of tracks) {
      // What was recorded and the last call, up to the twentieth part that a history may grow by.
      expect(found).toBeGreaterThan(recorded);
      expect(found).toBeLessThanOrEqual(recorded + Math.max(1, recorded / 20));
      for (const value of numbersIn([growth, ratio])) expect(Number.isFinite(value) && value > 0).toBe(true);
    }

    const run = {
      suite: "guard",
      date: "2026-01-31",
      machine: thisMachine(),
      stores: [result],
      skipped: {},
    } as const;
    const report = guardReport(run);
    for (const { name } of [...bases, ...figures]) expect(report).toContain(`| ${name} |`);
    expect(report).not.toMatch(/NaN|undefined|Infinity/);
  }, 180_000);
});
