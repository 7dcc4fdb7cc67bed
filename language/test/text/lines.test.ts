import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lineIndex } from "../../src/text/lines.ts";

describe("lines of a text", () => {
  it("end with LF, CR LF or CR", () => {
    const lines = lineIndex("ab\ncd\r\nef\rgh");
    expect(lines.lineCount).toBe(4);
    expect([0, 1, 2, 3, 4].map(lines.lineText)).toEqual(["ab", "cd", "ef", "gh", ""]);
    expect(lines.position(4)).toEqual({ line: 1, character: 1 });
    expect(lines.offset({ line: 2, character: 1 })).toBe(8);
  });

  it("take places outside the text as its nearest", () => {
    const lines = lineIndex("ab\ncd");
    expect(lines.position(99)).toEqual({ line: 1, character: 2 });
    expect(lines.position(-1)).toEqual({ line: 0, character: 0 });
    expect([lines.offset({ line: 0, character: 9 }), lines.offset({ line: 9, character: 0 })]).toEqual([
      2, 5,
    ]);
    expect(lines.offset({ line: -1, character: 3 })).toBe(0);
  });

  it("give back every offset", () => {
    const text = fc.array(fc.constantFrom("a", "é", "😀", "\n", "\r\n", "\r")).map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, fc.nat({ max: 40 }), (made, offset) => {
        const lines = lineIndex(made);
        const inside = Math.min(offset, made.length);
        const inBreak = made.charAt(inside - 1) === "\r" && made.charAt(inside) === "\n";
        expect(lines.offset(lines.position(inside))).toBe(inBreak ? inside - 1 : inside);
      }),
    );
  });
});
