import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gatherPlaces, moveAll, type Places } from "../../src/incremental/places.ts";
import { type Parsed, parseFile } from "../../src/syntax/parse.ts";
import { type Moving, reparse } from "../../src/syntax/reparse.ts";
import { apply, edits } from "../incremental/edits.ts";
import { policyText } from "../support/generate.ts";
import { TOUR } from "../support/tour.ts";

/** Moves all places of a tree. */
const moving = (before: Parsed): Moving => ({
  move: (from, by) => shift([before.tree.items, before.tree.comments, before.diagnostics], from, by),
  place: (read, by) => shift(read, Number.NEGATIVE_INFINITY, by),
});

const shift = (what: unknown, from: number, by: number): void => {
  const found: Places = new Map();
  gatherPlaces(what, "", new WeakSet(), found);
  for (const places of found.values()) moveAll(places, from, by);
};

const follow = (texts: readonly string[]): void => {
  const [first = "", ...others] = texts;
  let parsed = parseFile(first, "p");
  for (const text of others) {
    parsed = reparse(parsed, text, moving(parsed)).parsed;
    expect(parsed).toEqual(parseFile(text, "p"));
  }
};

const ITEMS = ["let a = 1", "fn f(n: number) = n > 2", "on * {\n  deny r when true\n}", "default deny"];

describe("reparse", () => {
  it.each([
    ["a comment that is opened", (text: string) => text.replace("fn f", "/* fn f")],
    ["a comment that is opened and closed far behind", (text: string) => `/*${text}*/`],
    ["a brace that is not closed", (text: string) => text.replace("\n}", "")],
    ["a brace too many", (text: string) => text.replace("{", "{ } }")],
    ["a rule that stands nowhere", (text: string) => text.replace("on * {", "")],
    ["an odd quote", (text: string) => text.replace("1", '"')],
    ["nothing left", () => ""],
    ["items on one line", (text: string) => text.replaceAll("\n", " ")],
    ["other line ends", (text: string) => text.replaceAll("\n", "\r\n")],
    ["a doc comment", (text: string) => text.replace("fn f", "/// Says.\nfn f")],
    ["a byte order mark", (text: string) => `\uFEFF${text}`],
  ])("reads %s, and the way back", (_, change) => {
    const text = [...ITEMS, ...ITEMS, ...ITEMS].join("\n\n");
    follow([text, change(text), text, change(change(text)), `${text}\n`]);
  });

  it("reads only what is around a change", () => {
    const text = Array.from({ length: 50 }, (_, at) => `let a${at} = ${at}`).join("\n");
    const parsed = parseFile(text, "p");
    const items = [...parsed.tree.items];
    const { parsed: now, fresh } = reparse(parsed, text.replace("a25 = 25", "a25 = 250"), moving(parsed));
    expect(fresh.length).toBe(1);
    expect(now.tree.items.filter((item, at) => item === items[at]).length).toBe(49);
  });

  it("gives what reading anew gives, of the tour", () => {
    fc.assert(
      fc.property(edits(6), (changes) => {
        const texts = [TOUR];
        for (const change of changes) texts.push(apply(texts.at(-1) ?? "", change), texts.at(-1) ?? "");
        follow(texts);
      }),
      { numRuns: 100 },
    );
  });

  it("gives what reading anew gives, of any policy", () => {
    fc.assert(
      fc.property(policyText(12), edits(6), (text, changes) => {
        const texts = [text];
        for (const change of changes) texts.push(apply(texts.at(-1) ?? "", change));
        follow(texts);
      }),
      { numRuns: 100 },
    );
  });
});
