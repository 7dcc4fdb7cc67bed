import { domain, domainWithin } from "@agentpolicy/runtime/values/domain";
import { ip, ipIn } from "@agentpolicy/runtime/values/ip";
import { path, pathWithin } from "@agentpolicy/runtime/values/path";
import { url, urlWithin } from "@agentpolicy/runtime/values/url";
import type { Expr } from "../../core/expr.ts";
import {
  INVALID_CONSTANT,
  INVALID_PATTERN,
  NOT_CONSTANT,
  TYPE_MISMATCH,
  WRONG_ARGUMENT_COUNT,
} from "../../diagnostics/messages/types.ts";
import { analysePattern } from "../../lints/pattern.ts";
import type { ExprNode } from "../../syntax/ast.ts";
import { BOOLEAN, listOf, STRING } from "../../types/build.ts";
import { printType } from "../../types/print.ts";
import type { Type } from "../../types/type.ts";
import { noteExpected } from "../facts/note.ts";
import { foldConstant } from "../fold.ts";
import { locate } from "../world.ts";
import { reportText } from "./call.ts";
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
import { glance } from "./glance.ts";
import { elementOf, type Kind, kindOf } from "./kinds.ts";
import { mayContain } from "./membership.ts";
import { METHOD_RESULT, type MethodName, methodOf } from "./methods.ts";

type Call = Extract<ExprNode, { kind: "call" }>;
type Member = Extract<ExprNode, { kind: "member" }>;

/** A method of a value whose kind has it; those of lists that take a lambda stand in `lambda.ts`. */
export const methodCall = (
  of: Result,
  kind: Kind,
  callee: Member,
  node: Call,
  cx: Context,
  env: Env,
): Result => {
  const name = callee.name.text;
  const wanted = name === "lower" ? 0 : 1;
  if (node.args.length !== wanted) {
    const shape = wanted === 0 ? "" : (SHAPES[name] ?? "TEXT");
    complain(cx, WRONG_ARGUMENT_COUNT, { name, wanted, found: node.args.length, shape }, node);
    for (const arg of node.args) noteExpected(cx, arg, argumentOf(kind, name, of.type), callee.of);
    glance(node.args, cx, env);
    return poisoned(cx, env, node);
  }
  const [argument] = node.args;
  if (argument === undefined) return finish("string.lower", of, [], node, cx, env);
  noteExpected(cx, argument, argumentOf(kind, name, of.declared ?? of.type), callee.of);
  if (name === "matches") return matches(of, argument, node, cx, env);
  const method = methodOf(kind, name);
  const arg = elaborate(argument, cx, { ...env, condition: env.condition });
  if (method === null || isPoison(arg)) return poisoned(cx, env, node);
  if (!isFitting(method, of, arg, callee, argument, node, cx)) return poisoned(cx, env, node);
  return finish(method, of, [arg], node, cx, env);
};

/** What a method takes, for editors. */
const argumentOf = (kind: Kind, name: string, of: Type): Type => {
  if (kind !== "list") return STRING;
  return name === "contains" ? elementOf(of) : listOf(elementOf(of));
};

const SHAPES: Readonly<Record<string, string>> = {
  contains: "VALUE",
  containsAll: "LIST",
  containsAny: "LIST",
};

const finish = (
  method: MethodName,
  of: Result,
  args: readonly Result[],
  node: Call,
  cx: Context,
  env: Env,
): Result => {
  const at = locate(cx.file, node);
  const core: Expr = { kind: "method", method, of: of.core, args: args.map((arg) => arg.core), at };
  const varies = of.varies === true || args.some((arg) => arg.varies === true);
  return plain(env, foldConstant(core), METHOD_RESULT[method], { varies });
};

