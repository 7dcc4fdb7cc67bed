import { describe, expect, test } from "vitest";
import { tokensOf } from "../../src/syntax/scan.ts";

const shown = (text: string, from?: number, to?: number) =>
  tokensOf(text, from, to).map(({ kind, text: written, start, end }) => `${kind} ${written} ${start}-${end}`);

describe("the words and signs of a text", () => {
  test("have a kind and a place; comments and blanks are left out", () => {
    expect(shown('on bank.pay { // x\n  allow "a" 5 30m @read-only')).toEqual([
      "word on 0-2",
      "word bank 3-7",
      "sign . 7-8",
      "word pay 8-11",
      "sign { 12-13",
      "word allow 21-26",
      'string "a" 27-30',
      "number 5 31-32",
      "duration 30m 33-36",
      "hint @read-only 37-47",
    ]);
  });

  test("of a stretch have their places in the whole text", () => {
    expect(shown("let a = 5\nlet b = 6", 10, 15)).toEqual(["word let 10-13", "word b 14-15"]);
  });

  test("written with look-alikes are what they are taken for", () => {
    expect(shown("a ≤ b")).toEqual(["word a 0-1", "sign <= 2-3", "word b 4-5"]);
  });

  test("in quotes say whether they are closed", () => {
    expect(tokensOf('because "a').at(-1)).toMatchObject({ kind: "string", closed: false });
    expect(tokensOf('because "a"').at(-1)).toMatchObject({ kind: "string", closed: true });
  });

  test("are told of any text", () => {
    for (const text of ["", '"', "/*", "\\ $ %", "@", "..", "1e", '"\\'])
      expect(() => tokensOf(text)).not.toThrow();
  });
});
