import { readdirSync, readFileSync } from "node:fs";
import { loadProgram, memoryHost, parseFile, type Span } from "@agentpolicy/language";
import { describe, expect, test } from "vitest";
import { completions } from "../src/ide/features/completion/completion.ts";
import { unfilled } from "../src/ide/features/completion/offers/snippet.ts";
import type { Completion } from "../src/ide/model.ts";
import { type Snapshot, snapshotOf } from "../src/ide/snapshot.ts";

const EXAMPLES = new URL("../../examples/", import.meta.url);
const POLICIES = [
  "agentdojo-banking/banking",
  "agentdojo-slack/slack",
  "filesystem/filesystem",
  "github/github",
  "payments/payments",
  "payments/org",
  "shell/shell",
];

/** The files of an example's folder, and its policy. */
const exampleOf = (name: string) => {
  const folder = new URL(`${name.slice(0, name.indexOf("/") + 1)}`, EXAMPLES);
  const files = readdirSync(folder).filter((file) => /\.(agentpolicy|json)$/.test(file));
  const path = `${name.slice(name.indexOf("/") + 1)}.agentpolicy`;
  const texts = Object.fromEntries(files.map((file) => [file, readFileSync(new URL(file, folder), "utf8")]));
  return { path, texts, text: texts[path] ?? "" };
};

const snapshotWith = (texts: Readonly<Record<string, string>>, path: string, text: string): Snapshot =>
  snapshotOf(loadProgram(path, memoryHost({ ...texts, [path]: text })));

/** What is wrong with an answer, in words. */
const faults = (items: readonly Completion[], text: string, offset: number): readonly string[] => {
  const found = items
    .filter(({ replace: { start, end } }) => start > offset || end < offset || start < 0 || end > text.length)
    .map(({ label }) => `${label} at ${offset} replaces another place`);
  const ranks = new Set(items.map(({ rank }) => rank));
  return [
    ...found,
    ...(ranks.size === items.length ? [] : [`two of one rank at ${offset}`]),
    ...items
      .filter(({ label, insert }) => label === "" || insert === "")
      .map(() => `nothing to say at ${offset}`),
  ];
};

const KINDS: ReadonlySet<string> = new Set([
  "field",
  "value",
  "tool",
  "pattern",
  "root",
  "constant",
  "keyword",
]);

const filled = ({ insert, snippet }: Completion): string => (snippet ? unfilled(insert, "x") : insert);

/** Whether something that stands before or in what was inserted cannot be read, and could be without it. */
const isUnreadable = (before: string, inserted: string): boolean => {
  const whole = before + inserted;
  const end = whole.trimEnd().length;
  const told = (text: string) =>
    new Set(parseFile(text, "x").diagnostics.map(({ code, span }) => `${code} ${span.start}`));
  const known = told(before);
  return parseFile(whole, "x").diagnostics.some(
    ({ code, span }) => span.end < end && span.start >= before.length && !known.has(`${code} ${span.start}`),
  );
};

const NOT_KNOWN = /^(unknown-|no-matching-tool|not-readable|not-a-value|impossible)/;

/** Plain names, of which those that only some of the tools have must be asked for first. */
const isNamed = ({ kind, snippet, detail }: Completion): boolean =>
  ["field", "value", "tool", "pattern", "constant", "track"].includes(kind) &&
  !snippet &&
  !/ of \d+ tools/.test(detail ?? "");

const isIn = (span: Span, { replace, insert }: Completion): boolean =>
  span.start >= replace.start && span.end <= replace.start + insert.length;

describe.each(POLICIES)("%s", (name) => {
  const { path, texts, text } = exampleOf(name);

  test("is answered at every place", () => {
    const snapshot = snapshotWith(texts, path, text);
    const wrong: string[] = [];
    for (let offset = 0; offset <= text.length; offset += 1)
      wrong.push(...faults(completions(snapshot, path, offset), text, offset));
    expect(wrong).toEqual([]);
  });

  test("is answered at the end of what is written so far", () => {
    const wrong: string[] = [];
    for (let offset = 0; offset <= text.length; offset += 61) {
      const prefix = text.slice(0, offset);
      wrong.push(...faults(completions(snapshotWith(texts, path, prefix), path, offset), prefix, offset));
    }
    expect(wrong).toEqual([]);
  });

  test("is known where it is put in", () => {
    const snapshot = snapshotWith(texts, path, text);
    const wrong: string[] = [];
    for (let offset = 3; offset <= text.length; offset += 101) {
      const offered = completions(snapshot, path, offset).filter(isNamed);
      for (const item of [...offered.slice(0, 2), ...offered.slice(-1)]) {
        const { start, end } = item.replace;
        const now = text.slice(0, start) + item.insert + text.slice(end);
        const { diagnostics } = snapshotWith(texts, path, now).result;
        if (/^\s*[.([]/.test(text.slice(end))) continue;
        const unknown = diagnostics.filter(
          ({ code, file, span }) => file === path && NOT_KNOWN.test(code) && isIn(span, item),
        );
        for (const { code } of unknown)
          wrong.push(`${code}: ${text.slice(start - 40, start)}▮${item.insert}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test("can be read with what is put in", () => {
    const snapshot = snapshotWith(texts, path, text);
    const wrong: string[] = [];
    for (let offset = 0; offset <= text.length; offset += 37) {
      const offered = completions(snapshot, path, offset).filter(({ kind }) => KINDS.has(kind));
      for (const item of [...offered.slice(0, 4), ...offered.slice(-2)]) {
        const before = text.slice(0, item.replace.start);
        if (isUnreadable(before, filled(item))) wrong.push(`${before.slice(-60)}▮${filled(item)}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

test.each([
  ["let x = ", "("],
  ["let x = ", "["],
  ["let x = ", "{a:"],
  ["let x = ", "if "],
  ["type t = ", "{a:"],
  ["type t = ", "("],
  ["fn f() = a", ".b"],
  ["fn f() = a", ".any(x => x"],
  ["fn f() = a", '["b"]'],
  ['on a {\n deny x because "', "{"],
])("a text of %s and then nothing but %s is answered", (start, part) => {
  const text = start + part.repeat(5000);
  const snapshot = snapshotWith({}, "deep.agentpolicy", text);
  for (const offset of [text.length, text.length - 1, 60])
    expect(faults(completions(snapshot, "deep.agentpolicy", offset), text, offset)).toEqual([]);
});
