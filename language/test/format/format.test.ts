import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { format } from "../../src/format/format.ts";
import { parseFile } from "../../src/syntax/parse.ts";
import { policyText, untidy } from "../support/generate.ts";
import { TOUR } from "../support/tour.ts";
import { meaning } from "../support/tree.ts";

const DESIGN = new URL("../../../../shared/design/language.md", import.meta.url);

/** The words of every comment, sorted: where they stand may change, what they say may not. */
const comments = (text: string): readonly string[] =>
  parseFile(text, "c")
    .tree.comments.map((comment) => comment.text.replace(/\s+/g, " ").trim())
    .sort();

/** Formats once and checks all that formatting promises. */
const formatted = (text: string): string => {
  const once = format(text).text;
  expect(parseFile(once, "f").diagnostics).toEqual([]);
  expect(meaning(parseFile(once, "f").tree)).toEqual(meaning(parseFile(text, "f").tree));
  expect(comments(once)).toEqual(comments(text));
  expect(format(once).text).toBe(once);
  expect(once === "" || once.endsWith("\n")).toBe(true);
  return once;
};

describe("formatting", () => {
  it("leaves a policy alone that is in the canonical format", () => {
    expect(formatted(TOUR)).toBe(TOUR);
  });

  it("changes nothing but aligning blanks in the tour of the language's design", () => {
    if (!existsSync(DESIGN)) {
      console.warn("SKIPPED: ../shared/design/language.md is not here, so its tour is not formatted");
      return;
    }
    const tour = /```agentpolicy\n(.*?)```/s.exec(readFileSync(DESIGN, "utf8"))?.[1] ?? "";
    expect(tour.length).toBeGreaterThan(1000);
    expect(formatted(tour)).toBe(tour.replace(/(?<=\S) {2,}/g, " "));
  });

  it("returns a text with mistakes as it is, with the diagnostics", () => {
    const text = "on  x {\n   alow y }";
    const result = format(text, "broken.agentpolicy");
    expect(result.text).toBe(text);
    expect(result.diagnostics.map(({ code, file }) => [code, file])).toEqual([
      ["misspelt-word", "broken.agentpolicy"],
    ]);
  });

  it("writes nothing for nothing", () => {
    expect([format("").text, format(" \n\n").text]).toEqual(["", ""]);
  });

  it("puts clauses on lines of their own, in canonical order", () => {
    expect(
      formatted(
        'on x { require approval y because "z" risk high from "a","b" within 2h approvals 2 unless b when a }',
      ),
    ).toBe(`on x {
  require approval y
    when a
    unless b
    from "a", "b"
    approvals 2
    within 2h
    risk high
    because "z"
}
`);
  });

  it("breaks what is too long", () => {
    const long = "aaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    const text = `let x = ["${long}", "${long}", "${long}", "${long}"]
on ${long}, ${long}, ${long}, ${long} { allow y when ${long} == 1 and (${long} or ${long}) and ${long}.all(x => x) }`;
    expect(formatted(text)).toBe(`let x = [
  "${long}",
  "${long}",
  "${long}",
  "${long}",
]
on ${long},
  ${long},
  ${long},
  ${long} {
  allow y
    when ${long} == 1
      and (${long} or ${long})
      and ${long}.all(x => x)
}
`);
  });

  it("keeps one empty line, removes more, and trims the file", () => {
    expect(formatted("\n\nlet a = 1\n\n\n\nlet b = 2\nlet c = 3\n\n\n")).toBe(
      "let a = 1\n\nlet b = 2\nlet c = 3\n",
    );
  });

  it("makes doubled parentheses single and leaves the others", () => {
    expect(formatted("let a = ((b)) + (c)")).toBe("let a = (b) + (c)\n");
  });

  it("reads line ends of every kind and writes LF", () => {
    expect(formatted("// a\r\nlet a = 1 // b\r\n/* c\r\n d */\r\nlet b = 2\r")).toBe(
      "// a\nlet a = 1 // b\n/* c\n d */\nlet b = 2\n",
    );
  });

  it("keeps comments where they stand", () => {
    const text = `/* licence
   text */

// first

// second
policy p // name

// before on
on bank.a, // one
  bank.b { // head
  // before rule

  allow x // rule
    // before when
    when a // a
      and b // b
      // before c
      and (c or d) // cd
    because "x" // why
  // end of block
}
on x {
  // nothing here
}
let a = [
  // first
  1, // one
  2, // two
  // last
]
let empty = [] // none
tools s { // s
  // t
  run(
    a: string, // the a
    b: number,
  ) @destructive // hint
}
test "t" {
  // given
  actor { id: "x" } // who
  call s.run { a: "x" /* a */, /* b */ b: 1 }
  expect deny
  // done
}
// end of file
`;
    expect(formatted(text)).toBe(text);
  });

  it("takes comments along when clauses change places", () => {
    expect(
      formatted('on x {\n  deny y\n    // why\n    because "z" // z\n    // if\n    when a // a\n}\n'),
    ).toBe('on x {\n  deny y\n    // if\n    when a // a\n    // why\n    because "z" // z\n}\n');
  });

  it("writes a comment for documentation that documents nothing as any other", () => {
    expect(formatted("on x {\n  deny y\n    when a\n      /// not a doc\n      and b\n}\n")).toContain(
      "      // not a doc\n      and b",
    );
  });
});

describe("formatting anything", () => {
  it("keeps meaning and comments, and is done after once", () => {
    fc.assert(
      fc.property(untidy(policyText(2)), (text) => {
        fc.pre(parseFile(text, "p").diagnostics.length === 0);
        formatted(text);
      }),
      { numRuns: 200 },
    );
    fc.assert(
      fc.property(policyText(), (text) => void formatted(text)),
      { numRuns: 100 },
    );
  });
});
