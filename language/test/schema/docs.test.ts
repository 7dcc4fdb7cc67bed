import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readJson } from "../../src/schema/json.ts";
import { typeFromSchema } from "../../src/schema/schema.ts";
import { printType } from "../../src/types/print.ts";

const page = readFileSync(new URL("../../../docs/schemas.md", import.meta.url), "utf8");

/** The code of a table cell; a cell without code is empty. */
const code = (cell: string | undefined): string =>
  /`(.+?)`/.exec(cell ?? "")?.[1]?.replaceAll("\\|", "|") ?? "";

const rows = page
  .split("\n")
  .filter((line) => line.startsWith("| `{"))
  .map((line) => line.split(/(?<!\\)\|/).slice(1, -1))
  .map(([schema, type, wider]) => [code(schema), code(type), code(wider)] as const);

describe("docs/schemas.md", () => {
  it("has its table", () => {
    expect(rows.length).toBeGreaterThan(25);
  });

  it.each(rows)("%s is %s", (schema, type, wider) => {
    const { root } = readJson(schema);
    const read = typeFromSchema(root!, { file: "schema.json", tool: "t" });
    expect(printType(read.type, { full: true, bounds: true })).toBe(type);
    expect(read.widenings.map(({ keyword }) => keyword)).toEqual(wider === "" ? [] : [wider]);
  });
});
