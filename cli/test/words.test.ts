import type { Type } from "@agentpolicy/language";
import { describe, expect, it } from "vitest";
import { parseJson } from "../src/io/read.ts";
import { serverName } from "../src/mcp/name.ts";
import { durationText } from "../src/output/decision.ts";
import { makeStyle, wantsColour } from "../src/output/style.ts";
import { sampleOf } from "../src/starter/sample.ts";
import { commentLine, freeName, writtenName, writtenValue } from "../src/starter/words.ts";

describe("names for servers", () => {
  it.each([
    ["secure-filesystem-server", "filesystem"],
    ["@modelcontextprotocol/server-github", "github"],
    ["modelcontextprotocol__server-slack.tools.json", "slack"],
    ["context7-mcp", "context7"],
    ["Playwright", "playwright"],
    ["42", "server"],
    ["服务器", "server"],
    ["", "server"],
    ["a/b/c.json", "c"],
    ["brave search", "brave-search"],
  ])("%s is %s", (text, name) => expect(serverName(text)).toBe(name));
  it("are no words of the language", () => {
    expect(freeName("test")).toBe("test-server");
    expect(freeName("filesystem")).toBe("filesystem");
  });
});

describe("writing the language", () => {
  it("quotes what is no name", () => {
    expect(writtenName("read_file")).toBe("read_file");
    expect(writtenName("get-env")).toBe("get-env");
    expect(writtenName("create.issue/v2")).toBe('"create.issue/v2"');
    expect(writtenName("a-")).toBe('"a-"');
  });
  it("writes values", () => {
    expect(writtenValue({ a: [1, "x\n", null], "odd key": {} })).toBe(
      '{ a: [1, "x\\n", null], "odd key": {} }',
    );
  });
  it("keeps foreign text to one line of a comment", () => {
    expect(commentLine("One.\nTwo\u202E.")).toBe("One.");
    expect(commentLine("a\u2028b\u0007c\t d")).toBe("a b c d");
    expect(commentLine("x".repeat(80), 10)).toBe(`${"x".repeat(9)}…`);
  });
});

describe("samples", () => {
  const number = (more: object): Type => ({ kind: "number", integer: false, ...more });
  const text: Type = { kind: "string" };
  it.each([
    [text, "example"],
    [{ kind: "string", minLength: 9, maxLength: 9 }, "examplexx"],
    [{ kind: "string", maxLength: 2 }, "ex"],
    [number({}), 1],
    [number({ minimum: 5 }), 5],
    [number({ exclusiveMinimum: 3, integer: true }), 4],
    [number({ exclusiveMinimum: 0, exclusiveMaximum: 0.5 }), 1 / 1024],
    [number({ maximum: -2 }), -2],
    [{ kind: "list", element: text, minItems: 2 }, ["example", "example"]],
    [{ kind: "list", element: text }, []],
    [{ kind: "union", members: [{ kind: "never" }, { kind: "literal", value: "a" }] }, "a"],
  ] satisfies [Type, unknown][])("%j", (type, value) => expect(sampleOf(type)).toEqual({ value }));
  it("finds nothing where there is nothing", () => {
    expect(sampleOf({ kind: "never" })).toBe(null);
    expect(sampleOf(number({ minimum: 2, maximum: 1 }))).toBe(null);
    expect(sampleOf({ kind: "list", element: { kind: "never" }, minItems: 1 })).toBe(null);
  });
  it("leaves optional fields out", () => {
    const fields = new Map([
      ["need", { type: text, optional: false }],
      ["may", { type: text, optional: true }],
    ]);
    expect(sampleOf({ kind: "record", fields, rest: "closed" })).toEqual({ value: { need: "example" } });
  });
});

describe("colour", () => {
  it.each([
    [{}, true, true],
    [{}, false, false],
    [{ NO_COLOR: "1" }, true, false],
    [{ NO_COLOR: "" }, true, true],
    [{ FORCE_COLOR: "1" }, false, true],
    [{ FORCE_COLOR: "" }, false, true],
    [{ FORCE_COLOR: "0" }, true, false],
    [{ NO_COLOR: "1", FORCE_COLOR: "1" }, true, false],
    [{ TERM: "dumb" }, true, false],
  ])("%j on a terminal: %s gives %s", (env, terminal, colour) =>
    expect(wantsColour(env, terminal)).toBe(colour),
  );
  it("is not there where it is not wanted", () => {
    expect(makeStyle(false).red("x")).toBe("x");
    expect(makeStyle(true).red("x")).toBe("\u001b[31mx\u001b[39m");
  });
});

describe("durations", () => {
  it.each([
    [30_000, "30s"],
    [90_000, "90s"],
    [1_800_000, "30m"],
    [86_400_000, "24h"],
    [604_800_000, "7d"],
    [1500, "1500ms"],
  ])("%d ms is %s", (milliseconds, text) => expect(durationText(milliseconds)).toBe(text));
});

describe("JSON that is none", () => {
  it.each([
    ["", "`f` is not JSON: it is empty"],
    ["{\n  a: 1\n}", "line 2, column 3"],
    ["[1, 2", "line 1, column 6"],
    ['{"a": nope}', "line 1, column 7"],
  ])("%j", (text, message) => {
    const answer = parseJson(text, "f");
    expect("message" in answer && answer.message).toContain(message);
  });
});
