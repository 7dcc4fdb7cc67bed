import type { Root } from "../../core/expr.ts";
import { NOT_A_VALUE, NOT_READABLE, PARENTHESES, UNKNOWN_NAME } from "../../diagnostics/messages/names.ts";
import { replaceFix } from "../../diagnostics/replace.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import type { ExprNode, Name } from "../../syntax/ast.ts";
import { BOOLEAN, INSTANT, INTEGER, literal, NUMBER } from "../../types/build.ts";
import { isAssignable } from "../../types/relate.ts";
import type { Type } from "../../types/type.ts";
import { constantOf } from "../constants.ts";
import { noteParameter, noteType } from "../facts/note.ts";
import { lookUp, use } from "../scope.ts";
import { trackOf } from "../tracks.ts";
import { constant, type Declared, locate } from "../world.ts";
import { type Context, complain, type Env, plain, poisoned, type Result } from "./context.ts";
import { meet, membersOf, narrow, type Place, rootPlace } from "./facts.ts";
import { TOOL } from "./tool.ts";

type Node<K extends ExprNode["kind"]> = Extract<ExprNode, { kind: K }>;

const ROOTS: readonly string[] = [
  "input",
  "actor",
  "context",
  "resource",
  "session",
  "model",
  "evidence",
  "now",
] satisfies readonly Root[];

export const isRoot = (text: string): text is Root => ROOTS.includes(text);

export const name = (node: Node<"name">, cx: Context, env: Env): Result => {
  const { text } = node.name;
  const at = locate(cx.file, node);
  const local = env.locals.get(text);
  if (local !== undefined) {
    local.used = true;
    noteParameter(cx, node.name, local);
    const { origin } = local;
    return atPlace(env, { kind: "local", name: local.core, at }, local.place, { origin });
  }
  if (isRoot(text)) return root(text, node, cx, env);
  if (text === "tool") {
    noteType(cx, node, { type: TOOL }, env);
    complain(cx, NOT_A_VALUE, { name: text, what: "tool", help: "read a property of it: `tool.name`" }, node);
    return poisoned(cx, env, node);
  }
  const declared = lookUp(cx.file, text);
  if (declared === null) {
    reportUnknown(node.name, cx, env);
    return poisoned(cx, env, node);
  }
  use(cx.world, declared, locate(cx.file, node.name));
  return declaredValue(declared, node, cx, env);
};

/** The value of a declared name: `internal-domains`, `org.internal-domains`. */
export const declaredValue = (declared: Declared, node: ExprNode, cx: Context, env: Env): Result => {
  const at = locate(cx.file, node);
  switch (declared.kind) {
    case "let": {
      const found = constantOf(cx.world, declared.file, declared.item, { cx, node });
      if (found === "poison") return poisoned(cx, env, node);
      const core = constant(at, found.value, found.type);
      if (!membersOf(found.type).some(({ kind }) => kind === "record")) return plain(env, core, found.type);
      // What a record's declared type leaves open can be asked for, as of a request's.
      return atPlace(env, core, rootPlace(`let ${declared.file.id}.${declared.name}`, found.type));
    }
    case "track": {
      if (!mayReadTracks(cx)) {
        complain(cx, NOT_READABLE, { what: `the track \`${declared.name}\``, within: cx.within }, node);
        return poisoned(cx, env, node);
      }
      const track = trackOf(declared.file, declared.item);
      const type = { count: INTEGER, sum: NUMBER, seen: BOOLEAN }[track.figure];
      return atPlace(env, { kind: "track", track: track.id, at }, rootPlace(`track ${track.id}`, type));
    }
    case "fn": {
      const help = `call it: \`${declared.name}(…)\``;
      complain(cx, PARENTHESES, { name: declared.name, missing: true, help }, node);
      return poisoned(cx, env, node);
    }
    default: {
      const help = declared.kind === "import" ? `name what you mean: \`${declared.name}.…\`` : undefined;
      complain(cx, NOT_A_VALUE, { name: declared.name, what: declared.kind, help }, node);
      return poisoned(cx, env, node);
    }
  }
};

const mayReadTracks = (cx: Context): boolean => cx.within === "rule" || cx.within === "claim";

const root = (text: Root, node: Node<"name">, cx: Context, env: Env): Result => {
  const at = locate(cx.file, node);
  const isClosed = cx.within === "constant" || cx.within === "where" || cx.within === "test";
  if (isClosed || (text === "input" && cx.input === null)) {
    complain(cx, NOT_READABLE, { what: `\`${text}\``, within: cx.within }, node);
    return poisoned(cx, env, node);
  }
  if (text === "now") return plain(env, { kind: "root", root: text, at }, INSTANT);
  const type: Type = text === "input" ? (cx.input as Type) : cx.world.roots[text];
  const origin = [text];
  return atPlace(env, { kind: "root", root: text, at }, rootPlace(text, type), { origin });
};

/** The value at a place, with what is known of it; a boolean tells of itself. */
export const atPlace = (env: Env, core: Result["core"], place: Place, more: Partial<Result> = {}): Result => {
  const fact = env.facts.known.get(place.key);
  const type = fact?.type === undefined ? place.type : meet(place.type, fact.type);
  const here: Place = type === place.type ? place : { ...place, type };
  const result = { core, type, declared: place.type, place: here, yes: env.facts, no: env.facts, ...more };
  if (!isAssignable(type, BOOLEAN)) return result;
  return {
    ...result,
    yes: narrow(env.facts, here, literal(true)),
    no: narrow(env.facts, here, literal(false)),
  };
};

/** How other languages and frameworks call what is here. */
const HABITS: Readonly<Record<string, string>> = {
  args: "input",
  arguments: "input",
  params: "input",
  parameters: "input",
  user: "actor",
  principal: "actor",
  subject: "actor",
  agent: "actor",
  ctx: "context",
  undefined: "null",
  nil: "null",
  None: "null",
  True: "true",
  False: "false",
};

const reportUnknown = (written: Name, cx: Context, env: Env): void => {
  const names = [...env.locals.keys(), ...ROOTS, "tool", ...namesOf(cx)];
  const near = suggest(written.text, names);
  const field = fieldNamed(written.text, cx);
  const better = near ?? field ?? (Object.hasOwn(HABITS, written.text) ? HABITS[written.text] : undefined);
  const fixes = better === undefined ? [] : [replaceFix(locate(cx.file, written), better)];
  complain(cx, UNKNOWN_NAME, { name: written.text, near: better }, written, { fixes });
};

const namesOf = (cx: Context): readonly string[] => [
  ...cx.file.names.keys(),
  ...(cx.file.outer === null ? [] : cx.file.outer.names.keys()),
];

/** `amount` where `input.amount` is meant. */
const fieldNamed = (text: string, cx: Context): string | undefined => {
  if (cx.input?.fields.has(text)) return `input.${text}`;
  for (const root of ["actor", "context", "resource"] as const) {
    const type = cx.world.roots[root];
    if (type.kind === "record" && type.fields.has(text) && text !== "type" && text !== "id") {
      return `${root}.${text}`;
    }
  }
  return undefined;
};
