import type { ExprNode, Span, ToolPattern, ToolsPattern } from "@agentpolicy/language";
import { printType } from "@agentpolicy/language";
import type { InlayHint } from "../../model.ts";
import type { Snapshot, SnapshotFile } from "../../snapshot.ts";
import { type Node, partsOf } from "../../tree/path.ts";
import { calledFunction } from "../../words/functions.ts";
import { namesIn } from "../../words/names.ts";
import { counted } from "../../words/phrase.ts";
import { bare, type Speaker, speakerOf } from "../../words/speaker.ts";
import { toolList } from "../hover/tools.ts";
import { widened } from "./widened.ts";

interface Asked {
  readonly snapshot: Snapshot;
  readonly path: string;
  readonly file: SnapshotFile;
  readonly to: Speaker;
}

type Of<Kind extends ExprNode["kind"]> = Extract<ExprNode, { readonly kind: Kind }>;

/**
 * What is not written but known, within a span: the types of constants and what functions give, how many tools a pattern
 * covers, and the names of parameters where arguments do not tell them.
 */
export function inlayHints(snapshot: Snapshot, path: string, span: Span): readonly InlayHint[] {
  const file = snapshot.files.get(path);
  if (!file) return [];
  const asked: Asked = { snapshot, path, file, to: speakerOf(snapshot, path) };
  return [...within(file.tree, span)]
    .flatMap((node) => hintsOf(asked, node))
    .filter(({ offset }) => span.start <= offset && offset <= span.end)
    .sort((one, other) => one.offset - other.offset);
}

/** The nodes that touch a span. */
function* within(node: Node, span: Span): Generator<Node> {
  if (node.start > span.end || node.end < span.start) return;
  yield node;
  for (const part of partsOf(node)) yield* within(part, span);
}

function hintsOf(asked: Asked, node: Node): readonly InlayHint[] {
  switch (node.kind) {
    case "let":
      return letHint(asked, node as Parameters<typeof letHint>[1]);
    case "fn":
      return fnHint(asked, node as Parameters<typeof fnHint>[1]);
    case "block":
    case "track":
    case "claim":
      return toolsHints(asked, node as unknown as Parameters<typeof toolsHints>[1]);
    case "call":
      // The calls of tests are called so, too.
      return "callee" in node ? parameterHints(asked, node as unknown as Of<"call">) : [];
    default:
      return [];
  }
}

const MOST_LETTERS = 60;

type Items = SnapshotFile["tree"]["items"][number];
type Item<Kind extends Items["kind"]> = Extract<Items, { readonly kind: Kind }>;

/** The type of a constant that none is written for. */
function letHint({ snapshot, path }: Asked, { name, type }: Item<"let">): readonly InlayHint[] {
  const fact = name && !type ? namesIn(snapshot, path).get(name.text) : undefined;
  if (!name || !fact?.type || fact.at.start !== name.start) return [];
  const text = printType(widened(fact.type));
  if (text.length > MOST_LETTERS) return [];
  return [{ offset: name.end, text: `: ${text}`, kind: "type" }];
}

/** What a function gives. */
function fnHint({ snapshot, path, file }: Asked, { name, body }: Item<"fn">): readonly InlayHint[] {
  const fact = name && namesIn(snapshot, path).get(name.text);
  if (!name || fact?.kind !== "fn" || fact.at.start !== name.start || !fact.signature.result) return [];
  const head = file.text.slice(name.end, body.start);
  const close = head.lastIndexOf(")");
  const text = printType(widened(fact.signature.result));
  return close < 0 || text.length > MOST_LETTERS
    ? []
    : [{ offset: name.end + close + 1, text: `: ${text}`, kind: "type" }];
}

interface OverTools {
  readonly tools: ToolsPattern;
  readonly where?: ExprNode;
}

/** How many tools a pattern matches, and how many are left by `where`. */
function toolsHints({ snapshot }: Asked, { tools, where }: OverTools): readonly InlayHint[] {
  const { facts } = snapshot.result;
  const hints = tools.patterns.filter(isWild).map((pattern) => {
    const names = facts.covered(pattern)?.tools ?? [];
    return countHint(pattern.end, names);
  });
  const left = where && where.kind !== "error" ? facts.covered(tools)?.tools : undefined;
  return left && where ? [...hints, countHint(where.end, left)] : hints;
}

const isWild = (pattern: ToolPattern): boolean =>
  pattern.kind === "all" ||
  (pattern.kind === "named" &&
    [pattern.server, pattern.tool].some((name) => name && !name.quoted && name.text.includes("*")));

const countHint = (offset: number, names: readonly string[]): InlayHint => ({
  offset,
  text: counted(names.length, "tool"),
  kind: "count",
  ...(names.length > 0 && { tooltip: toolList(names) }),
});

/** The parameters of a function of several, where an argument does not end in the same name. */
function parameterHints({ to }: Asked, call: Of<"call">): readonly InlayHint[] {
  const parameters = calledFunction(call, to)?.item.parameters ?? [];
  if (parameters.length < 2) return [];
  return call.args.flatMap((argument, at): readonly InlayHint[] => {
    const name = parameters[at]?.name.text;
    if (name === undefined || argument.kind === "error" || lastName(argument) === name) return [];
    return [{ offset: argument.start, text: `${name}:`, kind: "parameter" }];
  });
}

function lastName(argument: ExprNode): string | null {
  const node = bare(argument);
  if (node.kind === "name" || node.kind === "member") return node.name.text;
  return node.kind === "binary" && node.operator === "??" ? lastName(node.left) : null;
}
