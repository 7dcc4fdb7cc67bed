import { describe, expect, it } from "vitest";
import { parseFile } from "../../src/syntax/parse.ts";
import { TOUR } from "../support/tour.ts";

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

/** Milliseconds of processor time, so that a busy machine fails no test. */
const spent = (run: () => void): number => {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};

describe("a megabyte", () => {
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

  it.each(GARBAGE)("of %j is read in good time", (piece) => {
    const text = many(piece, Math.ceil(1_000_000 / piece.length));
    let count = 0;
    const milliseconds = spent(() => {
      count = parseFile(text, "garbage.agentpolicy").diagnostics.length;
    });
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThan(1100);
    expect(milliseconds).toBeLessThan(4000);
  });
});

describe("five thousand lines", () => {
  it("take well under 200 ms once warm", () => {
    const text = many(TOUR, Math.ceil(5000 / TOUR.split("\n").length));
    const runs = Array.from({ length: 8 }, () => spent(() => parseFile(text, "large.agentpolicy")));
    expect(Math.min(...runs)).toBeLessThan(200);
  });
});
