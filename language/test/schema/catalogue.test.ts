import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCatalogue } from "../../src/schema/catalogue.ts";
import { printType } from "../../src/types/print.ts";

const schema = { type: "object", properties: { to: { type: "string" } }, required: ["to"] };
const mcp = { name: "send", description: "Sends.", inputSchema: schema };

const read = (json: unknown) => readCatalogue(JSON.stringify(json), "c.json");

/** Code, label and marked text of each diagnostic. */
const found = (text: string) =>
  readCatalogue(text, "c.json").diagnostics.map(({ code, label, span }) => [
    code,
    label,
    text.slice(span.start, span.end),
  ]);

describe("shapes", () => {
  it.each<[string, unknown]>([
    ["an MCP tools/list result", { tools: [mcp] }],
    ["its JSON-RPC response", { jsonrpc: "2.0", id: 1, result: { tools: [mcp], nextCursor: "x" } }],
    ["a bare list", [mcp]],
    [
      "OpenAI, nested",
      [
        {
          type: "function",
          function: { name: "send", description: "Sends.", parameters: schema, strict: true },
        },
      ],
    ],
    ["OpenAI, flat", [{ type: "function", name: "send", description: "Sends.", parameters: schema }]],
    [
      "OpenAI, within a request",
      { model: "m", tools: [{ type: "function", name: "send", description: "Sends.", parameters: schema }] },
    ],
    ["Anthropic", [{ name: "send", description: "Sends.", input_schema: schema }]],
  ])("%s", (_name, json) => {
    const { tools, diagnostics, widenings } = read(json);
    expect(diagnostics).toEqual([]);
    expect(widenings).toEqual([]);
    expect(
      tools.map(({ name, doc, input, schema }) => ({ name, doc, input: printType(input), schema })),
    ).toEqual([{ name: "send", doc: "Sends.", input: "{ to: string }", schema }]);
  });

  it("takes a tool without a schema, or with one that says nothing, as free-form", () => {
    const names = ["none", "empty", "dialect", "object", "true"];
    const schemas = [
      undefined,
      {},
      { $schema: "https://json-schema.org/draft/2020-12/schema" },
      { type: "object" },
      true,
    ];
    const { tools, diagnostics } = read(names.map((name, at) => ({ name, inputSchema: schemas[at] })));
    expect(diagnostics).toEqual([]);
    expect(tools.map(({ input }) => [input.fields.size, input.rest])).toEqual(
      names.map(() => [0, { kind: "any" }]),
    );
  });
});

describe("titles and hints", () => {
  it("come from the tool or its annotations", () => {
    const { tools } = read([
      { name: "a", title: "Own", annotations: { title: "Other", readOnlyHint: true, openWorldHint: false } },
      { name: "b", annotations: { title: "Annotated", destructiveHint: null } },
      { name: "c" },
    ]);
    expect(tools.map(({ title, hints }) => [title, hints])).toEqual([
      ["Own", { readOnly: true, openWorld: false }],
      ["Annotated", {}],
      [null, {}],
    ]);
  });

  it("are told when they are no truth values", () => {
    expect(found('[{"name":"a","annotations":{"readOnlyHint":"true"}}]')).toEqual([
      ["invalid-hint", "expected `true` or `false`, found a string", '"true"'],
    ]);
  });
});

