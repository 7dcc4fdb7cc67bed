import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mapChildren } from "../../src/core/children.ts";
import type { Expr } from "../../src/core/expr.ts";
import type { CheckedPolicy, Rule } from "../../src/core/policy.ts";
import { neverDecides } from "../../src/lints/never-decides.ts";
import { neverMatches } from "../../src/lints/never-matches.ts";
import { redundantConditions } from "../../src/lints/redundant-condition.ts";
import type { Effect } from "../../src/syntax/ast.ts";
import type { Json } from "../../src/types/type.ts";
import { condition, INPUT, INPUTS, numbered } from "./arbitrary.ts";
import { evaluate, Fault } from "./evaluate.ts";

const place = (file: string) => ({ file, start: 0, end: 1 });

const rule = (name: string, effect: Effect, when: Expr | null, unless: Expr | null): Rule => ({
  id: `p.${name}`,
  effect,
  risk: "medium",
  requirements: [],
  doc: null,
  at: place(name),
  nameAt: place(name),
  bodies: [{ tools: ["t"], unknown: false, when, unless, because: null, ask: null }],
});

const policyOf = (rules: readonly Rule[]): CheckedPolicy =>
  ({
    rules,
    tools: new Map([["t", { name: "t", input: INPUT }]]),
    functions: new Map(),
    tracks: new Map(),
    proofs: [],
  }) as unknown as CheckedPolicy;

const input = (rules: readonly Rule[]) => ({
  files: [],
  data: [],
  sources: new Map<string, string>(),
  policy: policyOf(rules),
});

/** True, false, or null where it cannot be evaluated. */
const outcome = (expr: Expr, value: Json): boolean | null => {
  try {
    return evaluate(expr, value) === true;
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
};

const replaced = (expr: Expr, start: number, value: boolean): Expr =>
  expr.at.start === start && expr.kind !== "not"
    ? { kind: "constant", value, at: expr.at }
    : mapChildren(expr, (part) => replaced(part, start, value));

/** One input in this many is tried, a different share in each run. */
const SHARE = 7;
const someInputs = (seed: number): readonly Json[] => INPUTS.filter((_, at) => at % SHARE === seed % SHARE);

describe("what is said of rules is so", () => {
  it("a part called redundant can be replaced by what it always is", () => {
    let claimed = 0;
    fc.assert(
      fc.property(condition, fc.nat(), (generated, seed) => {
        const when = numbered(generated);
        for (const { span, message } of redundantConditions(input([rule("r", "deny", when, null)]))) {
          claimed += 1;
          const without = replaced(when, span.start, /always true/u.test(message));
          for (const value of someInputs(seed)) {
            const [before, after] = [outcome(when, value), outcome(without, value)];
            if (before !== null && after !== null) expect(after, message).toBe(before);
          }
        }
      }),
      { numRuns: 120 },
    );
    expect(claimed).toBeGreaterThan(8);
  });

  it("a rule that never matches matches nothing, and one that never decides decides nothing", () => {
    const effects = ["allow", "approval_required", "clarification_required", "deny"] as const;
    const some = fc.option(condition, { freq: 4 });
    const generated = fc.array(
      fc.tuple(fc.constantFrom(...effects), some, fc.option(condition, { freq: 1 })),
      {
        minLength: 2,
        maxLength: 4,
      },
    );
    let claimed = 0;
    fc.assert(
      fc.property(generated, fc.nat(), (list, seed) => {
        const rules = list.map(([effect, when, unless], at) => rule(`r${at}`, effect, when, unless));
        const dead = [...neverDecides(input(rules)), ...neverMatches(input(rules))].map(({ message }) =>
          rules.find(({ id }) => message.includes(`\`${id.slice(2)}\``)),
        );
        claimed += dead.length;
        if (dead.length === 0) return;
        for (const value of someInputs(seed)) expect(dead).not.toContain(decidingRule(rules, value));
      }),
      { numRuns: 60 },
    );
    expect(claimed).toBeGreaterThan(5);
  });
});

const LEVELS: readonly Effect[] = ["deny", "clarification_required", "approval_required", "allow"];

/** The first rule of the level that decides; undefined where none does or one at a level considered cannot be evaluated. */
const decidingRule = (rules: readonly Rule[], value: Json): Rule | undefined => {
  for (const level of LEVELS) {
    const outcomes = rules
      .filter(({ effect }) => effect === level)
      .map((one) => [one, matches(one, value)] as const);
    if (outcomes.some(([, matched]) => matched === null)) return undefined;
    const matching = outcomes.find(([, matched]) => matched);
    if (matching !== undefined) return matching[0];
  }
  return undefined;
};

const matches = ({ bodies }: Rule, value: Json): boolean | null => {
  const { when, unless } = bodies[0]!;
  const holds = when === null ? true : outcome(when, value);
  if (holds !== true || unless === null) return holds;
  const excepted = outcome(unless, value);
  return excepted === null ? null : !excepted;
};
