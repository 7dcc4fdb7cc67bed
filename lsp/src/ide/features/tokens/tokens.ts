import type { NameFact, Span } from "@agentpolicy/language";
import type { SemanticToken } from "../../model.ts";
import type { Snapshot } from "../../snapshot.ts";
import { namesIn } from "../../words/names.ts";
import { IDLE } from "./declared.ts";
import { putLexical } from "./lexical.ts";
import { paint } from "./paint.ts";
import type { Painter } from "./painter.ts";
import { ordered, tokenList } from "./token.ts";

/**
 * What each word of a file is: in order, none over another, each on one line. With `span` only those that touch it.
 */
export function semanticTokens(snapshot: Snapshot, path: string, span?: Span): readonly SemanticToken[] {
  const file = snapshot.files.get(path);
  if (file === undefined) return [];
  const { tree, text } = file;
  const touches = ({ start, end }: Span) => span === undefined || (start <= span.end && span.start <= end);
  const items = tree.items.filter(touches);
  const { tokens, put } = tokenList();
  const inner: Span[] = [];
  const painter = painterFor(snapshot, path, put, inner);
  for (const item of items) paint(painter, item);
  const names = new Set(tokens.map(({ start }) => start));
  for (const part of inner) putLexical(text, part, names, put);
  const whole = { start: items[0]?.start ?? 0, end: items.at(-1)?.end ?? 0 };
  putLexical(text, span === undefined ? { start: 0, end: text.length } : whole, names, put);
  for (const comment of tree.comments) if (touches(comment)) put(comment, "comment");
  const found = ordered(tokens, text);
  return span === undefined ? found : found.filter(touches);
}

function painterFor(snapshot: Snapshot, path: string, put: Painter["put"], inner: Span[]): Painter {
  const { facts, diagnostics } = snapshot.result;
  return {
    put,
    facts,
    names: namesIn(snapshot, path),
    imported: (of, name) => importedKind(snapshot, of, name),
    idle: diagnostics.filter((one) => one.file === path && IDLE.has(one.code)),
    locals: new Set(),
    isIdle: false,
    field: "property",
    within: (span) => inner.push({ start: span.start, end: span.end }),
  };
}

function importedKind(snapshot: Snapshot, of: NameFact, name: string): NameFact["kind"] | undefined {
  if (of.kind !== "import" || of.path === null) return undefined;
  return namesIn(snapshot, of.path).get(name)?.kind;
}
