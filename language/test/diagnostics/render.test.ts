import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Diagnostic, Related } from "../../src/diagnostics/diagnostic.ts";
import { renderDiagnostic } from "../../src/diagnostics/render.ts";

const FILE = "web.agentpolicy";

/** A diagnostic at the `at`-th place where `marked` stands in the text. */
const found = (text: string, marked: string, more: Partial<Diagnostic> = {}, at = 0): Diagnostic => {
  let start = text.indexOf(marked);
  for (let skip = 0; skip < at; skip += 1) start = text.indexOf(marked, start + 1);
  return {
    code: "unknown-argument",
    severity: "error",
    message: "tool `search` has no argument `qury`",
    file: FILE,
    span: { start, end: start + marked.length },
    related: [],
    fixes: [],
    ...more,
  };
};

const cause = (text: string, marked: string, message: string, file = FILE): Related => {
  const start = text.indexOf(marked);
  return { file, start, end: start + marked.length, message };
};

const pretty = (diagnostic: Diagnostic, files: Record<string, string>, colour = false): string =>
  renderDiagnostic(diagnostic, new Map(Object.entries(files)), { style: "pretty", colour });

const SEARCH = `policy web

tools web {
  search(query: string, limit: integer)
}
on web.search {
  deny secrets when input.qury.contains("password")
}
`;

const LABEL = "did you mean `query`?";

