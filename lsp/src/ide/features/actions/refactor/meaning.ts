import { policyHash } from "@agentpolicy/compiler";
import {
  type CheckedPolicy,
  type Expr,
  mapChildren,
  type RuleBody,
  type Template,
} from "@agentpolicy/language";

/** What does not count when two policies are compared. */
export interface Leeway {
  /** A function by its own name: calls of it count as its body. */
  readonly fn?: string | undefined;
  /** What rules are called after a change, by id: what they were called before. Those that come to one name are one rule. */
  readonly rules?: ReadonlyMap<string, string>;
}

/** The hash of what a policy means, as far as it counts. */
export function meaningHash(policy: CheckedPolicy, { fn, rules: renamed }: Leeway): string {
  let expansions = 0;
  const isExpanded = (id: string) => fn !== undefined && id.slice(id.lastIndexOf(".") + 1) === fn;
  const plain = (expr: Expr): Expr => {
    const called = expr.kind === "call" && isExpanded(expr.fn) ? policy.functions.get(expr.fn) : undefined;
    if (expr.kind !== "call" || called === undefined) return mapChildren(expr, plain);
    const given = new Map(
      called.parameters.map(({ name }, index) => [name, plain(expr.args[index] as Expr)]),
    );
    expansions += 1;
    return plain(bound(called.body, given, String(expansions)));
  };
  const maybe = (expr: Expr | null) => expr && plain(expr);
  const text = (template: Template | null): Template | null =>
    template?.map((part) => (typeof part === "string" ? part : plain(part))) ?? null;
  const bodyOf = (body: RuleBody): RuleBody => ({
    ...body,
    when: maybe(body.when),
    unless: maybe(body.unless),
    because: text(body.because),
    ask: text(body.ask),
  });
  const rules = new Map<string, CheckedPolicy["rules"][number]>();
  for (const rule of policy.rules) {
    const id = renamed?.get(rule.id) ?? rule.id;
    const bodies = [...(rules.get(id)?.bodies ?? []), ...rule.bodies.map(bodyOf)];
    rules.set(id, { ...rule, id, bodies });
  }
  return policyHash({
    ...policy,
    functions: new Map(
      [...policy.functions]
        .filter(([id]) => !isExpanded(id))
        .map(([id, one]) => [id, { ...one, body: plain(one.body) }]),
    ),
    tracks: new Map(
      [...policy.tracks].map(([id, track]) => [
        id,
        {
          ...track,
          bodies: track.bodies.map((body) => ({
            ...body,
            amount: maybe(body.amount),
            when: maybe(body.when),
          })),
        },
      ]),
    ),
    rules: [...rules.values()],
  });
}

/** A body with its parameters replaced; its own variables get names that no argument has. */
function bound(expr: Expr, given: ReadonlyMap<string, Expr>, mark: string): Expr {
  if (expr.kind === "local") return given.get(expr.name) ?? expr;
  if (expr.kind !== "quantify") return mapChildren(expr, (child) => bound(child, given, mark));
  const variable = `${expr.variable} ${mark}`;
  const inner = new Map(given).set(expr.variable, { kind: "local", name: variable, at: expr.at });
  return { ...expr, variable, of: bound(expr.of, given, mark), body: bound(expr.body, inner, mark) };
}
