import type { Expr } from "../core/expr.ts";
import type { CheckedPolicy, Rule, RuleBody } from "../core/policy.ts";
import { diagnose } from "../diagnostics/define.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { NEVER_DECIDES, OVERRULES_ALL } from "../diagnostics/messages/lints.ts";
import type { Effect } from "../syntax/ast.ts";
import { type Classes, classesOf, type ToolClass } from "./analysis/classes.ts";
import { neverAll, type Part, partsOfBody, partsOfDemand, typingsOf } from "./analysis/conditions.ts";
import { demand } from "./analysis/solve.ts";
import type { LintInput } from "./input.ts";
import { foundBy } from "./memory.ts";
import { nameOf } from "./names.ts";

const STRICTNESS: Readonly<Record<Effect, number>> = {
  allow: 0,
  approval_required: 1,
  clarification_required: 2,
  deny: 3,
};

const EFFECTS = Object.keys(STRICTNESS) as readonly Effect[];

/** Rules of one tool that are weighed against each other; beyond this many none is. */
const MOST_RULES = 60;
/** From this many rules on, one stricter rule is told of instead of each that it overrules. */
const MANY = 4;

interface Entry {
  readonly rule: Rule;
  readonly body: RuleBody;
}

/** A rule that some stricter rule overrules whenever it matches. */
export const neverDecides = ({ policy, memory }: LintInput): readonly Diagnostic[] => {
  if (policy === null) return [];
  const classes = classesOf(policy);
  const stricter = stricterByClass(policy, classes);
  const inGroup = remembering(policy, memory ?? null);
  const overruled: { readonly rule: Rule; readonly by: readonly Rule[] }[] = [];
  for (const rule of policy.rules) {
    const by = overruling(rule, classes, stricter, inGroup);
    if (by !== null) overruled.push({ rule, by });
  }
  return tell(overruled);
};

/** Tools that are covered alike; null stands for those that no catalogue declares. */
type Called = ToolClass | null;

const calledBy = (body: RuleBody, classes: Classes): readonly Called[] => [
  ...classes(body.tools),
  ...(body.unknown ? [null] : []),
];

/** The rules that are stricter than an effect, for each class of tools. */
type Stricter = (called: Called, effect: Effect) => readonly Entry[];

const stricterByClass = (policy: CheckedPolicy, classes: Classes): Stricter => {
  const covering = new Map<Called, Record<Effect, Entry[]>>();
  for (const rule of policy.rules)
    for (const body of rule.bodies)
      for (const called of calledBy(body, classes)) {
        const than = covering.get(called) ?? {
          allow: [],
          approval_required: [],
          clarification_required: [],
          deny: [],
        };
        covering.set(called, than);
        for (const effect of EFFECTS)
          if (STRICTNESS[rule.effect] > STRICTNESS[effect]) than[effect].push({ rule, body });
      }
  return (called, effect) => covering.get(called)?.[effect] ?? [];
};

/** The stricter rules that together overrule a rule for each of its tools; null where it decides for some call. */
const overruling = (
  rule: Rule,
  classes: Classes,
  stricterThan: Stricter,
  inGroup: (group: Group) => readonly Rule[] | null,
): readonly Rule[] | null => {
  const groups = groupsOf(rule, classes, stricterThan);
  if (groups === null) return null;
  const by = new Set<Rule>();
  for (const group of groups) {
    const found = inGroup(group);
    if (found === null) return null;
    for (const other of found) by.add(other);
  }
  return by.size === 0 ? null : [...by];
};

/** A body beside the stricter ones, for tools that are covered alike. */
interface Group {
  readonly own: RuleBody;
  readonly stricter: readonly Entry[];
  readonly called: readonly Called[];
}

/** Classes that share the bodies of all rules concerned are judged once. Null where some call is left to the rule alone. */
const groupsOf = (rule: Rule, classes: Classes, stricterThan: Stricter): readonly Group[] | null => {
  const groups = new Map<string, Group & { readonly called: Called[] }>();
  const numbers = new Map<RuleBody, number>();
  for (const own of rule.bodies)
    for (const called of calledBy(own, classes)) {
      const stricter = stricterThan(called, rule.effect);
      if (stricter.length === 0 || stricter.length > MOST_RULES) return null;
      if (rule.bodies.length === 1 && calledBy(own, classes).length === 1)
        return [{ own, stricter, called: [called] }];
      const key = [own, ...stricter.map(({ body }) => body)].map((body) => {
        if (!numbers.has(body)) numbers.set(body, numbers.size);
        return numbers.get(body);
      });
      const group = groups.get(key.join()) ?? { own, stricter, called: [] };
      group.called.push(called);
      groups.set(key.join(), group);
    }
  return [...groups.values()];
};

