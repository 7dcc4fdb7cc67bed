import { describe, expect, test } from "vitest";
import { median, quantile, ratioOf, spreadOf } from "../src/harness/statistics.ts";

describe("statistics", () => {
  test("quantiles are values that are there, whatever order they come in", () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(quantile([4, 1, 3, 2], 0.25)).toBe(2);
    expect(quantile([1, 2, 3], 1)).toBe(3);
    expect(quantile([], 0.5)).toBeNaN();
    expect(quantile([10, 9, 100], 0)).toBe(9);
  });

  const roundOf = (samples: readonly number[], cpu = 1) => ({ samples, cpu });

  test("a spread is over the samples of all rounds; of the work, the middle round", () => {
    const rounds = [roundOf(Array.from({ length: 99 }, () => 2)), roundOf([50, 2], 9)];
    expect(spreadOf(rounds)).toEqual({ median: 2, p99: 2, cpu: 9 });
    expect(spreadOf([...rounds, roundOf([50], 4)])).toEqual({ median: 2, p99: 50, cpu: 4 });
  });

  test("ratios are taken within rounds, so that a slow round slows both and changes nothing", () => {
    const base = [1, 100, 3].map((sample) => roundOf([sample, sample, sample]));
    const three = [3, 300, 9].map((sample) => roundOf([sample, sample, sample]));
    expect(ratioOf(three, base)).toEqual({ median: 3, low: 3, high: 3 });
    expect(
      ratioOf(
        [2, 800, 12].map((sample) => roundOf([sample])),
        base,
      ),
    ).toEqual({ median: 4, low: 2, high: 8 });
  });
});
