import { isZone } from "@agentpolicy/runtime/values/instant";
import type { Expr, Parser } from "../../core/expr.ts";
import { NOT_A_FUNCTION, PARENTHESES, UNKNOWN_FUNCTION } from "../../diagnostics/messages/names.ts";
import {
  ANY_NOT_NARROWED,
  INVALID_CONSTANT,
  MAYBE_NULL,
  NOT_CONSTANT,
  TYPE_MISMATCH,
  WRONG_ARGUMENT_COUNT,
} from "../../diagnostics/messages/types.ts";
import { replaceFix } from "../../diagnostics/replace.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import type { ExprNode, Name } from "../../syntax/ast.ts";
import { INSTANT, opaque, STRING } from "../../types/build.ts";
import { printType } from "../../types/print.ts";
import { isAssignable } from "../../types/relate.ts";
import { noteExpected } from "../facts/note.ts";
import { functionOf } from "../functions.ts";
import { lookUp, use } from "../scope.ts";
import { type Declared, locate } from "../world.ts";
import { isMissing, resolveImported } from "./access.ts";
import {
  type Context,
  complain,
  type Env,
  isPoison,
  plain,
  poisoned,
  type Result,
  textOf,
} from "./context.ts";
import { elaborate } from "./elaborate.ts";
import { membersOf } from "./facts.ts";
import { glance } from "./glance.ts";
import { kindOf } from "./kinds.ts";
import { quantify } from "./lambda.ts";
import { methodCall } from "./method-call.ts";
import { methodsOf, propertiesOf } from "./methods.ts";
import { reportUnknownProperty } from "./unknown.ts";

type Node = Extract<ExprNode, { kind: "call" }>;

const PARSERS: readonly string[] = [
  "email",
  "url",
  "domain",
  "path",
  "ip",
  "datetime",
  "command",
] satisfies readonly Parser[];

export const isParser = (text: string): text is Parser => PARSERS.includes(text);

/** A call of a parser, `now`, a function of the policy or a method. */
export const call = (node: Node, cx: Context, env: Env): Result => {
  const { callee } = node;
  if (callee.kind === "name") return callByName(node, callee.name, cx, env);
  if (callee.kind === "member") {
    if (callee.of.kind === "name" && !env.locals.has(callee.of.name.text)) {
      const declared = resolveImported(callee.of.name, callee.name, cx);
      if (declared === "unknown") return withoutCallee(node, cx, env);
      if (declared !== null) return callDeclared(node, declared, cx, env);
    }
    return callMember(node, callee, cx, env);
  }
  if (callee.kind !== "error")
    complain(cx, NOT_A_FUNCTION, { name: textOf(cx, callee), what: "value" }, callee);
  return withoutCallee(node, cx, env);
};

/** The arguments are still checked where the callee is not known. */
const withoutCallee = (node: Node, cx: Context, env: Env): Result => {
  for (const arg of node.args) if (arg.kind !== "lambda") elaborate(arg, cx, { ...env, condition: null });
  glance(
    node.args.filter(({ kind }) => kind === "lambda"),
    cx,
    env,
  );
  return poisoned(cx, env, node);
};

const callByName = (node: Node, name: Name, cx: Context, env: Env): Result => {
  if (name.text === "now") return nowIn(node, cx, env);
  if (isParser(name.text)) return parse(name.text, node, cx, env);
  const declared = env.locals.has(name.text) ? null : lookUp(cx.file, name.text);
  if (declared !== null) {
    use(cx.world, declared, locate(cx.file, name));
    return callDeclared(node, declared, cx, env);
  }
  if (env.locals.has(name.text)) {
    complain(cx, NOT_A_FUNCTION, { name: name.text, what: "parameter" }, name);
    return withoutCallee(node, cx, env);
  }
  const functions = [...cx.file.names.values()].filter(({ kind }) => kind === "fn").map((fn) => fn.name);
  const near = suggest(name.text, [...PARSERS, "now", ...functions]);
  const fixes = near === undefined ? [] : [replaceFix(locate(cx.file, name), near)];
  const facts = { name: name.text, near, all: PARSERS, member: memberFor(name.text) };
  complain(cx, UNKNOWN_FUNCTION, facts, name, { fixes });
  return withoutCallee(node, cx, env);
};

