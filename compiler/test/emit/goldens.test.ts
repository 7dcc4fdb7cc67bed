import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { checkText } from "@agentpolicy/language";
import { originalPositionFor, sourceContentFor, TraceMap } from "@jridgewell/trace-mapping";
import { describe, expect, it } from "vitest";
import { emitModule } from "../../src/emit/emit.ts";
import { makePlan } from "../../src/plan/make.ts";
import { compileText } from "../support/compile.ts";
import { loadModule } from "../support/load-module.ts";

const folder = new URL("./goldens/", import.meta.url);
const names = readdirSync(folder).flatMap((name) => /^(.*)\.agentpolicy$/.exec(name)?.[1] ?? []);
const textOf = (name: string): string => readFileSync(new URL(`${name}.agentpolicy`, folder), "utf8");

/** `UPDATE_GOLDENS=1` writes them anew. */
const same = (file: string, text: string): void => {
  const url = new URL(file, folder);
  if (process.env.UPDATE_GOLDENS === "1") writeFileSync(url, text);
  expect(existsSync(url), `${file} is there; UPDATE_GOLDENS=1 writes it`).toBe(true);
  expect(text).toBe(readFileSync(url, "utf8"));
};

describe("emitted modules", () => {
  for (const name of names) {
    it(`${name} is what it was`, () => {
      const { code, types } = compileText(textOf(name), `${name}.agentpolicy`);
      same(`${name}.policy.js`, code);
      same(`${name}.policy.d.ts`, types);
    });

    it(`${name} is the same bytes when compiled twice`, () => {
      const [first, second] = [1, 2].map(() => compileText(textOf(name), `${name}.agentpolicy`));
      expect(second).toEqual(first);
    });

    it(`${name} is the same code in whatever order its items stand`, () => {
      const here = compileText(textOf(name), `${name}.agentpolicy`);
      const there = compileText(shuffled(textOf(name)), `${name}.agentpolicy`);
      expect(there.code).not.toBe(here.code);
      expect(withoutPlaces(there.code)).toBe(withoutPlaces(here.code));
      expect(there.types).toBe(here.types);
      expect(there.manifest.hash).toBe(here.manifest.hash);
    });

    it(`${name} maps each rule's condition to its line`, () => {
      const source = textOf(name);
      const { code, map } = compileText(source, `${name}.agentpolicy`);
      const trace = new TraceMap(map);
      expect(sourceContentFor(trace, `${name}.agentpolicy`)).toBe(source);
      const found = conditionsIn(code);
      expect(found.length).toBeGreaterThan(0);
      for (const { line, column, rule } of found) {
        const at = originalPositionFor(trace, { line, column });
        expect(at.source, rule).toBe(`${name}.agentpolicy`);
        expect(ruleOfLine(source, at.line!), `${rule} at line ${at.line}`).toBe(rule);
      }
    });

    it(`${name} runs, and its manifest says what it is`, async () => {
      const { code, manifest } = compileText(textOf(name), `${name}.agentpolicy`);
      const policy = await loadModule(code);
      expect(policy.manifest).toEqual(manifest);
      expect(policy.manifest.abi).toBe(1);
    });

    it(`${name} imports nothing but the helper and the parsers it uses, and evaluates no text`, () => {
      const { code } = compileText(textOf(name), `${name}.agentpolicy`);
      const imports = [...code.matchAll(/^import .* from "(.*)";$/gm)].map(([, from]) => from!);
      for (const from of imports)
        expect(from).toMatch(/^@agentpolicy\/runtime\/(artifact|values)(\/[a-z]+)?$/);
      expect(code.match(/\bimport\b/g)).toHaveLength(imports.length);
      expect(code).not.toMatch(/\beval\b|\bFunction\b|Math\.random|Date\.now/);
    });
  }
});

describe("a module that goes into a file", () => {
  it("names its source map", () => {
    const { policy } = checkText(textOf("ops"), { path: "ops.agentpolicy" });
    const { code, map } = emitModule(makePlan(policy!), { file: "my ops.js", runtime: "./runtime" });
    expect(code.endsWith("//# sourceMappingURL=my%20ops.js.map\n")).toBe(true);
    expect(JSON.parse(map)).toMatchObject({ version: 3, file: "my ops.js", sources: ["ops.agentpolicy"] });
    expect(code).toContain('from "./runtime/artifact";');
  });
});

/** Items in the reverse order, rules within a block too; the header stays. */
const shuffled = (text: string): string => {
  const items = text
    .replace(/^\/\/.*\n/gm, "")
    .split(/\n\n(?=\S)/)
    .map((item) => (/^on /.test(item) ? withRulesReversed(item) : item));
  return items.reverse().join("\n\n");
};

const withRulesReversed = (block: string): string => {
  const lines = block.trimEnd().split("\n");
  if (lines.length < 3) return block;
  const rules = lines
    .slice(1, -1)
    .join("\n")
    .split(/\n(?= {2}\S)/);
  return [lines[0], ...rules.reverse(), lines.at(-1)].join("\n");
};

/** What honestly differs: places of rules in comments and manifest, hashes of the files. */
const withoutPlaces = (code: string): string =>
  code
    .replace(/\.agentpolicy:\d+$/gm, "")
    .replace(/line: \d+, character: \d+/g, "")
    .replace(/("\w+\.agentpolicy": )"[0-9a-f]{64}"/g, "$1");

/** Where the `if` of each rule begins to test, after the comment that names the rule. Columns are zero-based. */
const conditionsIn = (code: string) => {
  const lines = code.split("\n");
  return lines.flatMap((text, i) => {
    const rule = /^ *\/\/ \w+\.([\w-]+), /.exec(text)?.[1];
    const at = lines.slice(i + 1, i + 3).findIndex((next) => /^ *if \(/.test(next));
    if (rule === undefined || at < 0) return [];
    const test = lines[i + 1 + at]!;
    return [{ rule, line: i + 2 + at, column: /^ *if \((?:!?\(*!?)/.exec(test)![0].length }];
  });
};

const ruleOfLine = (source: string, line: number): string | undefined => {
  const before = source.split("\n").slice(0, line).join("\n");
  return [...before.matchAll(/^.*?\b(?:allow|deny|require (?:approval|clarification)) ([\w-]+)/gm)].at(
    -1,
  )?.[1];
};
