import { childrenOf } from "../core/children.ts";
import type { Expr } from "../core/expr.ts";
import type { CheckedPolicy, Rule } from "../core/policy.ts";
import { diagnose } from "../diagnostics/define.ts";
import type { Diagnostic, Fix } from "../diagnostics/diagnostic.ts";
import { RAW_TEXT_MATCH } from "../diagnostics/messages/lints.ts";
import { listsOf } from "./analysis/classes.ts";
import { inlineCalls } from "./analysis/expr.ts";
import { constantOf } from "./analysis/facts.ts";
import type { LintInput } from "./input.ts";
import { foundBy } from "./memory.ts";
import { type Advice, adviceFor, type RawTest } from "./raw-text/advice.ts";
import { subjectOf } from "./raw-text/subject.ts";

interface Found {
  readonly expr: Expr;
  readonly of: Expr;
  readonly advice: Advice;
  readonly negated: boolean;
  readonly grants: boolean | null;
}

/** Tests of raw text where the language has a parser for what the text stands for. */
export const rawTextMatches = ({ policy, sources, memory }: LintInput): readonly Diagnostic[] => {
  if (policy === null) return [];
  const byPlace = new Map<string, Found[]>();
  const allowed = allowedTools(policy);
  const inGranting = foundBy(memory, "raw-text-match granting", (rule: Rule) => testsOf(rule, policy, true));
  const inOther = foundBy(memory, "raw-text-match", (rule: Rule) => testsOf(rule, policy, false));
  for (const rule of policy.rules) {
    for (const found of (opens(rule, allowed) ? inGranting : inOther)(rule)) {
      const { file, start, end } = found.expr.at;
      const key = `${file} ${start} ${end}`;
      byPlace.set(key, [...(byPlace.get(key) ?? []), found]);
    }
  }
  return [...byPlace.values()].map((all) => tell(all, sources));
};

/** The tools that some rule allows. */
const allowedTools = ({ rules }: CheckedPolicy): ReadonlySet<string> =>
  new Set([...listsOf({ rules: rules.filter(({ effect }) => effect === "allow") })].flat());

/** Whether more calls run the more a rule matches: asking for approval opens what would be denied, and closes what would be allowed. */
const opens = (rule: Rule, allowed: ReadonlySet<string>): boolean => {
  if (rule.effect !== "approval_required") return rule.effect === "allow";
  return !rule.bodies.some(({ tools }) => tools.some((tool) => allowed.has(tool)));
};

const testsOf = (rule: Rule, policy: CheckedPolicy, grants: boolean): readonly Found[] => {
  return rule.bodies.flatMap((body) => {
    const input = body.tools[0] === undefined ? undefined : policy.tools.get(body.tools[0])?.input;
    const search = (expr: Expr | null, holds: boolean): readonly Found[] => {
      const inlined = expr === null ? null : inlineCalls(expr, policy.functions);
      return inlined === null ? [] : find(inlined, { policy, input, lists: new Map() }, grants === holds);
    };
    return [...search(body.when, true), ...search(body.unless, false)];
  });
};

type Scope = Parameters<typeof subjectOf>[1];

/** `grants`: whether more calls run where the expression holds for more; null where it goes both ways. */
const find = (expr: Expr, scope: Scope, grants: boolean | null): readonly Found[] => {
  const test = rawTestOf(expr, grants);
  if (test !== null) {
    const subject = subjectOf(test.of, scope);
    const advice = subject === null ? null : adviceFor(test, subject.kind);
    return advice === null
      ? []
      : [{ expr, of: subject!.of, advice, negated: test.negated, grants: test.grants }];
  }
  if (expr.kind === "not") return find(expr.of, scope, grants === null ? null : !grants);
  if (expr.kind === "quantify") {
    const lists = new Map(scope.lists).set(expr.variable, expr.of);
    const inner = expr.quantifier === "count" ? null : grants;
    return [...find(expr.of, scope, null), ...find(expr.body, { ...scope, lists }, inner)];
  }
  if (expr.kind === "if")
    return [
      ...find(expr.test, scope, null),
      ...find(expr.then, scope, grants),
      ...find(expr.otherwise, scope, grants),
    ];
  const keeps = expr.kind === "and" || expr.kind === "or";
  return childrenOf(expr).flatMap((part) => find(part, scope, keeps ? grants : null));
};

const rawTestOf = (
  expr: Expr,
  grants: boolean | null,
): (RawTest & { readonly of: Expr; readonly negated: boolean }) | null => {
  const plain = (text: unknown): text is string => typeof text === "string" && !/[*?]/u.test(text);
  const side = (negated: boolean): boolean | null => (grants === null ? null : grants !== negated);
  if (expr.kind === "like")
    return { glob: expr.pattern, of: expr.of, negated: expr.negated, grants: side(expr.negated) };
  if (expr.kind === "equal") {
    const text = constantOf(expr.right)?.value;
    return plain(text)
      ? { glob: text, of: expr.left, negated: expr.negated, grants: side(expr.negated) }
      : null;
  }
  if (expr.kind !== "method") return null;
  const text = expr.args[0] === undefined ? undefined : constantOf(expr.args[0])?.value;
  if (!plain(text)) return null;
  const of = { of: expr.of, negated: false, grants };
  if (expr.method === "string.startsWith") return { ...of, glob: `${text}*` };
  if (expr.method === "string.endsWith") return { ...of, glob: `*${text}` };
  return expr.method === "string.contains" ? { ...of, glob: `*${text}*` } : null;
};

const tell = (all: readonly Found[], sources: ReadonlyMap<string, string>): Diagnostic => {
  const { expr, of, advice, grants } = all[0]!;
  const text = (at: Expr["at"]): string => sources.get(at.file)?.slice(at.start, at.end) ?? "";
  const replacements = new Set(all.map((found) => replacement(found, text)));
  const [only] = replacements.size === 1 ? replacements : [null];
  const subject = text(of.at);
  const fixes: readonly Fix[] =
    only === null || only === undefined
      ? []
      : [{ title: `write \`${only}\``, preferred: false, edits: [{ ...expr.at, text: only }] }];
  const facts = {
    subject,
    kind: advice.kind,
    example: (grants === false ? advice.missed : advice.passing)[0],
    passes: grants !== false,
    write: only ?? undefined,
    note: advice.note,
  };
  return diagnose(RAW_TEXT_MATCH, facts, expr.at, { fixes });
};

const replacement = (
  { expr, of, advice, negated }: Found,
  text: (at: Expr["at"]) => string,
): string | null => {
  const inside = of.at.file === expr.at.file && of.at.start >= expr.at.start && of.at.end <= expr.at.end;
  if (!inside || advice.write === null) return null;
  const instead = advice.write(text(of.at));
  return negated ? `not ${instead}` : instead;
};
