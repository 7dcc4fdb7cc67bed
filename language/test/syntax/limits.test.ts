import { describe, expect, it } from "vitest";
import { parseFile } from "../../src/syntax/parse.ts";

const many = (text: string, times = 10_000): string => text.repeat(times);
const NEXT = "\nlet next = 1\n";

const DEEP: Readonly<Record<string, string>> = {
  parentheses: `let x = ${many("(")}1${many(")")}`,
  "parentheses that stay open": `let x = ${many("(")}`,
  lists: `let x = ${many("[")}1${many("]")}`,
  records: `let x = ${many("{ a: ")}1${many(" }")}`,
  "`not`s": `let x = ${many("not ")}true`,
  "minus signs": `let x = ${many("- ")}1`,
  conditionals: `let x = ${many("if a then b else ")}c`,
  "half conditionals": `let x = ${many("if ")}c`,
  members: `let x = a${many(".b")}`,
  calls: `let x = ${many("f(")}1${many(")")}`,
  lambdas: `let x = ${many("a.any(x => ")}1${many(")")}`,
  sums: `let x = a${many(" + a")}`,
  "record types": `type x = ${many("{ a: ")}string${many(" }")}`,
  "list types": `type x = string${many("[]")}`,
  "sums in parentheses": `let x = ${many("(", 99)}1${many(" + a + b + c + d + e + f)", 99)}`,
};

describe("nesting", () => {
  it.each(Object.entries(DEEP))("of %s is cut with one diagnostic", (_, text) => {
    const { tree, diagnostics } = parseFile(text + NEXT, "deep.agentpolicy");
    expect(diagnostics.map(({ code }) => code)).toEqual(["too-deep"]);
    expect(tree.items).toHaveLength(2);
  });

  it("of a long chain of conditions is none", () => {
    const { tree, diagnostics } = parseFile(`let x = a${many(" or b and c")}${NEXT}`, "long.agentpolicy");
    expect(diagnostics).toEqual([]);
    const { length } = JSON.stringify(tree.items);
    expect(length).toBeGreaterThan(10_000);
  });

  it("of a hundred brackets is fine", () => {
    const { diagnostics } = parseFile(`let x = ${many("f(", 99)}1${many(")", 99)}`, "x");
    expect(diagnostics).toEqual([]);
  });
});

// Whoever looks at all of the text again for each of its pieces does not end while anybody waits.
describe("a megabyte", { timeout: 600_000 }, () => {
  const GARBAGE = [
    "(",
    "{",
    "}",
    '"',
    "/*",
    "/*\n",
    "`",
    "a\n",
    "on ",
    "$",
    "é",
    "“",
    "alow x\n",
    "on x {\n",
    '"{" ',
    "#\n",
  ];

  it.each(GARBAGE)("of %j is read, and little is said of it", (piece) => {
    const text = many(piece, Math.ceil(1_000_000 / piece.length));
    const count = parseFile(text, "garbage.agentpolicy").diagnostics.length;
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThan(1100);
  });
});
