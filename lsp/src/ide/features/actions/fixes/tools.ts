import type { ExprNode, RecordFieldNode, Span, ToolsItem } from "@agentpolicy/language";
import type { Snapshot, SnapshotFile } from "../../../snapshot.ts";
import { type Answer, inserted, pathTo, replaced, textOf, wholeLines } from "../action.ts";
import type { AnswerTable } from "./answers.ts";

/** Answers to findings about tools and the patterns that name them. */
export const TOOL_ANSWERS: AnswerTable = {
  "unknown-tool": ({ snapshot, file }, { span }) => {
    const pattern = pathTo(file, span).find(({ kind }) => kind === "named") as Pattern | undefined;
    if (pattern === undefined || textOf(file, pattern).includes("*")) return [];
    return declaredTool(snapshot, file, pattern);
  },
  "repeated-tool": ({ file }, finding) => withoutPattern(file, finding.span),
  "no-matching-tool": ({ file }, finding) => withoutPattern(file, finding.span),
};

interface Pattern extends Span {
  readonly kind?: string;
  readonly server?: Span & { readonly text: string };
  readonly tool: Span & { readonly text: string };
}

function declaredTool(snapshot: Snapshot, file: SnapshotFile, pattern: Pattern): readonly Answer[] {
  const server = pattern.server?.text;
  const servers = [...snapshot.files.values()].flatMap((one) =>
    one.tree.items.flatMap((item) =>
      item.kind === "tools" && item.name?.text === server ? [{ file: one, item }] : [],
    ),
  );
  const call = pathTo(file, pattern).find(({ kind }) => kind === "call") as
    | { readonly input?: ExprNode }
    | undefined;
  const declared = `${textOf(file, pattern.tool)}(${parametersOf(call?.input)})`;
  const title = `declare it: \`${declared}\``;
  const inPlace = servers.find(({ item }) => item.from === undefined);
  if (inPlace) return [{ title, edits: [added(inPlace.file, inPlace.item, declared)] }];
  if (servers.length > 0) return [];
  const item = file.tree.items.find(({ start, end }) => start <= pattern.start && pattern.end <= end);
  const name = pattern.server === undefined ? "" : `${textOf(file, pattern.server)} `;
  const text = `tools ${name}{\n  ${declared}\n}\n\n`;
  return [{ title, edits: [inserted(file, item === undefined ? 0 : wholeLines(file, item).start, text)] }];
}

/** Another tool behind those of the item. */
function added(file: SnapshotFile, item: ToolsItem, text: string) {
  const last = item.tools.at(-1);
  if (last !== undefined) {
    const isLines = file.text.slice(item.start, last.start).includes("\n");
    return inserted(file, last.end, isLines ? `\n  ${text}` : ` ${text}`);
  }
  const open = file.text.indexOf("{", item.start);
  return replaced(file, { start: open < 0 ? item.end : open, end: item.end }, `{\n  ${text}\n}`);
}

const parametersOf = (input: ExprNode | undefined): string =>
  input?.kind === "record" ? input.fields.map(parameter).join(", ") : "";

const parameter = ({ name, value }: RecordFieldNode): string =>
  `${name.quoted ? JSON.stringify(name.text) : name.text}: ${typeOfLiteral(value)}`;

function typeOfLiteral(value: ExprNode): string {
  switch (value.kind) {
    case "string":
    case "number":
    case "boolean":
    case "null":
      return value.kind;
    case "negate":
      return "number";
    case "list":
      return `${value.items[0] === undefined ? "string" : typeOfLiteral(value.items[0])}[]`;
    case "record":
      return `{ ${value.fields.map(parameter).join(", ")} }`;
    default:
      return "any";
  }
}

/** Removes a pattern from the list that it is in, where others are left. */
function withoutPattern(file: SnapshotFile, span: Span): readonly Answer[] {
  const list = pathTo(file, span).find(({ kind }) => kind === "tools-pattern") as
    | { readonly patterns?: readonly Span[] }
    | undefined;
  const patterns = list?.patterns ?? [];
  const at = patterns.findIndex(({ start, end }) => start <= span.start && span.end <= end);
  const own = patterns[at];
  if (own === undefined || patterns.length < 2) return [];
  const [before, after] = [patterns[at - 1], patterns[at + 1]];
  const cut = before
    ? { start: before.end, end: own.end }
    : { start: own.start, end: after?.start ?? own.end };
  return [{ title: `remove \`${textOf(file, own)}\``, edits: [replaced(file, cut, "")] }];
}
