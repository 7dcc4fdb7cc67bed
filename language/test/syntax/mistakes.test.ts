import { describe, expect, it } from "vitest";
import { parseFile } from "../../src/syntax/parse.ts";
import { MISTAKES } from "../support/mistakes.ts";
import { TOUR, TOUR_RULES } from "../support/tour.ts";
import { itemKinds, misplaced, ruleNames } from "../support/tree.ts";

const WHOLE = parseFile(TOUR, "tour.agentpolicy");

describe("one mistake", () => {
  it("starts from a file without any", () => {
    expect(WHOLE.diagnostics).toEqual([]);
    expect(ruleNames(WHOLE.tree)).toEqual(TOUR_RULES);
  });

  it.each(MISTAKES)("$title", ({ from, to, code, at, without = [] }) => {
    const place = TOUR.indexOf(from);
    expect(place).toBeGreaterThanOrEqual(0);
    const text = TOUR.slice(0, place) + to + TOUR.slice(place + from.length);
    const { tree, diagnostics } = parseFile(text, "tour.agentpolicy");
    const said = diagnostics.map((d) => [d.code, text.slice(d.span.start, d.span.end), d.message]);
    expect(said, JSON.stringify(said)).toHaveLength(1);
    expect(said[0]?.slice(0, 2)).toEqual([code, at]);
    const [only] = diagnostics;
    const lineStart = text.lastIndexOf("\n", place) + 1;
    expect(only?.span.start).toBeGreaterThanOrEqual(
      ["unclosed-bracket", "missing-ask"].includes(code) ? 0 : lineStart,
    );
    expect(only?.message.length).toBeLessThanOrEqual(80);
    const kept = TOUR_RULES.filter((rule) => !without.includes(rule));
    expect(ruleNames(tree).filter((rule) => kept.includes(rule))).toEqual(kept);
    expect(misplaced(tree)).toEqual([]);
    const { block, ...items } = itemKinds(WHOLE.tree);
    if (code !== "misspelt-word" || !without.length) expect(itemKinds(tree)).toMatchObject(items);
    expect(block).toBeGreaterThan(4);
  });
});