describe("what is wrong with a catalogue", () => {
  it.each<[string, string, unknown[]]>([
    ["nothing", "", [["malformed-json", "expected a value", ""]]],
    ["blanks", " \n ", [["malformed-json", "expected a value", ""]]],
    [
      "another object",
      '{"servers":[]}',
      [["unknown-catalogue", "expected a list of tools, found an object", "{"]],
    ],
    [
      "tools that are no list",
      '{"tools":{}}',
      [["unknown-catalogue", "expected a list of tools, found an object", "{"]],
    ],
    ["a number", "12", [["unknown-catalogue", "expected a list of tools, found a number", "1"]]],
    [
      "an entry that is no tool",
      "[1,null]",
      [
        ["invalid-tool", "expected an object, found a number", "1"],
        ["invalid-tool", "expected an object, found `null`", "null"],
      ],
    ],
    ["no name", '[{"inputSchema":{}}]', [["invalid-tool", "it has no name", "{"]]],
    ["an empty name", '[{"name":""}]', [["invalid-tool", "its name is empty", '""']]],
    [
      "a name that is no text",
      '[{"name":7}]',
      [["invalid-tool", "expected a name in quotes, found a number", "7"]],
    ],
    ["a name twice", '[{"name":"a"},{"name":"a"}]', [["repeated-tool", "declared again here", '"a"']]],
    [
      "a schema that is none",
      '[{"name":"a","inputSchema":"x"}]',
      [["invalid-schema", "expected a JSON Schema object, found a string", '"x"']],
    ],
    [
      "a schema that is null",
      '[{"name":"a","inputSchema":null}]',
      [["invalid-schema", "expected a JSON Schema object, found `null`", "null"]],
    ],
    [
      "a schema that nothing fits",
      '[{"name":"a","inputSchema":false}]',
      [["invalid-schema", "no arguments can fit this schema", "false"]],
    ],
    [
      "a schema of something else",
      '[{"name":"a","inputSchema":{"type":"string"}}]',
      [["invalid-schema", "no arguments can fit this schema", '{"type":"string"}']],
    ],
  ])("%s", (_name, text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it("points to the first of two tools of one name", () => {
    const text = '[{"name":"a"},\n{"name":"a"}]';
    const [diagnostic] = readCatalogue(text, "c.json").diagnostics;
    expect(diagnostic?.related.map(({ start, end }) => [start, text.slice(start, end)])).toEqual([
      [9, '"a"'],
    ]);
    expect(diagnostic?.span.start).toBeGreaterThan(20);
  });

  it.each<[string, string, string]>([
    ["a comma too many", '{"tools":[\n{"name":"a"},\n]}', "expected a value"],
    ["a comma too few", '{"tools":[\n{"name":"a" "description":"x"}\n]}', "expected `,`"],
    ["a comment", '// tools\n{"tools":[{"name":"a"}]}', "JSON has no comments"],
    ["single quotes", '{"tools":[{"name":"a",\'x\':1}]}', "this is no JSON value"],
    ["an end too soon", '{"tools":[{"name":"a"}', "expected `]`"],
    ["a string without end", '{"tools":[{"name":"a","description":"x}]}', "this string does not end"],
    ["text after the end", '{"tools":[{"name":"a"}]} x', "this is no JSON value"],
    ["an unknown escape", '{"tools":[{"name":"a","description":"\\x"}]}', "JSON has no such escape"],
  ])("broken JSON gives one diagnostic, and the tools all the same: %s", (_name, text, reason) => {
    const { tools, diagnostics } = readCatalogue(text, "c.json");
    expect(diagnostics.map(({ code, label }) => [code, label])).toEqual([["malformed-json", reason]]);
    expect(tools.map(({ name }) => name)).toEqual(["a"]);
  });

  it("gives each of two mistakes its diagnostic", () => {
    const text = '{"tools":[\n{"name":"a",},\n{"name":"b"},\n{"name":"c"},\n{"name":"d" "x":1}\n]}';
    const { tools, diagnostics } = readCatalogue(text, "c.json");
    expect(diagnostics.map(({ code }) => code)).toEqual(["malformed-json", "malformed-json"]);
    expect(tools.map(({ name }) => name)).toEqual(["a", "b", "c", "d"]);
  });

  it("reads past a byte order mark, with places as in the file", () => {
    const text = '\u{feff}[{"name":"a"}]';
    const { tools, diagnostics } = readCatalogue(text, "c.json");
    expect(diagnostics).toEqual([]);
    expect(text.slice(tools[0]!.at.start, tools[0]!.at.end)).toBe('"a"');
  });
});

describe("any text", () => {
  const valid = JSON.stringify(
    { tools: [mcp, { name: "b", inputSchema: { anyOf: [schema, { $ref: "#/$defs/x" }] } }] },
    null,
    1,
  );
  const mutated = fc
    .tuple(
      fc.nat(valid.length),
      fc.nat(8),
      fc.oneof(fc.constantFrom('"', "{", "}", "[", "]", ",", ":", "\\", "\n", "1e999", "null"), fc.string()),
    )
    .map(([at, cut, more]) => valid.slice(0, at) + more + valid.slice(at + cut));

  it("gives tools and diagnostics within the text, never a throw", () => {
    let broken = 0;
    fc.assert(
      fc.property(fc.oneof({ weight: 3, arbitrary: mutated }, fc.string(), fc.json()), (text) => {
        const { tools, diagnostics, widenings } = readCatalogue(text, "c.json");
        const places = [
          ...diagnostics.map(({ span }) => span),
          ...tools.map(({ at }) => at),
          ...widenings.map(({ at }) => at),
          ...diagnostics.flatMap(({ related }) => related),
        ];
        if (diagnostics.length > 0) broken += 1;
        for (const { start, end } of places) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(text.length);
        }
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        expect(diagnostics.some(({ code }) => code === "malformed-json")).toBe(!isJson);
      }),
      { numRuns: 300 },
    );
    expect(broken).toBeGreaterThan(100);
  });
});