describe("pretty", () => {
  it("shows the place and its cause in one frame", () => {
    const diagnostic = found(SEARCH, "qury", {
      label: LABEL,
      help: "write `input.query`",
      related: [cause(SEARCH, "search", "declared here")],
    });
    expect(pretty(diagnostic, { [FILE]: SEARCH })).toMatchInlineSnapshot(`
      "error[unknown-argument]: tool \`search\` has no argument \`qury\`
        ┌─ web.agentpolicy:7:27
        │
      4 │   search(query: string, limit: integer)
        │   ------ declared here
        ·
      7 │   deny secrets when input.qury.contains("password")
        │                           ^^^^ did you mean \`query\`?
        = help: write \`input.query\`"
    `);
  });

  it("gives a cause in another file a frame of its own", () => {
    const json = `{\n  "tools": [\n    {\n      "name": "search",\n      "inputSchema": {}\n    }\n  ]\n}\n`;
    const diagnostic = found(SEARCH, "qury", {
      label: LABEL,
      related: [cause(json, '"search"', "declared here", "web.tools.json")],
    });
    expect(pretty(diagnostic, { [FILE]: SEARCH, "web.tools.json": json })).toMatchInlineSnapshot(`
      "error[unknown-argument]: tool \`search\` has no argument \`qury\`
        ┌─ web.agentpolicy:7:27
        │
      7 │   deny secrets when input.qury.contains("password")
        │                           ^^^^ did you mean \`query\`?
        │
        ┌─ web.tools.json:4:15
        │
      4 │       "name": "search",
        │               -------- declared here"
    `);
  });

  it("marks several places on one line from left to right", () => {
    const text = "let both = a.b and a.b";
    const diagnostic = found(text, "a.b", { label: "again" }, 1);
    const related = [cause(text, "a.b", "first here")];
    expect(pretty({ ...diagnostic, related }, { [FILE]: text })).toMatchInlineSnapshot(`
      "error[unknown-argument]: tool \`search\` has no argument \`qury\`
        ┌─ web.agentpolicy:1:20
        │
      1 │ let both = a.b and a.b
        │            --- first here
        │                    ^^^ again"
    `);
  });

  it("shows the first and the last line of a long place", () => {
    const text = "on a {\n  deny x\n    when a and\n      b and\n      c\n}\n";
    const diagnostic = found(text, "when a and\n      b and\n      c", { label: "never holds" });
    expect(pretty(diagnostic, { [FILE]: text })).toMatchInlineSnapshot(`
      "error[unknown-argument]: tool \`search\` has no argument \`qury\`
        ┌─ web.agentpolicy:3:5
        │
      3 │     when a and
        │     ^^^^^^^^^^
        ·
      5 │       c
        │       ^ never holds"
    `);
  });

  it("aligns tabs, wide characters and emoji by what they take in a terminal", () => {
    const text = '\tlet 名前 = "👍🏽é" == input.qury';
    expect(pretty(found(text, "qury", { label: LABEL }), { [FILE]: text })).toMatchInlineSnapshot(`
      "error[unknown-argument]: tool \`search\` has no argument \`qury\`
        ┌─ web.agentpolicy:1:28
        │
      1 │     let 名前 = "👍🏽é" == input.qury
        │                               ^^^^ did you mean \`query\`?"
    `);
  });

  it("writes out what is invisible or commands a terminal", () => {
    const text = 'let a = "x\u202ey\u200b\u001b[31m" == qury';
    const diagnostic = found(text, "qury", { message: "no `a\u001b[2Jb\nc`", label: "\u202eevil" });
    expect(pretty(diagnostic, { [FILE]: text })).toMatchInlineSnapshot(`
      "error[unknown-argument]: no \`a\\u{1b}[2Jb\\u{a}c\`
        ┌─ web.agentpolicy:1:24
        │
      1 │ let a = "x\\u{202e}y\\u{200b}\\u{1b}[31m" == qury
        │                                           ^^^^ \\u{202e}evil"
    `);
  });

  it("cuts long lines around each place", () => {
    const text = `{"first":"${"x".repeat(300)}","name":1,"other":"${"y".repeat(300)}","again":2}`;
    const diagnostic = found(text, '"again"', { label: "again", related: [cause(text, '"name"', "first")] });
    expect(pretty(diagnostic, { [FILE]: text })).toMatchInlineSnapshot(`
      "error[unknown-argument]: tool \`search\` has no argument \`qury\`
        ┌─ web.agentpolicy:1:633
        │
      1 │ …xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx","name":1,"other":"yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy…
        │                                      ------ first
        ·
      1 │ …yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy","again":2}
        │                                                                                                      ^^^^^^^ again"
    `);
    const start = found(text, '"first"', { label: "here" });
    expect(pretty(start, { [FILE]: text })).toMatchInlineSnapshot(`
      "error[unknown-argument]: tool \`search\` has no argument \`qury\`
        ┌─ web.agentpolicy:1:2
        │
      1 │ {"first":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
        │  ^^^^^^^ here"
    `);
    const whole = found(text, text, { label: "all of it" });
    expect(pretty(whole, { [FILE]: text })).toMatchInlineSnapshot(`
      "error[unknown-argument]: tool \`search\` has no argument \`qury\`
        ┌─ web.agentpolicy:1:1
        │
      1 │ {"first":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
        │ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ all of it"
    `);
  });

  it("points between characters, at the end of the file and into an empty file", () => {
    const at = (text: string, start: number) =>
      pretty({ ...found(text, ""), span: { start, end: start }, label: "expected `}`" }, { [FILE]: text });
    expect(at("on a {", 5)).toMatchInlineSnapshot(`
      "error[unknown-argument]: tool \`search\` has no argument \`qury\`
        ┌─ web.agentpolicy:1:6
        │
      1 │ on a {
        │      ^ expected \`}\`"
    `);
    expect(at("on a {\n", 7)).toMatchInlineSnapshot(`
      "error[unknown-argument]: tool \`search\` has no argument \`qury\`
        ┌─ web.agentpolicy:2:1
        │
      2 │
        │ ^ expected \`}\`"
    `);
    expect(at("", 0)).toMatchInlineSnapshot(`
      "error[unknown-argument]: tool \`search\` has no argument \`qury\`
        ┌─ web.agentpolicy:1:1
        │
      1 │
        │ ^ expected \`}\`"
    `);
  });

  it("aligns the gutter over all frames", () => {
    const text = `${"// line\n".repeat(99)}let a = qury\n`;
    const diagnostic = found(text, "qury", { related: [cause(text, "// line", "first")] });
    expect(pretty(diagnostic, { [FILE]: text })).toMatchInlineSnapshot(`
      "error[unknown-argument]: tool \`search\` has no argument \`qury\`
          ┌─ web.agentpolicy:100:9
          │
        1 │ // line
          │ ------- first
          ·
      100 │ let a = qury
          │         ^^^^"
    `);
  });

  it("names a file whose text it does not have", () => {
    const diagnostic = found(SEARCH, "qury", {
      label: LABEL,
      related: [cause(SEARCH, "search", "declared here", "gone.json")],
    });
    expect(pretty(diagnostic, { [FILE]: SEARCH })).toMatchInlineSnapshot(`
      "error[unknown-argument]: tool \`search\` has no argument \`qury\`
        ┌─ web.agentpolicy:7:27
        │
      7 │   deny secrets when input.qury.contains("password")
        │                           ^^^^ did you mean \`query\`?
        │
        ┌─ gone.json
        = declared here"
    `);
    expect(pretty(diagnostic, {})).toMatchInlineSnapshot(`
      "error[unknown-argument]: tool \`search\` has no argument \`qury\`
        ┌─ web.agentpolicy
        = did you mean \`query\`?
        │
        ┌─ gone.json
        = declared here"
    `);
  });

  it("offers the likely fix where nobody wrote help", () => {
    const fixes = [{ title: "write `query`", edits: [], preferred: true }];
    expect(pretty(found(SEARCH, "qury", { fixes }), { [FILE]: SEARCH })).toContain("  = help: write `query`");
  });

  it("colours errors red, warnings yellow, hints cyan and causes blue", () => {
    const text = "let a = qury";
    const diagnostic = found(text, "qury", {
      label: LABEL,
      help: "help",
      related: [cause(text, "let", "cause")],
    });
    const visible = (colours: string) => colours.replaceAll("\u001b", "␛");
    expect(visible(pretty(diagnostic, { [FILE]: text }, true))).toMatchInlineSnapshot(`
      "␛[1;31merror[unknown-argument]␛[0m␛[1m: tool \`search\` has no argument \`qury\`␛[0m
        ␛[34m┌─␛[0m web.agentpolicy:1:9
        ␛[34m│␛[0m
      ␛[34m1 │␛[0m let a = qury
        ␛[34m│␛[0m ␛[34m--- cause␛[0m
        ␛[34m│␛[0m         ␛[1;31m^^^^ did you mean \`query\`?␛[0m
        ␛[34m=␛[0m ␛[1mhelp:␛[0m help"
    `);
    expect(pretty({ ...diagnostic, severity: "warning" }, { [FILE]: text }, true)).toContain(
      "\u001b[1;33m^^^^",
    );
    expect(pretty({ ...diagnostic, severity: "hint" }, { [FILE]: text }, true)).toContain("\u001b[1;36m^^^^");
  });

  it("is the same with and without colour, and never throws, whatever the text and the places", () => {
    const place = fc.tuple(fc.nat(60), fc.nat(20));
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 40 }),
        place,
        place,
        (text, [start, length], [other, more]) => {
          const within = (offset: number) => Math.min(offset, text.length);
          const diagnostic = found(text, "", {
            span: { start: within(start), end: within(start + length) },
            related: [{ file: FILE, start: within(other), end: within(other + more), message: "cause" }],
            label: "label",
          });
          const plain = pretty(diagnostic, { [FILE]: text });
          // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours are control sequences
          expect(pretty(diagnostic, { [FILE]: text }, true).replace(/\u001b\[[\d;]*m/g, "")).toBe(plain);
          expect(plain).toContain("label");
          expect(plain).toContain("cause");
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe("short", () => {
  it("says it in one line", () => {
    const sources = new Map([[FILE, SEARCH]]);
    const render = (diagnostic: Diagnostic) =>
      renderDiagnostic(diagnostic, sources, { style: "short", colour: false });
    expect(render(found(SEARCH, "qury", { label: LABEL }))).toBe(
      "web.agentpolicy:7:27: error[unknown-argument] tool `search` has no argument `qury`; did you mean `query`?",
    );
    expect(render(found(SEARCH, "qury", { severity: "hint" }))).toBe(
      "web.agentpolicy:7:27: hint[unknown-argument] tool `search` has no argument `qury`",
    );
    expect(render(found(SEARCH, "qury", { file: "gone" }))).toBe(
      "gone: error[unknown-argument] tool `search` has no argument `qury`",
    );
  });
});
