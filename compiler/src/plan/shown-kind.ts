import type { CheckedPolicy, Expr, PolicyFunction, Type } from "@agentpolicy/language";

type ShownKind = "instant" | "duration" | undefined;

/**
 * How the value of a shown expression is written, where it is not as its JSON: instants and durations are numbers at run
 * time. `locals` gives the declared types of a function's parameters.
 */
export function shownKind(
  expr: Expr,
  policy: CheckedPolicy,
  locals: ReadonlyMap<string, Type> = new Map(),
): ShownKind {
  switch (expr.kind) {
    case "constant":
      return expr.unit;
    case "root":
      return expr.root === "now" ? "instant" : undefined;
    case "parse":
      return expr.parser === "datetime" ? "instant" : undefined;
    case "local": {
      const type = locals.get(expr.name);
      if (type?.kind !== "opaque") return undefined;
      return type.name === "instant" || type.name === "duration" ? type.name : undefined;
    }
    case "arithmetic":
      return shownKind(expr.left, policy, locals) ?? shownKind(expr.right, policy, locals);
    case "if":
      return shownKind(expr.then, policy, locals) ?? shownKind(expr.otherwise, policy, locals);
    case "default":
      return shownKind(expr.of, policy, locals) ?? shownKind(expr.otherwise, policy, locals);
    case "list":
      return expr.items[0] && shownKind(expr.items[0], policy, locals);
    case "call":
      return resultKind(policy, expr.fn);
    default:
      return undefined;
  }
}

/** Functions call functions; each is looked at once. */
const results = new WeakMap<PolicyFunction, { readonly kind: ShownKind }>();

function resultKind(policy: CheckedPolicy, id: string): ShownKind {
  const fn = policy.functions.get(id);
  if (fn === undefined) return undefined;
  const known = results.get(fn);
  if (known !== undefined) return known.kind;
  const kind = shownKind(fn.body, policy, new Map(fn.parameters.map(({ name, type }) => [name, type])));
  results.set(fn, { kind });
  return kind;
}
