import type { Fix } from "../../diagnostics/diagnostic.ts";
import type { ExprNode } from "../../syntax/ast.ts";
import { printName } from "../../types/print.ts";
import type { Type } from "../../types/type.ts";
import { locate } from "../world.ts";
import type { Absence, Context, Env } from "./context.ts";
import { sourceOf } from "./context.ts";
import { kindOf } from "./kinds.ts";

/** What to do about a value that may be absent: ask for it first, or say what stands in its place. */
export const guardFixes = (cx: Context, env: Env, node: ExprNode, absent: Absence): readonly Fix[] => {
  const fixes: Fix[] = [...guardFix(cx, env, node, absent.name)];
  const otherwise = defaultFor(absent.type);
  if (otherwise !== null && !(env.inText === true && otherwise.startsWith('"'))) {
    const at = locate(cx.file, node);
    const text = `(${sourceOf(cx, node)} ?? ${otherwise})`;
    fixes.push({ title: `give a default: \`?? ${otherwise}\``, edits: [{ ...at, text }], preferred: false });
  }
  return fixes;
};

/** `input has cc and …` before the condition that reads `input.cc`. */
export const guardFix = (cx: Context, env: Env, node: ExprNode, name: string): readonly Fix[] => {
  const { condition } = env;
  if (condition === null || node.kind !== "member" || node.of.kind === "call") return [];
  const guard = `${sourceOf(cx, node.of)} has ${printName(name)}`;
  const at = locate(cx.file, { start: condition.start, end: condition.start });
  const title = `ask for it first: \`${guard} and …\``;
  return [{ title, edits: [{ ...at, text: `${guard} and ` }], preferred: true }];
};

const defaultFor = (type: Type): string | null => {
  switch (kindOf(type)) {
    case "string":
      return '""';
    case "number":
      return "0";
    case "boolean":
      return "false";
    case "list":
      return "[]";
    default:
      return null;
  }
};
