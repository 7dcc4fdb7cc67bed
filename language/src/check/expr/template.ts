import type { Template } from "../../core/policy.ts";
import { ANY_NOT_NARROWED, NOT_SHOWABLE } from "../../diagnostics/messages/types.ts";
import type { TemplateNode } from "../../syntax/ast.ts";
import { printType } from "../../types/print.ts";
import type { Type } from "../../types/type.ts";
import { type Context, complain, type Env, isPoison, textOf } from "./context.ts";
import { elaborate } from "./elaborate.ts";
import { membersOf } from "./facts.ts";

/** The text of `because` and `ask`. What cannot be shown is an error. */
export const template = (node: TemplateNode, cx: Context, env: Env): Template => {
  const parts: Template[number][] = [];
  for (const part of node.parts) {
    if (part.kind === "string") {
      parts.push(part.value);
      continue;
    }
    const shown = elaborate(part, cx, { ...env, condition: null, inText: true });
    if (isPoison(shown)) continue;
    const { core, type } = shown;
    if (type.kind === "any")
      complain(cx, ANY_NOT_NARROWED, { text: textOf(cx, part), wanted: "string" }, part);
    else if (!isShowable(type))
      complain(cx, NOT_SHOWABLE, { text: textOf(cx, part), type: printType(type) }, part);
    else parts.push(core);
  }
  return parts;
};

const isShowable = (type: Type): boolean =>
  membersOf(type).every((member) => isSimple(member) || isListOfSimple(member));

const isListOfSimple = (type: Type): boolean =>
  type.kind === "list" && membersOf(type.element).every(isSimple);

const isSimple = (type: Type): boolean => {
  switch (type.kind) {
    case "string":
    case "number":
    case "boolean":
    case "null":
    case "literal":
    case "never":
      return true;
    case "opaque":
      return type.name === "instant" || type.name === "duration";
    default:
      return false;
  }
};
