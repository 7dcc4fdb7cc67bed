import type { CheckedPolicy, Expr, Location } from "@agentpolicy/language";

/** One condition of a rule that is not made of smaller ones by `and`, `or`, `not` or `if`. */
export interface Condition {
  readonly rule: string;
  readonly at: Location;
}

/** A place as a key: the same place is the same condition, whichever tools it was checked against. */
export const placeKey = ({ file, start, end }: Location): string => `${start}-${end} ${file}`;

/** The conditions of all rules, by rule and place; those that are known before any request are left out. */
export const conditionsOf = (policy: CheckedPolicy): readonly Condition[] => {
  const found = new Map<string, Condition>();
  for (const { id, bodies } of policy.rules) {
    for (const { when, unless } of bodies) {
      for (const leaf of [...leavesOf(when), ...leavesOf(unless)]) {
        found.set(placeKey(leaf.at), { rule: id, at: leaf.at });
      }
    }
  }
  const order = ({ at }: Condition, { at: other }: Condition) =>
    at.file === other.file ? at.start - other.start || at.end - other.end : at.file < other.file ? -1 : 1;
  return [...found.values()].sort(order);
};

/** The conditions that an expression is made of by `and`, `or`, `not` and `if`; constants are none. */
export const leavesOf = (expr: Expr | null): readonly Expr[] => {
  if (expr === null || expr.kind === "constant") return [];
  switch (expr.kind) {
    case "not":
      return leavesOf(expr.of);
    case "and":
    case "or":
      return [...leavesOf(expr.left), ...leavesOf(expr.right)];
    case "if":
      return [...leavesOf(expr.test), ...leavesOf(expr.then), ...leavesOf(expr.otherwise)];
    default:
      return [expr];
  }
};
