import type { Expr, Root, Type } from "@agentpolicy/language";
import { expression } from "./expr.ts";
import { call, type Js } from "./js.ts";
import type { Module } from "./module.ts";
import { localName, parameterName, pathKey, type Scope } from "./scope.ts";

/** A function of the policy as emitted: after its own parameters it takes the parts of the request that it reads. */
export interface EmittedFunction {
  readonly name: string;
  readonly paths: readonly (readonly [Root, ...string[]])[];
}

type Call = Expr & { readonly kind: "call" };

/** A call of a function of the policy. */
export const calledFunction = (expr: Call, scope: Scope): Js => {
  const { name, paths } = emittedFunction(expr.fn, scope.module);
  const args = expr.args.map((arg) => expression(arg, scope));
  const parts = paths.map((path) => expression(fieldAt(path, expr), scope));
  return call(name, [...args, ...parts]);
};

const fieldAt = ([root, ...names]: readonly [Root, ...string[]], { at }: Call): Expr =>
  names.reduce<Expr>((of, name) => ({ kind: "field", of, name, at }), { kind: "root", root, at });

const emittedFunction = (id: string, module: Module): EmittedFunction => {
  const known = module.emitted.get(id);
  if (known !== undefined) return known;
  const fn = module.policy.functions.get(id)!;
  const paths = new Map<string, readonly [Root, ...string[]]>();
  const scope: Scope = {
    module,
    key: "",
    uses: () => {},
    local: (path) => {
      const [root, ...names] = path as [Root, ...string[]];
      if (!isPlainPath(rootType(root, module), names)) return null;
      paths.set(pathKey(path), [root, ...names]);
      return localName(module, path);
    },
    // Functions get tracks and the tool through parameters.
    figure: () => "undefined",
    tool: () => "undefined",
  };
  const body = expression(fn.body, scope).code;
  const parameters = [
    ...fn.parameters.map((parameter) => parameterName(module, parameter.name)),
    ...[...paths.values()].map((path) => localName(module, path)),
  ];
  const hint = id.slice(id.lastIndexOf(".") + 1);
  const text = `(${parameters.join(", ")}) => ${body}`;
  const result = { name: module.define("functions", hint, text, `fn ${id}`), paths: [...paths.values()] };
  module.emitted.set(id, result);
  return result;
};

const rootType = (root: Root, module: Module): Type | null =>
  root === "now" || root === "input" ? null : module.policy.roots[root];

/**
 * Whether a part is reached through plain records alone which must be there, so that it can be read before the call,
 * whatever the function asks for first.
 */
const isPlainPath = (type: Type | null, names: readonly string[]): boolean => {
  let here: Type | null = type;
  for (const name of names) {
    if (here?.kind !== "record") return false;
    const field = here.fields.get(name);
    if (field === undefined) return false;
    here = field.optional ? null : field.type;
  }
  return true;
};
