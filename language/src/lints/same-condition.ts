import type { Expr } from "../core/expr.ts";
import type { Rule } from "../core/policy.ts";
import { diagnose } from "../diagnostics/define.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { SAME_CONDITION } from "../diagnostics/messages/lints.ts";
import { keyOf } from "./analysis/expr.ts";
import type { LintInput } from "./input.ts";
import { foundBy } from "./memory.ts";
import { nameOf } from "./names.ts";

/**
 * Two rules that match the same calls and say the same. Checkpoints that ask different people or different questions
 * are left alone: all of them must be met.
 */
export const sameConditions = ({ policy, memory }: LintInput): readonly Diagnostic[] => {
  if (policy === null) return [];
  const first = new Map<string, Rule>();
  const meaningOf = meanings(foundBy(memory, "same-condition", saidBy));
  const inOrder = [...policy.rules].sort(
    (a, b) => compareText(a.at.file, b.at.file) || a.at.start - b.at.start,
  );
  return inOrder.flatMap((rule) => {
    const key = meaningOf(rule);
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, rule);
      return [];
    }
    const related = [{ ...other.nameAt, message: "the same condition" }];
    return [diagnose(SAME_CONDITION, { name: nameOf(rule), other: nameOf(other) }, rule.nameAt, { related })];
  });
};

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What a rule says, as a text. Lists of tools are numbered, as rules over many tools share theirs. */
const meanings = (saidOf: (rule: Rule) => Said): ((rule: Rule) => string) => {
  const byList = new Map<readonly string[], number>();
  const byNames = new Map<string, number>();
  const numberOf = (tools: readonly string[]): number => {
    const before = byList.get(tools);
    if (before !== undefined) return before;
    const names = JSON.stringify(tools);
    const number = byNames.get(names) ?? byNames.size;
    byNames.set(names, number);
    byList.set(tools, number);
    return number;
  };
  return (rule) => {
    const { effect, bodies } = saidOf(rule);
    const [only, ...others] = bodies;
    if (only !== undefined && others.length === 0) return `${effect} ${numberOf(only.tools)} ${only.text}`;
    return `${effect} ${bodies.map(({ tools, text }) => `${numberOf(tools)} ${text}`).sort()}`;
  };
};

/** What a rule says, apart from the numbers of its lists of tools. */
interface Said {
  readonly effect: string;
  readonly bodies: readonly { readonly tools: readonly string[]; readonly text: string }[];
}

const saidBy = ({ effect, approval, clarification, bodies }: Rule): Said => ({
  effect: JSON.stringify([effect, approval ?? null, clarification ?? null]),
  bodies: bodies.map(({ tools, unknown, when, unless, ask }) => ({
    tools,
    text: JSON.stringify([unknown, key(when), key(unless), asked(ask)]),
  })),
});

const key = (expr: Expr | null): string => (expr === null ? "" : keyOf(expr));

const asked = (template: readonly (string | Expr)[] | null): readonly string[] =>
  (template ?? []).map((part) => (typeof part === "string" ? part : keyOf(part)));
