import { childrenOf, type Expr } from "@agentpolicy/language";
import { canonicalJson } from "./canonical.ts";
import { canonicalType } from "./canonical-type.ts";

/** Which binder a local belongs to, counted from the outermost: so a parameter's spelling has no part in the meaning. */
export type Names = ReadonlyMap<string, number>;

/** The one text of an expression's meaning: no places, no names of parameters. */
export function canonicalExpr(expr: Expr, names: Names): string {
  const parts = [expr.kind, ...details(expr, names)];
  if (expr.kind === "quantify") {
    const inner = new Map(names).set(expr.variable, names.size);
    parts.push(canonicalExpr(expr.of, names), canonicalExpr(expr.body, inner));
  } else {
    for (const child of childrenOf(expr)) parts.push(canonicalExpr(child, names));
  }
  return `(${parts.join(" ")})`;
}

/** What an expression says beyond its kind and its children. */
function details(expr: Expr, names: Names): string[] {
  switch (expr.kind) {
    case "constant":
      return [canonicalJson(expr.value), ...(expr.unit === undefined ? [] : [expr.unit])];
    case "root":
      return [expr.root];
    case "tool":
      return [expr.property];
    case "field":
    case "has":
      return [JSON.stringify(expr.name)];
    case "equal":
    case "in":
      return [String(expr.negated)];
    case "compare":
    case "arithmetic":
      return [expr.operator];
    case "like":
      return [JSON.stringify(expr.pattern), String(expr.negated)];
    case "matches":
      return [JSON.stringify(expr.source), String(expr.limit ?? null)];
    case "is":
      return [canonicalType(expr.type)];
    case "local":
      return [String(names.get(expr.name) ?? JSON.stringify(expr.name))];
    case "call":
      return [JSON.stringify(expr.fn)];
    case "quantify":
      return [expr.quantifier];
    case "method":
      return [expr.method];
    case "parse":
      return [expr.parser];
    case "track":
      return [JSON.stringify(expr.track)];
    default:
      return [];
  }
}
