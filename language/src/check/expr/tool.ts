import type { Expr, ToolProperty } from "../../core/expr.ts";
import type { Tool } from "../../core/policy.ts";
import { NOT_READABLE, UNKNOWN_TOOL_PROPERTY } from "../../diagnostics/messages/names.ts";
import { replaceFix } from "../../diagnostics/replace.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import { resolveHints } from "../../schema/hints.ts";
import type { Name } from "../../syntax/ast.ts";
import type { Span } from "../../text/span.ts";
import { BOOLEAN, NULL, recordOf, required, STRING, union } from "../../types/build.ts";
import type { Type } from "../../types/type.ts";
import { constant, locate } from "../world.ts";
import { type Context, complain, type Env, plain, poisoned, type Result } from "./context.ts";

const TEXT_OR_NULL = union([STRING, NULL]);

const TYPES: Readonly<Record<ToolProperty, Type>> = {
  name: STRING,
  server: TEXT_OR_NULL,
  title: TEXT_OR_NULL,
  readOnly: BOOLEAN,
  destructive: BOOLEAN,
  idempotent: BOOLEAN,
  openWorld: BOOLEAN,
};

/** `tool` itself, which is no value: what can be read of it. */
export const TOOL: Type = recordOf(
  Object.entries(TYPES).map(([name, type]) => [name, required(type)] as const),
  "closed",
);

export const isToolProperty = (text: string): text is ToolProperty => Object.hasOwn(TYPES, text);

/** The value of `tool.NAME` for a known tool. */
export const toolValue = (tool: Tool, property: ToolProperty): string | boolean | null => {
  if (property === "name" || property === "server" || property === "title") return tool[property];
  return tool.hints[property];
};

/** What MCP assumes of a tool of which nothing is known; only the call tells its name. */
export const UNKNOWN_FACTS: Partial<Record<ToolProperty, string | boolean | null>> = {
  server: null,
  title: null,
  ...resolveHints({}),
};

/** `tool.NAME`: a constant but for the name of an unknown tool, though typed as for any tool. */
export const toolProperty = (name: Name, node: Span, cx: Context, env: Env): Result => {
  if (!isToolProperty(name.text)) {
    const near = suggest(
      name.text.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
      Object.keys(TYPES),
    );
    const fixes = near === undefined ? [] : [replaceFix(locate(cx.file, name), near)];
    complain(cx, UNKNOWN_TOOL_PROPERTY, { name: name.text, near, all: Object.keys(TYPES) }, name, { fixes });
    return poisoned(cx, env, node);
  }
  if (cx.tool === null) {
    complain(cx, NOT_READABLE, { what: "`tool`", within: cx.within }, node);
    return poisoned(cx, env, node);
  }
  const at = locate(cx.file, node);
  const type = TYPES[name.text];
  // `where` is checked once for all tools, and then asked of each.
  const isAsked = cx.tool === "unknown" && (cx.within === "where" || name.text === "name");
  const value = cx.tool === "unknown" ? (UNKNOWN_FACTS[name.text] ?? null) : toolValue(cx.tool, name.text);
  const core: Expr = isAsked ? { kind: "tool", property: name.text, at } : constant(at, value);
  return plain(env, core, type, { varies: true });
};
