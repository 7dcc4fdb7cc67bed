import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readJson } from "../../src/schema/json.ts";
import { inputFromSchema, typeFromSchema } from "../../src/schema/schema.ts";
import { fits } from "../../src/types/constant.ts";
import { printType } from "../../src/types/print.ts";
import type { Json } from "../../src/types/type.ts";
import { oracle } from "./oracle.ts";
import { schemaJson } from "./schemas.ts";
import { anyJson, likely, mutate, randomFrom } from "./values.ts";

const typeOf = (schema: Json) => {
  const { root } = readJson(JSON.stringify(schema));
  return typeFromSchema(root!, { file: "schema.json", tool: "t" });
};

/** Values around a schema: likely ones, broken ones, and any. */
const valuesFor = (schema: Json, seed: number, count: number): readonly Json[] => {
  const random = randomFrom(seed);
  return Array.from({ length: count }, (_, at) => {
    const value = at % 5 === 4 ? anyJson(random) : likely(schema, schema, random);
    return at % 3 === 2 ? mutate(value, random) : value;
  });
};

describe("the type of a schema", () => {
  it("holds every value that the schema accepts, and only those where nothing was recorded as widened", () => {
    const seen = { accepted: 0, refused: 0, exact: 0, exactRefused: 0 };
    fc.assert(
      fc.property(schemaJson, fc.integer(), (schema, seed) => {
        const accepts = oracle(schema);
        if (accepts === null) return;
        const { type, widenings } = typeOf(schema);
        const exact = widenings.every(({ keyword }) => keyword === "format");
        for (const value of valuesFor(schema, seed, 30)) {
          const accepted = accepts(value);
          if (accepted === undefined) continue;
          const say = `${JSON.stringify(value)} in ${printType(type, { full: true, bounds: true })}`;
          if (accepted || exact) expect(fits(value, type), say).toBe(accepted);
          seen[accepted ? "accepted" : "refused"] += 1;
          if (exact) seen[accepted ? "exact" : "exactRefused"] += 1;
        }
      }),
      { numRuns: 250 },
    );
    expect(seen.accepted).toBeGreaterThan(1000);
    expect(seen.refused).toBeGreaterThan(1000);
    expect(seen.exact).toBeGreaterThan(400);
    expect(seen.exactRefused).toBeGreaterThan(400);
  });

  it("is a record that holds every object that the schema accepts, for a tool's arguments", () => {
    let accepted = 0;
    fc.assert(
      fc.property(schemaJson, fc.integer(), (inner, seed) => {
        const schema = { type: "object", ...(typeof inner === "object" ? inner : {}) } as Json;
        const accepts = oracle(schema);
        if (accepts === null) return;
        const { root } = readJson(JSON.stringify(schema));
        const { input } = inputFromSchema(root!, { file: "schema.json", tool: "t" });
        for (const value of valuesFor(schema, seed, 20)) {
          if (typeof value !== "object" || value === null || Array.isArray(value) || accepts(value) !== true)
            continue;
          accepted += 1;
          expect(input !== null && fits(value, input), JSON.stringify(value)).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
    expect(accepted).toBeGreaterThan(200);
  });
});
