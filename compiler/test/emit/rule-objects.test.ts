import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { emitModule } from "../../src/emit/emit.ts";
import { makePlan } from "../../src/plan/make.ts";
import { conservativePolicy } from "../../src/rules/conservative.ts";
import { policyFromRules } from "../../src/rules/define.ts";
import type { PolicyObject } from "../../src/rules/rule-objects.ts";

const GOLDEN = new URL("./goldens/rule-objects.policy.js", import.meta.url);

const POLICY = conservativePolicy({ internalDomains: ["acme.com"] });

const emitted = (policy: PolicyObject) => emitModule(makePlan(policyFromRules(policy)));

/** The same object with the fields of every record the other way round. */
const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, field]) => [name, reversed(field)]),
  );
};

const withoutPlaces = (code: string): string =>
  code
    .replace(/^( *\/\/ .*?), rules\.json:\d+$/gm, "$1")
    .replace(/"rules\.json": "[0-9a-f]{64}"/g, "")
    .replace(/line: \d+, character: \d+/g, "");

describe("the module of rule objects", () => {
  it("is what it was (UPDATE_GOLDENS=1 writes it anew)", () => {
    const { code } = emitted(POLICY);
    if (process.env.UPDATE_GOLDENS === "1") writeFileSync(GOLDEN, code);
    expect(existsSync(GOLDEN)).toBe(true);
    expect(code).toBe(readFileSync(GOLDEN, "utf8"));
    expect(emitted(POLICY).code).toBe(code);
  });

  it("is the same in whatever order its rules and their fields stand", () => {
    const first = emitted(POLICY);
    const other = emitted({
      ...(reversed(POLICY) as PolicyObject),
      rules: POLICY.rules.toReversed().map(reversed) as never,
    });
    expect(other.code).not.toBe(first.code);
    expect(withoutPlaces(other.code)).toBe(withoutPlaces(first.code));
    expect(other.manifest.hash).toBe(first.manifest.hash);
  });
});