/** What is written after the value where another language writes it before: `x.length` for `len(x)`. */
const memberFor = (text: string): string | undefined => {
  if (text === "len" || text === "size" || text === "length") return "length";
  const isMethod = (["string", "list"] as const).some((kind) => methodsOf(kind).includes(text));
  return isMethod ? `${text}(…)` : undefined;
};

/** `now("Europe/Berlin")`: the same instant, read in that zone. */
const nowIn = (node: Node, cx: Context, env: Env): Result => {
  const [zone] = node.args;
  noteExpected(cx, zone, STRING);
  const now = elaborate(
    {
      kind: "name",
      name: { text: "now", start: node.start, end: node.callee.end },
      start: node.start,
      end: node.callee.end,
    },
    cx,
    env,
  );
  if (zone === undefined || node.args.length > 1) {
    if (node.args.length === 0) {
      const fix = replaceFix(locate(cx.file, node), "now");
      complain(
        cx,
        PARENTHESES,
        {
          name: "now",
          missing: false,
          help: '`now` needs no call; with a time zone write `now("Europe/Berlin")`',
        },
        node,
        { fixes: [fix] },
      );
    } else
      complain(
        cx,
        WRONG_ARGUMENT_COUNT,
        { name: "now", wanted: 1, found: node.args.length, shape: '"ZONE"' },
        node,
      );
    return withoutCallee(node, cx, env);
  }
  const found = elaborate(zone, cx, { ...env, condition: null });
  if (isPoison(now, found)) return poisoned(cx, env, node);
  if (found.core.kind !== "constant" || typeof found.core.value !== "string") {
    complain(cx, NOT_CONSTANT, { what: "a time zone", isText: kindOf(found.type) === "string" }, zone);
    return poisoned(cx, env, node);
  }
  if (!isZone(found.core.value)) {
    const facts = { value: found.core.value, what: "time zone", example: "Europe/Berlin" };
    complain(cx, INVALID_CONSTANT, facts, zone);
    return poisoned(cx, env, node);
  }
  return { ...now, type: INSTANT, zone: found.core };
};

const parse = (parser: Parser, node: Node, cx: Context, env: Env): Result => {
  const [text] = node.args;
  noteExpected(cx, text, STRING);
  if (text === undefined || node.args.length > 1) {
    complain(
      cx,
      WRONG_ARGUMENT_COUNT,
      { name: parser, wanted: 1, found: node.args.length, shape: "TEXT" },
      node,
    );
    return withoutCallee(node, cx, env);
  }
  const of = elaborate(text, cx, { ...env, condition: env.condition });
  if (isPoison(of)) return poisoned(cx, env, node);
  if (kindOf(of.type) !== "string") {
    reportText(of, text, `the argument of \`${parser}\``, cx);
    return poisoned(cx, env, node);
  }
  const at = locate(cx.file, node);
  const core: Expr = { kind: "parse", parser, of: of.core, at };
  return plain(env, core, parser === "datetime" ? INSTANT : opaque(parser), { varies: of.varies === true });
};

/** Reports a value where text is needed. */
export const reportText = (of: Result, node: ExprNode, what: string, cx: Context, help?: string): void => {
  const text = textOf(cx, node);
  if (of.type.kind === "any") complain(cx, ANY_NOT_NARROWED, { text, wanted: "string" }, node);
  else if (membersOf(of.type).some(({ kind }) => kind === "null") && kindOf(of.type) === "mixed") {
    complain(cx, MAYBE_NULL, { text }, node);
  } else {
    const facts = {
      what,
      expected: "string",
      found: printType(of.type),
      ...(help === undefined ? {} : { help }),
    };
    complain(cx, TYPE_MISMATCH, facts, node);
  }
};