/** Judges each group once, as long as its bodies stay the same. */
const remembering = (
  policy: CheckedPolicy,
  memory: LintInput["memory"],
): ((group: Group) => readonly Rule[] | null) => {
  const knownOf = foundBy(memory, "never-decides", (_: RuleBody): Overruled[] => []);
  return ({ own, stricter, called }) => {
    const known = knownOf(own);
    const before = known.find((one) => isSame(one.stricter, stricter) && isSameCall(one.called, called));
    if (before !== undefined) return before.found;
    const found = overrulingFor(own, stricter, called, policy);
    if (known.length >= MOST_KNOWN) known.shift();
    known.push({ stricter, called: called.map((one) => one?.tools ?? null), found });
    return found;
  };
};

/** What was found of a body beside the stricter bodies, for tools that are covered alike. */
interface Overruled {
  readonly stricter: readonly Entry[];
  readonly called: readonly (readonly string[] | null)[];
  readonly found: readonly Rule[] | null;
}

const MOST_KNOWN = 64;

const isSame = (a: readonly Entry[], b: readonly Entry[]): boolean =>
  a.length === b.length && a.every(({ body }, at) => body === b[at]?.body);

const isSameCall = (a: Overruled["called"], b: readonly Called[]): boolean =>
  a.length === b.length &&
  a.every((tools, at) => {
    const others = b[at]?.tools ?? null;
    return (
      tools === others ||
      (tools?.length === others?.length && tools?.every((tool, i) => tool === others?.[i]) === true)
    );
  });

const overrulingFor = (
  own: RuleBody,
  stricter: readonly Entry[],
  called: readonly Called[],
  policy: CheckedPolicy,
): readonly Rule[] | null => {
  const unconditional = stricter.find(({ body }) => body.when === null && body.unless === null);
  if (unconditional !== undefined) return [unconditional.rule];
  const parts = partsOfBody(own, policy);
  if (parts === null) return null;
  const known = called.filter((one) => one !== null);
  const tools = known.length === 1 ? known[0]!.tools : known.flatMap((one) => one.tools);
  const coverage = { tools, unknown: called.includes(null) };
  const never = (all: readonly Part[]): boolean => neverAll(all, typingsOf(coverage, all, policy));
  if (never(parts)) return null;
  const silent = stricter.flatMap((entry) => {
    const not = partsOfDemand(demand(matches(entry.body), false), policy);
    return not === null ? [] : [{ rule: entry.rule, not }];
  });
  const alone = silent.find(({ not }) => never([...parts, ...not]));
  if (alone !== undefined) return [alone.rule];
  const together = [...parts, ...silent.flatMap(({ not }) => not)];
  return silent.length > 1 && never(together) ? silent.map((one) => one.rule) : null;
};

/** That a rule matches, as one expression. */
const matches = ({ when, unless }: RuleBody): Expr => {
  const yes: Expr = when ?? { kind: "constant", value: true, at: unless!.at };
  if (unless === null) return yes;
  return { kind: "and", left: yes, right: { kind: "not", of: unless, at: unless.at }, at: yes.at };
};

const tell = (
  overruled: readonly { readonly rule: Rule; readonly by: readonly Rule[] }[],
): readonly Diagnostic[] => {
  const bySole = new Map<Rule, Rule[]>();
  for (const { rule, by } of overruled)
    if (by.length === 1) bySole.set(by[0]!, [...(bySole.get(by[0]!) ?? []), rule]);
  const mighty = [...bySole].filter(([, rules]) => rules.length >= MANY);
  const told = new Set(mighty.flatMap(([, rules]) => rules));
  return [
    ...mighty.map(([rule, rules]) =>
      diagnose(OVERRULES_ALL, { name: nameOf(rule), rules: rules.map(nameOf) }, rule.nameAt, {
        related: rules.map(({ nameAt }) => ({ ...nameAt, message: "never decides" })),
      }),
    ),
    ...overruled
      .filter(({ rule }) => !told.has(rule))
      .map(({ rule, by }) =>
        diagnose(NEVER_DECIDES, { name: nameOf(rule), by: by.map(nameOf) }, rule.nameAt, {
          related: by.map((other) => ({
            ...other.nameAt,
            message: "stricter, and matches whenever it does",
          })),
        }),
      ),
  ];
};
