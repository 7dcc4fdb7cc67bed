import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Hints } from "../../src/core/policy.ts";
import { type CatalogueReading, readCatalogue } from "../../src/schema/catalogue.ts";
import { fits } from "../../src/types/constant.ts";
import { printName, printType } from "../../src/types/print.ts";
import type { Json, Type } from "../../src/types/type.ts";
import { corpus } from "./corpus.ts";
import { oracle } from "./oracle.ts";
import { likely, mutate, randomFrom } from "./values.ts";

const catalogues = corpus();

/** Set to write the records anew: `UPDATE_GOLDENS=1 npx vitest run language/test/schema/corpus`. */
const update = process.env.UPDATE_GOLDENS !== undefined;

const goldens = new URL("goldens/", import.meta.url);

const hintText = (hints: Partial<Hints>): string => {
  const given = Object.entries(hints).map(([name, value]) => `${value ? "" : "not "}${name}`);
  return given.length === 0 ? "no hints" : given.join(", ");
};

/** Arguments one to a line, those of nested records indented. */
const lines = (type: Type, indent: string): readonly string[] => {
  if (type.kind !== "record") return [];
  const fields = [...type.fields].flatMap(([name, field]) => {
    const head = `${indent}${printName(name)}${field.optional ? "?" : ""}:`;
    const whole = `${head} ${printType(field.type, { full: true, bounds: true })}`;
    return whole.length <= 110 || field.type.kind !== "record"
      ? [whole]
      : [head, ...lines(field.type, `${indent}  `)];
  });
  const rest =
    typeof type.rest === "string"
      ? type.rest === "closed"
        ? ["nothing else"]
        : []
      : [`*: ${printType(type.rest)}`];
  return [...fields, ...rest.map((line) => `${indent}${line}`)];
};

/** What the record says of one catalogue: its tools, the types of their arguments, and each widening with its reason. */
const record = (name: string, { tools, widenings }: CatalogueReading): string => {
  const parts = tools.flatMap((tool) => [
    `## ${tool.name}`,
    "",
    `${tool.title === null ? "" : `${tool.title}; `}${hintText(tool.hints)}`,
    "",
    "```",
    ...lines(tool.input, ""),
    "```",
    ...widenings
      .filter((widening) => widening.tool === tool.name)
      .map(({ path, keyword, reason }) => `- \`${path}\` ${keyword}: ${reason}`),
    "",
  ]);
  return [`# ${name}`, "", `${tools.length} tools, ${widenings.length} widenings.`, "", ...parts].join("\n");
};

describe.skipIf(catalogues.length === 0)("the corpus", () => {
  it("is here", () => {
    expect(catalogues.length).toBeGreaterThanOrEqual(18);
  });
});

describe.each(catalogues)("%s", (name, text) => {
  const reading = readCatalogue(text, `${name}.json`);
  const golden = new URL(`${name}.md`, goldens);

  it("loads without a diagnostic, and as it was recorded", () => {
    expect(reading.diagnostics).toEqual([]);
    const found = record(name, reading);
    if (update) {
      mkdirSync(goldens, { recursive: true });
      writeFileSync(golden, found);
    }
    expect(existsSync(golden), "no record yet: run with UPDATE_GOLDENS=1").toBe(true);
    expect(found).toBe(readFileSync(golden, "utf8"));
  });

  it("has every tool, argument and description at its place in the file", () => {
    const parsed = JSON.parse(text) as { tools: { name: string; description?: string }[] };
    expect(reading.tools.map((tool) => tool.name)).toEqual(parsed.tools.map((tool) => tool.name));
    const at = ({ start, end }: { start: number; end: number }) =>
      JSON.parse(text.slice(start, end)) as unknown;
    for (const tool of reading.tools) {
      expect(at(tool.at)).toBe(tool.name);
      if (tool.doc !== null) expect(at(tool.docAt!)).toBe(tool.doc);
      for (const [argument, field] of tool.input.fields) expect(at(field.at!)).toBe(argument);
    }
    for (const widening of reading.widenings) expect(at(widening.at)).toBe(widening.keyword);
  });

  it("takes every call that its schemas accept, and no other where nothing was widened", () => {
    const seen = { accepted: 0, refused: 0 };
    for (const tool of reading.tools) {
      const accepts = oracle(tool.schema)!;
      const random = randomFrom(7);
      const widened = reading.widenings.filter(
        (widening) => widening.tool === tool.name && widening.keyword !== "format",
      );
      for (let round = 0; round < 40; round += 1) {
        const value = likely(tool.schema, tool.schema, random, 9);
        for (const call of [value, mutate(value, random)]) {
          if (typeof call !== "object" || call === null || Array.isArray(call)) continue;
          const accepted = accepts(call as Json) === true;
          seen[accepted ? "accepted" : "refused"] += 1;
          if (accepted || widened.length === 0) {
            expect(fits(call, tool.input), `${tool.name} ${JSON.stringify(call)}`).toBe(accepted);
          }
        }
      }
    }
    expect(seen.accepted).toBeGreaterThan(reading.tools.length * 10);
  });
});