const callDeclared = (node: Node, declared: Declared, cx: Context, env: Env): Result => {
  if (declared.kind !== "fn") {
    complain(cx, NOT_A_FUNCTION, { name: declared.name, what: declared.kind }, node.callee);
    return withoutCallee(node, cx, env);
  }
  cx.world.recorder?.calls.set(node, declared);
  const found = functionOf(cx.world, declared.file, declared.item, { cx, node: node.callee });
  if (found === "poison") return withoutCallee(node, cx, env);
  const { parameters } = declared.item;
  for (const [at, { type }] of found.fn.parameters.entries()) noteExpected(cx, node.args[at], type);
  const args = node.args.map((arg) => elaborate(arg, cx, { ...env, condition: env.condition }));
  if (args.length !== parameters.length) {
    const shape = parameters.map(({ name }) => name.text).join(", ");
    const facts = { name: declared.name, wanted: parameters.length, found: args.length, shape };
    complain(cx, WRONG_ARGUMENT_COUNT, facts, node);
    return poisoned(cx, env, node);
  }
  let isFine = true;
  for (const [at, arg] of args.entries()) {
    const parameter = found.fn.parameters[at];
    const part = node.args[at];
    if (parameter === undefined || part === undefined || isPoison(arg)) {
      isFine = false;
      continue;
    }
    if (isAssignable(arg.type, parameter.type)) continue;
    isFine = false;
    const expected = printType(parameter.type);
    const text = textOf(cx, part);
    if (arg.type.kind === "any") complain(cx, ANY_NOT_NARROWED, { text, wanted: expected }, part);
    else
      complain(
        cx,
        TYPE_MISMATCH,
        {
          what: `the parameter \`${parameter.name}\` of \`${declared.name}\``,
          expected,
          found: printType(arg.type),
        },
        part,
      );
  }
  if (!isFine || isPoison({ type: found.result })) return poisoned(cx, env, node);
  const core: Expr = {
    kind: "call",
    fn: found.fn.id,
    args: args.map((arg) => arg.core),
    at: locate(cx.file, node),
  };
  const zone = found.zone === undefined ? {} : { zone: found.zone };
  return plain(env, core, found.result, { varies: args.some(({ varies }) => varies === true), ...zone });
};

const callMember = (
  node: Node,
  callee: Extract<ExprNode, { kind: "member" }>,
  cx: Context,
  env: Env,
): Result => {
  const of = elaborate(callee.of, cx, { ...env, condition: env.condition });
  if (isPoison(of) || isMissing(callee.name, cx)) return withoutCallee(node, cx, env);
  const kind = kindOf(of.type);
  const { text } = callee.name;
  if (kind === "list" && (text === "any" || text === "all" || text === "count")) {
    return quantify(text, of, node, cx, env);
  }
  if (methodsOf(kind).includes(text)) return methodCall(of, kind, callee, node, cx, env);
  if (kind === "any") {
    complain(cx, ANY_NOT_NARROWED, { text: textOf(cx, callee.of), wanted: undefined }, callee.of);
    return withoutCallee(node, cx, env);
  }
  if (kind === "mixed" && membersOf(of.type).some((member) => member.kind === "null")) {
    complain(cx, MAYBE_NULL, { text: textOf(cx, callee.of) }, callee.of);
    return withoutCallee(node, cx, env);
  }
  const all = [...methodsOf(kind), ...propertiesOf(kind)];
  if (propertiesOf(kind).includes(text)) {
    const fix = replaceFix(locate(cx.file, { start: callee.end, end: node.end }), "");
    complain(
      cx,
      PARENTHESES,
      { name: text, missing: false, help: `write \`.${text}\` without parentheses` },
      callee.name,
      { fixes: [fix] },
    );
    glance(node.args, cx, env);
    return poisoned(cx, env, node);
  }
  reportUnknownProperty(callee.name, of.type, all, cx);
  return withoutCallee(node, cx, env);
};
