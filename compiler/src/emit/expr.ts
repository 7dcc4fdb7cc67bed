import type { Expr, Json } from "@agentpolicy/language";
import { calledFunction } from "./functions.ts";
import { BINDS, binary, call, chain, isName, type Js, js, not, same, within } from "./js.ts";
import { literal, member, quote } from "./literal.ts";
import { method } from "./methods.ts";
import { hasOwnName } from "./module.ts";
import { parameterName, pathOf, type Scope } from "./scope.ts";
import { like, matches } from "./text.ts";
import { typeTest } from "./type-tests.ts";

/**
 * A checked expression as JavaScript that means the same: a value, `undefined` where it is absent, or a fault thrown.
 * No method of a value of the request is ever called but those of primitive strings.
 */
export const expression = (expr: Expr, scope: Scope): Js => {
  switch (expr.kind) {
    case "constant":
      return constant(expr.value, scope);
    case "root":
    case "field":
      return read(expr, scope);
    case "has": {
      const value = read({ kind: "field", of: expr.of, name: expr.name, at: expr.at }, scope);
      return marked(expr, scope, same(value, js("undefined"), false));
    }
    case "tool":
      return js(scope.tool(expr.property));
    case "local":
      return js(parameterName(scope.module, expr.name));
    case "track":
      return marked(expr, scope, js(scope.figure(expr.track)));
    case "default":
      return nullish(expr, scope);
    case "not":
      return not(expression(expr.of, scope));
    case "and":
    case "or":
      return chain(
        expression(expr.left, scope),
        expr.kind === "and" ? "&&" : "||",
        expression(expr.right, scope),
        BINDS[expr.kind],
      );
    case "if":
      return conditional(expr, scope);
    case "call":
      return marked(expr, scope, calledFunction(expr, scope));
    case "list":
      return js(`[${expr.items.map((item) => expression(item, scope).code).join(", ")}]`);
    default:
      return marked(expr, scope, operation(expr, scope));
  }
};

type Operation = Extract<
  Expr,
  {
    readonly kind:
      | "equal"
      | "compare"
      | "in"
      | "like"
      | "matches"
      | "is"
      | "arithmetic"
      | "quantify"
      | "method"
      | "parse";
  }
>;

const operation = (expr: Operation, scope: Scope): Js => {
  const { module } = scope;
  const of = (part: Expr): Js => expression(part, scope);
  switch (expr.kind) {
    case "equal":
      return same(of(expr.left), of(expr.right), !expr.negated);
    case "compare":
      return binary(of(expr.left), expr.operator, of(expr.right), BINDS.relational);
    case "in":
      return negated(expr.negated, isIn(expr, scope));
    case "like":
      return negated(expr.negated, like(of(expr.of), expr.pattern, module));
    case "matches":
      return matches(of(expr.of), expr.source, expr.limit, module);
    case "is":
      return typeTest(of(expr.of), expr.type, module);
    case "arithmetic": {
      const binds = /[+-]/.test(expr.operator) ? BINDS.additive : BINDS.multiplicative;
      return call(module.use("artifact/faults", "finite"), [
        binary(of(expr.left), expr.operator, of(expr.right), binds),
      ]);
    }
    case "quantify": {
      const helper = { any: "some", all: "every", count: "count" }[expr.quantifier];
      const body = `(${parameterName(module, expr.variable)}) => ${of(expr.body).code}`;
      return call(module.use("artifact/lists", helper), [of(expr.of), js(body, BINDS.arrow)]);
    }
    case "method":
      return method(expr.method, of(expr.of), expr.args.map(of), module);
    case "parse":
      return call(module.use("artifact/faults", "need"), [
        call(module.use(`values/${expr.parser}`, expr.parser), [of(expr.of)]),
      ]);
  }
};

const negated = (yes: boolean, test: Js): Js => (yes ? not(test) : test);

const marked = (expr: Expr, scope: Scope, of: Js): Js => ({
  ...of,
  code: scope.module.mark(expr.at, of.code),
  ...(of.opposite && { opposite: { ...of.opposite, code: scope.module.mark(expr.at, of.opposite.code) } }),
});

const constant = (value: Json, scope: Scope): Js => {
  if (typeof value === "number" && (value < 0 || Object.is(value, -0)))
    return js(literal(value), BINDS.unary);
  if (typeof value !== "object" || value === null) return js(literal(value));
  return js(scope.module.define("constants", Array.isArray(value) ? "list_of" : "record_of", literal(value)));
};

/** A part of the request: its local, or what its own properties hold. */
const read = (expr: Expr, scope: Scope): Js => {
  const path = pathOf(expr);
  const local = path === null ? null : scope.local(path);
  if (local !== null) return js(local);
  if (expr.kind !== "field") return expr.kind === "root" ? js("undefined") : expression(expr, scope);
  const of = expression(expr.of, scope);
  const { module } = scope;
  if (!isName(of)) return call(module.use("artifact", "own"), [of, js(quote(expr.name))]);
  const there = `${hasOwnName(module)}(${of.code}, ${quote(expr.name)})`;
  return js(`${there} ? ${member(of.code, expr.name)} : undefined`, BINDS.conditional);
};

const nullish = (expr: Expr & { readonly kind: "default" }, scope: Scope): Js => {
  const of = expression(expr.of, scope);
  const otherwise = expression(expr.otherwise, scope);
  return js(`${within(of, BINDS.equality)} ?? ${within(otherwise, BINDS.equality)}`, BINDS.nullish);
};

const conditional = (expr: Expr & { readonly kind: "if" }, scope: Scope): Js => {
  const [test, then, otherwise] = [expr.test, expr.then, expr.otherwise].map((part) =>
    expression(part, scope),
  );
  const code = `${within(test!, BINDS.nullish)} ? ${within(then!, BINDS.conditional)} : ${within(otherwise!, BINDS.conditional)}`;
  return js(code, BINDS.conditional);
};

/** Up to this many values are compared one after another; more are looked up. */
const FEW = 3;

const isIn = (expr: Expr & { readonly kind: "in" }, scope: Scope): Js => {
  const { module } = scope;
  const of = expression(expr.of, scope);
  if (expr.list.kind !== "constant" || !Array.isArray(expr.list.value)) {
    return call(module.use("artifact/lists", "includes"), [expression(expr.list, scope), of]);
  }
  const values = [...new Set((expr.list.value as readonly Json[]).map(literal))].sort();
  if (values.length > 0 && values.length <= FEW && isName(of)) {
    const tests = values.map((value) => same(of, js(value)));
    return tests.reduce((left, right) => chain(left, "||", right, BINDS.or));
  }
  const set = module.define("constants", "any_of", `new Set([${values.join(", ")}])`);
  return call(`${set}.has`, [of]);
};
