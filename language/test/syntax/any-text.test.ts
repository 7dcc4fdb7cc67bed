import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseFile } from "../../src/syntax/parse.ts";
import { policyText, untidy } from "../support/generate.ts";
import { TOUR } from "../support/tour.ts";
import { misplaced } from "../support/tree.ts";

/** Pieces that begin, end or spoil something. */
const PIECES = [
  "{",
  "}",
  "(",
  ")",
  "[",
  "]",
  ",",
  ".",
  ":",
  "=",
  "==",
  "=>",
  "->",
  '"',
  "'",
  "“",
  'r"',
  "//",
  "///",
  "/*",
  "*/",
  "on ",
  "allow ",
  "deny ",
  "require ",
  "approval ",
  "when ",
  "unless ",
  "not ",
  "if ",
  "then ",
  "else ",
  "has ",
  "is ",
  "in ",
  "like ",
  "let ",
  "fn ",
  "type ",
  "track ",
  "tools ",
  "from ",
  "test ",
  "prove ",
  "never ",
  "expect ",
  "call ",
  "x",
  "5",
  "30m",
  "*",
  "-",
  "!",
  "&&",
  "||",
  "?",
  "??",
  "?.",
  "|",
  "@a",
  "@",
  "#",
  ";",
  "\n",
  " ",
  "\u00A0",
  "é",
  "аllow",
  "😀",
  "\uD800",
  "{{",
  "{x}",
  "`",
  "\\",
  "\\u12",
  ":=",
  "mask ",
  "because ",
  "ask ",
  "risk ",
  "import ",
  "policy ",
  "default ",
  "actor ",
  "unknown ",
  "per ",
  "within ",
  "where ",
]; // prettier-ignore

const soup = fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((pieces) => pieces.join(""));
const edit = fc.record({
  at: fc.nat({ max: TOUR.length }),
  remove: fc.nat({ max: 12 }),
  insert: fc.option(fc.constantFrom(...PIECES), { nil: "" }),
});
const mutated = fc
  .array(edit, { minLength: 1, maxLength: 6 })
  .map((edits) =>
    edits.reduce(
      (text, { at, remove, insert }) => text.slice(0, at) + insert + text.slice(at + remove),
      TOUR,
    ),
  );

/** A tree of the whole text, spans within it and within each other, diagnostics within it and fit to print. */
const isSound = (text: string): void => {
  const { tree, diagnostics } = parseFile(text, "any.agentpolicy");
  expect([tree.start, tree.end, tree.text]).toEqual([0, text.length, text]);
  expect(misplaced(tree)).toEqual([]);
  for (const { span, message, fixes, related } of diagnostics) {
    for (const { start, end } of [span, ...related, ...fixes.flatMap((fix) => fix.edits)])
      expect(start >= 0 && start <= end && end <= text.length, `${message} at ${start}-${end}`).toBe(true);
    expect(message).toMatch(/^[^A-Z].*[^.]$/s);
  }
};

describe("any text", () => {
  it("gives a sound tree", () => {
    fc.assert(fc.property(fc.oneof(soup, fc.string({ unit: "binary", maxLength: 80 })), isSound), {
      numRuns: 300,
    });
  });

  it("gives a sound tree when it is a policy with mistakes", () => {
    fc.assert(fc.property(mutated, isSound), { numRuns: 150 });
  });

  it("gives a sound tree without diagnostics when it is a policy", () => {
    fc.assert(
      fc.property(policyText(), (text) => {
        expect(parseFile(text, "p").diagnostics.map(({ message }) => message)).toEqual([]);
        isSound(text);
      }),
      { numRuns: 150 },
    );
    fc.assert(fc.property(untidy(policyText(2)), isSound), { numRuns: 100 });
  });
});
