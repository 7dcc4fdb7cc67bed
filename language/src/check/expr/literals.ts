import type { Expr } from "../../core/expr.ts";
import { DUPLICATE_FIELD } from "../../diagnostics/messages/names.ts";
import { NOT_CONSTANT } from "../../diagnostics/messages/types.ts";
import type { ExprNode } from "../../syntax/ast.ts";
import { listOf, NEVER, recordOf, required, union } from "../../types/build.ts";
import type { Json } from "../../types/type.ts";
import { constant, locate } from "../world.ts";
import { type Context, complain, type Env, isPoison, plain, poisoned, type Result } from "./context.ts";
import { elaborate } from "./elaborate.ts";

type Node<K extends ExprNode["kind"]> = Extract<ExprNode, { kind: K }>;

export const list = (node: Node<"list">, cx: Context, env: Env): Result => {
  const items = node.items.map((item) => elaborate(item, cx, { ...env, condition: null }));
  if (items.some((item) => isPoison(item))) return poisoned(cx, env, node);
  const element = items.length === 0 ? NEVER : union(items.map(({ type }) => type));
  const type = listOf(element, { minItems: items.length, maxItems: items.length });
  const at = locate(cx.file, node);
  const values = constantsOf(items.map(({ core }) => core));
  const core: Expr =
    values === null ? { kind: "list", items: items.map(({ core }) => core), at } : constant(at, values);
  return plain(env, core, type, { varies: items.some(({ varies }) => varies === true) });
};

const constantsOf = (items: readonly Expr[]): readonly Json[] | null => {
  const values: Json[] = [];
  for (const item of items) {
    if (item.kind !== "constant") return null;
    values.push(item.value);
  }
  return values;
};

/** Records are constants: a request's records are read, never made. */
export const record = (node: Node<"record">, cx: Context, env: Env): Result => {
  const fields = new Map<string, Result>();
  for (const { name, value } of node.fields) {
    const result = elaborate(value, cx, { ...env, condition: null });
    if (fields.has(name.text)) complain(cx, DUPLICATE_FIELD, { name: name.text }, name);
    else if (!isPoison(result) && result.core.kind !== "constant") {
      complain(cx, NOT_CONSTANT, { what: "a record", isText: true }, value);
      fields.set(name.text, poisoned(cx, env, value));
    } else fields.set(name.text, result);
  }
  if (isPoison(...fields.values())) return poisoned(cx, env, node);
  const entries = [...fields].map(
    ([name, { core }]) => [name, core.kind === "constant" ? core.value : null] as const,
  );
  const type = recordOf(
    [...fields].map(([name, result]) => [name, required(result.type)] as const),
    "closed",
  );
  return plain(env, constant(locate(cx.file, node), Object.fromEntries(entries)), type);
};
