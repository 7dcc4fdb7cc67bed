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

  test("a spread is over the samples of all rounds", () => {
    const rounds = [Array.from({ length: 99 }, () => 2), [50, 2]];
    expect(spreadOf(rounds)).toEqual({ median: 2, p99: 2 });
    expect(spreadOf([...rounds, [50]])).toEqual({ median: 2, p99: 50 });
  });

  test("ratios are taken within rounds, so that a slow round slows both and changes nothing", () => {
    const base = [
      [1, 1, 1],
      [100, 100, 100],
      [3, 3, 3],
    ];
    const three = base.map((samples) => samples.map((sample) => 3 * sample));
    expect(ratioOf(three, base)).toEqual({ median: 3, low: 3, high: 3 });
    expect(ratioOf([[2], [800], [12]], base)).toEqual({ median: 4, low: 2, high: 8 });
  });
});
