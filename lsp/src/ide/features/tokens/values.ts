import type { ExprNode } from "@agentpolicy/language";
import { isOwnFunction, isRoot } from "../../names/own.ts";
import { looksOf, type Of, type Painter } from "./painter.ts";

/** A text is a value where its type lists it. */
export function paintString({ put, facts }: Painter, node: Of<"string">): void {
  const type = facts.expectedAt(node);
  const members = type?.kind === "union" ? type.members : type === null ? [] : [type];
  const isListed = members.some((member) => member.kind === "literal" && member.value === node.value);
  put(node, isListed ? "enumMember" : "string");
}

export function paintName({ put, locals, names }: Painter, { name }: Of<"name">): void {
  if (locals.has(name.text)) put(name, "parameter");
  else if (isRoot(name.text)) put(name, "variable", "readonly", "defaultLibrary");
  else put(name, ...looksOf(names.get(name.text)?.kind));
}

export function paintMember({ put, locals, names, imported }: Painter, { of, name }: Of<"member">): void {
  const before = of.kind === "name" && !locals.has(of.name.text) ? of.name.text : "";
  const found = names.get(before);
  if (found?.kind === "import") put(name, ...looksOf(imported(found, name.text)));
  else if (before === "tool") put(name, "property", "readonly", "defaultLibrary");
  else put(name, "property");
}

/** What is called; the rest of the call is painted as what it is. */
export function paintCall(
  { put, locals, names }: Painter,
  { callee, args }: Extract<ExprNode, { kind: "call" }>,
): void {
  if (callee.kind === "name" && !locals.has(callee.name.text)) {
    const { text } = callee.name;
    if (isOwnFunction(text) && !names.has(text)) put(callee.name, "function", "defaultLibrary");
    else put(callee.name, "function");
  }
  if (callee.kind !== "member") return;
  if (callee.of.kind === "name" && names.get(callee.of.name.text)?.kind === "import") return;
  put(callee.name, "method", "defaultLibrary");
  const [pattern] = args;
  if (callee.name.text === "matches" && pattern?.kind === "string") put(pattern, "regexp");
}

/** The text of a template is text, and what stands in its braces is an expression. */
export function paintTemplate({ put, within }: Painter, { start, end, parts }: Of<"template">): void {
  let from = start;
  for (const part of parts) {
    if (part.kind === "string") continue;
    put({ start: from, end: part.start }, "string");
    within(part);
    from = part.end;
  }
  put({ start: from, end }, "string");
}
