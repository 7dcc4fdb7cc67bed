import type { Diagnostic, Span } from "@agentpolicy/language";
import { isOwnType } from "../../names/own.ts";
import { type Of, type Painter, when } from "./painter.ts";

/** Findings that say of a rule or track that nothing ever comes of it. */
export const IDLE: ReadonlySet<string> = new Set(["never-matches", "never-decides", "where-matches-nothing"]);

const isAbout = ({ start, end }: Span, findings: readonly Diagnostic[]): boolean =>
  findings.some(({ span }) => start <= span.start && span.end <= end);

/** Parameters are known within their function. */
export function paintFn(painter: Painter, { name, parameters }: Of<"fn">): Painter {
  if (name) painter.put(name, "function", "declaration");
  return { ...painter, field: "parameter", locals: new Set(parameters.map((one) => one.name.text)) };
}

export function paintTrack({ put, idle }: Painter, node: Of<"track">): void {
  if (!node.name) return;
  put(node.name, "variable", "declaration", "readonly", ...when("unreachable", isAbout(node, idle)));
}

/** A block that covers nothing has no rule in force. */
export function paintBlock(painter: Painter, { tools, where }: Of<"block">): Painter {
  const covered = painter.facts.covered(tools);
  const coversNothing = covered !== null && covered.tools.length === 0 && !covered.unknown;
  return { ...painter, isIdle: coversNothing || (where !== undefined && isAbout(where, painter.idle)) };
}

export function paintRule({ put, idle, isIdle }: Painter, node: Of<"rule">): void {
  if (node.name)
    put(node.name, "label", "declaration", ...when("unreachable", isIdle || isAbout(node, idle)));
}

/** What covers no tool is not in force either. */
export function paintPattern({ put, facts }: Painter, pattern: Of<"named">): void {
  const idle = when("unreachable", facts.covered(pattern)?.tools.length === 0);
  if (pattern.server) put(pattern.server, "namespace", ...idle);
  put(pattern.tool, "class", ...idle);
}

/** `org.Role` is one name of the tree and two names to read. */
export function paintTypeName({ put }: Painter, { name }: Of<"type-name">): void {
  const { text, start, end } = name;
  const dot = text.length === end - start ? text.lastIndexOf(".") : -1;
  if (dot > 0) put({ start, end: start + dot }, "namespace");
  put({ start: start + dot + 1, end }, "type", ...when("defaultLibrary", isOwnType(text)));
}

export function paintExpected({ put }: Painter, { by, code }: Of<"expect">): void {
  for (const names of by) for (const name of names) put(name, name === names.at(-1) ? "label" : "namespace");
  if (code) put(code, "enumMember");
}
