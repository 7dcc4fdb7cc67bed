import { childrenOf } from "../core/children.ts";
import type { Expr } from "../core/expr.ts";
import type { CheckedPolicy, Rule, RuleBody } from "../core/policy.ts";
import { diagnose } from "../diagnostics/define.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { UNCONSTRAINED_ARGUMENT } from "../diagnostics/messages/lints.ts";
import { inlineCalls } from "./analysis/expr.ts";
import type { LintInput } from "./input.ts";
import { foundBy } from "./memory.ts";
import { someOf } from "./names.ts";

/**
 * Arguments that no rule looks at, of tools whose calls a rule lets run because of other arguments. Tools that only read
 * are left alone, and so is a rule that looks at no argument at all: it lets every call run on purpose.
 */
export const unconstrainedArguments = ({ policy, memory }: LintInput): readonly Diagnostic[] => {
  if (policy === null) return [];
  const looksOf = foundBy(memory, "unconstrained-argument", (rule: Rule) => looksBy(rule, policy));
  const seen = argumentsSeen(policy, looksOf);
  const first = firstThatLook(policy, looksOf);
  const byRule = new Map<Rule, { readonly tool: string; readonly unseen: readonly string[]; more: number }>();
  for (const tool of [...policy.tools.values()].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const rule = tool.hints.readOnly ? undefined : first.get(tool.name);
    const unseen = [...tool.input.fields.keys()].filter((name) => !seen.get(tool.name)?.has(name));
    if (rule === undefined || unseen.length === 0) continue;
    const known = byRule.get(rule);
    if (known === undefined) byRule.set(rule, { tool: tool.name, unseen, more: 0 });
    else known.more += 1;
  }
  return [...byRule].map(([rule, { tool, unseen, more }]) =>
    diagnose(
      UNCONSTRAINED_ARGUMENT,
      { names: someOf(unseen), count: unseen.length, tool, more },
      rule.nameAt,
    ),
  );
};

const conditions = (body: RuleBody): readonly Expr[] =>
  [body.when, body.unless].filter((expr) => expr !== null);

/** What is shown to a person who must approve has been looked at, too. */
const looks = (rule: Rule, body: RuleBody): readonly Expr[] => {
  if (rule.effect !== "approval_required") return conditions(body);
  const shown = [...(body.because ?? []), ...(body.ask ?? [])].filter((part) => typeof part !== "string");
  return [...conditions(body), ...shown];
};

/** The arguments that a body of a rule looks at, and whether it is for what they are that it matches. */
interface Look {
  readonly tools: readonly string[];
  readonly names: ReadonlySet<string>;
  readonly isConditional: boolean;
}

type LooksOf = (rule: Rule) => readonly Look[];

const looksBy = (rule: Rule, policy: CheckedPolicy): readonly Look[] =>
  rule.bodies.map((body) => {
    const names = new Set<string>();
    for (const expr of looks(rule, body)) addNames(expr, policy, names);
    const inConditions = new Set<string>();
    for (const expr of conditions(body)) addNames(expr, policy, inConditions);
    return { tools: body.tools, names, isConditional: inConditions.size > 0 };
  });

const addNames = (expr: Expr, policy: CheckedPolicy, names: Set<string>): void => {
  const visit = (part: Expr): void => {
    if ((part.kind === "field" || part.kind === "has") && part.of.kind === "root" && part.of.root === "input")
      names.add(part.name);
    for (const inner of childrenOf(part)) visit(inner);
  };
  visit(inlineCalls(expr, policy.functions) ?? expr);
};

const argumentsSeen = (policy: CheckedPolicy, looksOf: LooksOf): ReadonlyMap<string, ReadonlySet<string>> => {
  const byList = new Map<readonly string[], Set<string>>();
  for (const rule of policy.rules)
    for (const look of looksOf(rule)) {
      const names = byList.get(look.tools) ?? new Set();
      byList.set(look.tools, names);
      for (const name of look.names) names.add(name);
    }
  const seen = new Map<string, Set<string>>();
  for (const [tools, names] of byList)
    for (const tool of tools) {
      const own = seen.get(tool) ?? new Set();
      for (const name of names) own.add(name);
      seen.set(tool, own);
    }
  return seen;
};

/** For each tool the first rule, as written, that lets calls of it run for what their arguments are. */
const firstThatLook = (policy: CheckedPolicy, looksOf: LooksOf): ReadonlyMap<string, Rule> => {
  const first = new Map<string, Rule>();
  const done = new Set<readonly string[]>();
  for (const rule of [...policy.rules].sort(asWritten)) {
    if (rule.effect !== "allow" && rule.effect !== "approval_required") continue;
    for (const { tools, isConditional } of looksOf(rule)) {
      if (done.has(tools) || !isConditional) continue;
      done.add(tools);
      for (const tool of tools) if (!first.has(tool)) first.set(tool, rule);
    }
  }
  return first;
};

const asWritten = (a: Rule, b: Rule): number =>
  a.at.file === b.at.file ? a.at.start - b.at.start : a.at.file < b.at.file ? -1 : 1;
