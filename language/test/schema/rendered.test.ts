import { describe, expect, it } from "vitest";
import { renderDiagnostic } from "../../src/diagnostics/render.ts";
import { readCatalogue } from "../../src/schema/catalogue.ts";

/** Each diagnostic of a catalogue as a reader sees it. */
const shown = (text: string): string =>
  readCatalogue(text, "bank.tools.json")
    .diagnostics.map((diagnostic) =>
      renderDiagnostic(diagnostic, new Map([["bank.tools.json", text]]), { style: "pretty", colour: false }),
    )
    .join("\n\n");

describe("what is wrong with a catalogue, as it is shown", () => {
  it("broken JSON", () => {
    expect(shown('{\n  "tools": [\n    { "name": "a" "title": "A" }\n  ]\n}\n')).toMatchInlineSnapshot(`
      "error[malformed-json]: the tool catalogue is not well-formed JSON
        ┌─ bank.tools.json:3:19
        │
      3 │     { "name": "a" "title": "A" }
        │                   ^^^^^^^ expected \`,\`"
    `);
  });

  it("two tools of one name", () => {
    const text =
      '{\n  "tools": [\n    { "name": "pay" },\n    { "name": "list" },\n    { "name": "pay" }\n  ]\n}\n';
    expect(shown(text)).toMatchInlineSnapshot(`
      "error[repeated-tool]: the catalogue declares the tool \`pay\` twice
        ┌─ bank.tools.json:5:15
        │
      3 │     { "name": "pay" },
        │               ----- declared here
        ·
      5 │     { "name": "pay" }
        │               ^^^^^ declared again here
        = help: keep one of the two"
    `);
  });

  it("a schema over several lines", () => {
    const text =
      '[\n  {\n    "name": "pay",\n    "inputSchema": {\n      "type": "string",\n      "maxLength": 3\n    }\n  }\n]\n';
    expect(shown(text)).toMatchInlineSnapshot(`
      "error[invalid-schema]: the input schema of \`pay\` is of no use
        ┌─ bank.tools.json:4:20
        │
      4 │     "inputSchema": {
        │                    ^
        ·
      7 │     }
        │     ^ no arguments can fit this schema"
    `);
  });

  it("a hint, an entry and another file", () => {
    expect(shown('[{ "name": "a", "annotations": { "readOnlyHint": 1 } }, 7]')).toMatchInlineSnapshot(`
      "warning[invalid-hint]: the hint \`readOnlyHint\` is neither true nor false
        ┌─ bank.tools.json:1:50
        │
      1 │ [{ "name": "a", "annotations": { "readOnlyHint": 1 } }, 7]
        │                                                  ^ expected \`true\` or \`false\`, found a number
        = help: without it, MCP's own default counts

      error[invalid-tool]: an entry of the catalogue is not a tool
        ┌─ bank.tools.json:1:57
        │
      1 │ [{ "name": "a", "annotations": { "readOnlyHint": 1 } }, 7]
        │                                                         ^ expected an object, found a number"
    `);
    expect(shown('{ "mcpServers": {} }')).toMatchInlineSnapshot(`
      "error[unknown-catalogue]: the file is not a tool catalogue
        ┌─ bank.tools.json:1:1
        │
      1 │ { "mcpServers": {} }
        │ ^ expected a list of tools, found an object
        = help: give it the shape of an MCP \`tools/list\` result: { "tools": [ … ] }"
    `);
  });

  it("names that would command the reader's terminal", () => {
    const name = "\\u001b[2J\\u202e";
    expect(shown(`[{ "name": "${name}" }, { "name": "${name}" }]`)).toMatchInlineSnapshot(`
      "error[repeated-tool]: the catalogue declares the tool \`\\u{1b}[2J\\u{202e}\` twice
        ┌─ bank.tools.json:1:43
        │
      1 │ [{ "name": "\\u001b[2J\\u202e" }, { "name": "\\u001b[2J\\u202e" }]
        │            ----------------- declared here
        │                                           ^^^^^^^^^^^^^^^^^ declared again here
        = help: keep one of the two"
    `);
  });
});