const isFitting = (
  method: MethodName,
  of: Result,
  arg: Result,
  callee: Member,
  argument: ExprNode,
  node: Call,
  cx: Context,
): boolean => {
  switch (method) {
    case "list.contains":
      return mayContain(of, arg, argument, callee.of, "contains", node, cx);
    case "list.containsAll":
    case "list.containsAny": {
      if (kindOf(arg.type) === "list") return areComparable(of, arg, callee, argument, node, cx);
      const what = `the argument of \`${callee.name.text}\``;
      complain(
        cx,
        TYPE_MISMATCH,
        { what, expected: printType(of.type), found: printType(arg.type) },
        argument,
      );
      return false;
    }
    default: {
      if (kindOf(arg.type) !== "string") {
        const name = callee.name.text;
        const several = `for several write \`${textOf(cx, argument)}.any(one => ….${name}(one))\``;
        const help = kindOf(arg.type) === "list" ? several : undefined;
        reportText(arg, argument, `the argument of \`${name}\``, cx, help);
        return false;
      }
      return isValidBase(method, arg, argument, cx);
    }
  }
};

/** `containsAll` and `containsAny` compare items with items. */
const areComparable = (
  of: Result,
  arg: Result,
  callee: Member,
  argument: ExprNode,
  node: Call,
  cx: Context,
): boolean => {
  const item = elementOf(arg.type);
  if (item.kind === "never") return true;
  const one: Result = { ...arg, type: item, declared: item };
  return mayContain(of, one, argument, callee.of, callee.name.text, node, cx);
};

/** A constant that its method would always refuse. What is only known at the call is checked then. */
const isValidBase = (method: MethodName, arg: Result, argument: ExprNode, cx: Context): boolean => {
  if (arg.core.kind !== "constant" || typeof arg.core.value !== "string") return true;
  const { value } = arg.core;
  const check = BASES[method];
  if (check === undefined || check.accepts(value)) return true;
  complain(cx, INVALID_CONSTANT, { value, what: check.what, example: check.example }, argument);
  return false;
};

interface Base {
  readonly what: string;
  readonly example: string;
  readonly accepts: (value: string) => boolean;
}

const SAMPLE_IP = ip("10.0.0.1");
const SAMPLE_PATH = path("/");
const SAMPLE_DOMAIN = domain("example.com");
const SAMPLE_URL = url("https://example.com/");

const BASES: Partial<Record<MethodName, Base>> = {
  "url.within": {
    what: "absolute URL",
    example: "https://api.acme.com/v1",
    accepts: (value) => SAMPLE_URL !== null && urlWithin(SAMPLE_URL, value) !== null,
  },
  "domain.within": {
    what: "domain",
    example: "acme.com",
    accepts: (value) => SAMPLE_DOMAIN !== null && domainWithin(SAMPLE_DOMAIN, value) !== null,
  },
  "path.within": {
    what: "path",
    example: "/srv/data",
    accepts: (value) => SAMPLE_PATH !== null && pathWithin(SAMPLE_PATH, value) !== null,
  },
  "ip.in": {
    what: "network",
    example: "10.0.0.0/8",
    accepts: (value) => SAMPLE_IP !== null && ipIn(SAMPLE_IP, value) !== null,
  },
};

/** `text.matches(r"…")`. */
const matches = (of: Result, argument: ExprNode, node: Call, cx: Context, env: Env): Result => {
  const pattern = elaborate(argument, cx, { ...env, condition: null });
  if (isPoison(pattern)) return poisoned(cx, env, node);
  if (pattern.core.kind !== "constant" || typeof pattern.core.value !== "string") {
    const isText = kindOf(pattern.type) === "string";
    complain(cx, NOT_CONSTANT, { what: "the pattern of `matches`", isText }, argument);
    return poisoned(cx, env, node);
  }
  const source = pattern.core.value;
  const analysis = analysePattern(source);
  const reason =
    analysis.error ??
    (analysis.lookaround === true ? "look-around is not supported" : undefined) ??
    (analysis.backreference === true ? "backreferences are not supported" : undefined);
  if (reason !== undefined) {
    complain(cx, INVALID_PATTERN, { reason }, argument);
    return poisoned(cx, env, node);
  }
  const at = locate(cx.file, node);
  // Decision 0004: 10,000 UTF-16 units where the time grows with the square of the length, fewer where it grows faster.
  const limit = analysis.limit === undefined ? {} : { limit: analysis.limit };
  const core: Expr = { kind: "matches", of: of.core, source, ...limit, at };
  return plain(env, core, BOOLEAN, { varies: of.varies === true });
};
