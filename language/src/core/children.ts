import type { Expr } from "./expr.ts";

/** The expressions that an expression is made of, in the order in which they are evaluated. */
export function childrenOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case "constant":
    case "root":
    case "tool":
    case "local":
    case "track":
      return [];
    case "field":
    case "has":
    case "not":
    case "like":
    case "matches":
    case "is":
    case "parse":
      return [expr.of];
    case "default":
      return [expr.of, expr.otherwise];
    case "and":
    case "or":
    case "equal":
    case "compare":
    case "arithmetic":
      return [expr.left, expr.right];
    case "if":
      return [expr.test, expr.then, expr.otherwise];
    case "in":
      return [expr.of, expr.list];
    case "list":
      return expr.items;
    case "call":
      return expr.args;
    case "quantify":
      return [expr.of, expr.body];
    case "method":
      return [expr.of, ...expr.args];
  }
}

/** The same expression with each child replaced; itself where no child changes. */
export function mapChildren(expr: Expr, change: (child: Expr) => Expr): Expr {
  const children = childrenOf(expr);
  const changed = children.map(change);
  if (changed.every((child, i) => child === children[i])) return expr;
  const [first, second, third] = changed as [Expr, Expr, Expr];
  switch (expr.kind) {
    case "constant":
    case "root":
    case "tool":
    case "local":
    case "track":
      return expr;
    case "field":
    case "has":
    case "not":
    case "like":
    case "matches":
    case "is":
    case "parse":
      return { ...expr, of: first };
    case "default":
      return { ...expr, of: first, otherwise: second };
    case "and":
    case "or":
    case "equal":
    case "compare":
    case "arithmetic":
      return { ...expr, left: first, right: second };
    case "if":
      // biome-ignore lint/suspicious/noThenProperty: the field of the core form is called so; nothing awaits it
      return { ...expr, test: first, then: second, otherwise: third };
    case "in":
      return { ...expr, of: first, list: second };
    case "list":
      return { ...expr, items: changed };
    case "call":
      return { ...expr, args: changed };
    case "quantify":
      return { ...expr, of: first, body: second };
    case "method":
      return { ...expr, of: first, args: changed.slice(1) };
  }
}
