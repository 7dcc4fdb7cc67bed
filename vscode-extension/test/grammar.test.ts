import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { parseFile } from "@agentpolicy/language";
import { expect, test } from "vitest";
import onig from "vscode-oniguruma";
import textmate from "vscode-textmate";

const { INITIAL, parseRawGrammar, Registry } = textmate;

const ROOT = new URL("../../", import.meta.url);
const FILE = new URL("../syntaxes/agentpolicy.tmLanguage.json", import.meta.url);

const wasm = readFileSync(createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm"));
const registry = new Registry({
  onigLib: onig.loadWASM(wasm).then(() => ({
    createOnigScanner: onig.createOnigScanner,
    createOnigString: onig.createOnigString,
  })),
  loadGrammar: async () => parseRawGrammar(readFileSync(FILE, "utf8"), "agentpolicy.json"),
});

interface Piece {
  readonly text: string;
  readonly scope: string;
}

async function pieces(text: string): Promise<readonly (readonly Piece[])[]> {
  const grammar = await registry.loadGrammar("source.agentpolicy");
  if (grammar === null) throw new Error("no grammar");
  let stack = INITIAL;
  return text.split("\n").map((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, stack);
    stack = ruleStack;
    return tokens.map(({ startIndex, endIndex, scopes }) => ({
      text: line.slice(startIndex, endIndex),
      scope: (scopes.at(-1) ?? "").replace(/\.agentpolicy$/, ""),
    }));
  });
}

/** What each word of some text is, less blanks. */
const words = async (text: string): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await pieces(text))
      .flat()
      .flatMap(({ text: word, scope }) => (word.trim() ? [[word.trim(), scope]] : [])),
  );

const EXAMPLES = readdirSync(new URL("examples", ROOT), { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".agentpolicy") && !path.includes("node_modules"))
  .map((path) => path.replaceAll("\\", "/"))
  .sort();

test("there are examples to colour", () => expect(EXAMPLES.length).toBeGreaterThan(5));

test.each(EXAMPLES)("%s: words, names and texts are told apart", async (path) => {
  const text = readFileSync(new URL(`examples/${path}`, ROOT), "utf8");
  const { tree } = parseFile(text, path);
  const lines = await pieces(text);
  const starts = lineStarts(text);
  const scopeAt = (offset: number): string => {
    const line = starts.findLastIndex((start) => start <= offset);
    let at = starts[line] ?? 0;
    for (const piece of lines[line] ?? []) {
      if (offset < at + piece.text.length) return piece.scope;
      at += piece.text.length;
    }
    return "";
  };
  for (const item of tree.items) {
    if (item.kind !== "error-item")
      expect([item.kind, scopeAt(item.start)]).toEqual([item.kind, "keyword.declaration"]);
    if (item.kind === "block") {
      for (const member of item.members) {
        if (member.kind !== "rule") continue;
        expect(scopeAt(member.start)).toBe("keyword.control.effect");
        expect(scopeAt(member.name?.start ?? -1)).toBe("entity.name.function.rule");
        for (const clause of member.clauses) {
          expect([clause.kind, scopeAt(clause.start)]).toEqual([clause.kind, "keyword.control.clause"]);
        }
      }
    }
  }
  for (const { start, text: comment } of tree.comments) {
    expect([comment, scopeAt(start)]).toEqual([comment, expect.stringMatching(/^comment\./)]);
  }
});

test("a word is coloured only where it means something", async () => {
  expect(await words("  allow deny")).toEqual({
    allow: "keyword.control.effect",
    deny: "entity.name.function.rule",
  });
  expect(await words("    when input.from == seen")).toMatchObject({
    from: "variable.other.property",
    seen: "variable.other",
  });
  expect(await words("context { when: string, risk?: number }")).toMatchObject({
    when: "variable.other.property",
    risk: "variable.other.property",
  });
  expect(await words("let on-call = 3 - 2")).toMatchObject({
    "on-call": "variable.other.constant",
    "-": "keyword.operator",
  });
  expect(await words('on unknown, github."create.issue/v2" {')).toMatchObject({
    unknown: "keyword.other",
    github: "entity.name.namespace",
    '"create.issue/v2"': "entity.name.function.tool",
  });
});

test("texts, numbers and what stands in texts", async () => {
  expect(await words('    because "Pay {input.amount} \\"now\\"."')).toMatchObject({
    because: "keyword.control.clause",
    Pay: "string.quoted.double",
    "{": "punctuation.section.interpolation.begin",
    input: "variable.language",
    amount: "variable.other.property",
    '\\"': "constant.character.escape",
  });
  expect(await words('let a = r"^\\d+$"')).toMatchObject({ 'r"^\\d+$"': "string.regexp" });
  expect(await words("    within 30m")).toMatchObject({ "30m": "constant.numeric.duration" });
  expect(await words("let a: string[] = [1.5, true]")).toMatchObject({
    string: "support.type",
    "1.5": "constant.numeric",
    true: "constant.language",
  });
});

test("a text without an end ends with its line", async () => {
  const [, second] = await pieces('let a = "open\nlet b = 1');
  expect(second?.[0]).toEqual({ text: "let", scope: "keyword.declaration" });
});

const lineStarts = (text: string): readonly number[] => [
  0,
  ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1),
];
