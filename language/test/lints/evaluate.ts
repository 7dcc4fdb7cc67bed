import { glob } from "@agentpolicy/runtime/values/glob";
import type { Expr } from "../../src/core/expr.ts";
import type { Json } from "../../src/types/type.ts";

type Env = ReadonlyMap<string, Json>;
type Value = Json | undefined;

/** The value of an expression over one input; throws `Fault` where it has none. Only what the lints' tests generate. */
export class Fault extends Error {}

export const evaluate = (expr: Expr, input: Json, env: Env = new Map()): Json => {
  const value = worthOf(expr, input, env);
  if (value === undefined) throw new Fault("absent");
  return value;
};

const own = (of: Json, name: string): Value =>
  typeof of === "object" && of !== null && Object.hasOwn(of, name)
    ? (of as Record<string, Json>)[name]
    : undefined;

const worthOf = (expr: Expr, input: Json, env: Env): Value => {
  const value = (part: Expr): Json => evaluate(part, input, env);
  const text = (part: Expr): string => {
    const found = value(part);
    if (typeof found !== "string") throw new Fault("no text");
    return found;
  };
  switch (expr.kind) {
    case "constant":
      return expr.value;
    case "root":
      return input;
    case "local":
      return env.get(expr.name)!;
    case "field":
      return own(value(expr.of), expr.name);
    case "has":
      return own(value(expr.of), expr.name) !== undefined;
    case "default":
      return worthOf(expr.of, input, env) ?? value(expr.otherwise);
    case "not":
      return !value(expr.of);
    case "and":
      return value(expr.left) && value(expr.right);
    case "or":
      return value(expr.left) || value(expr.right);
    case "if":
      return value(expr.test) ? value(expr.then) : value(expr.otherwise);
    case "equal":
      return (value(expr.left) === value(expr.right)) !== expr.negated;
    case "compare": {
      const [left, right] = [value(expr.left), value(expr.right)];
      if (typeof left !== "number" || typeof right !== "number") throw new Fault("no number");
      return { "<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right }[
        expr.operator
      ];
    }
    case "arithmetic": {
      const [left, right] = [value(expr.left) as number, value(expr.right) as number];
      return { "+": left + right, "-": left - right, "*": left * right, "/": left / right }[expr.operator];
    }
    case "in":
      return (value(expr.list) as Json[]).includes(value(expr.of)) !== expr.negated;
    case "list":
      return expr.items.map(value);
    case "like":
      return glob(expr.pattern)(text(expr.of)) !== expr.negated;
    case "matches":
      return new RegExp(expr.source, "us").test(text(expr.of));
    case "is":
      return typeof value(expr.of) === expr.type.kind;
    case "quantify": {
      const items = value(expr.of) as Json[];
      const holds = (item: Json): boolean =>
        evaluate(expr.body, input, new Map(env).set(expr.variable, item)) === true;
      if (expr.quantifier === "count") return items.filter(holds).length;
      return expr.quantifier === "any" ? items.some(holds) : items.every(holds);
    }
    case "method":
      return method(expr.method, value(expr.of), expr.args.map(value));
    default:
      throw new Error(`not in these tests: ${expr.kind}`);
  }
};

const method = (name: string, of: Json, [arg]: readonly Json[]): Json => {
  if (name === "list.length") return (of as Json[]).length;
  if (typeof of !== "string") throw new Fault("no text");
  if (name === "string.lower") return of.toLowerCase();
  if (name === "string.length") return [...of].length;
  if (name === "string.startsWith") return of.startsWith(arg as string);
  if (name === "string.endsWith") return of.endsWith(arg as string);
  if (name === "string.contains") return of.includes(arg as string);
  throw new Error(`not in these tests: ${name}`);
};
