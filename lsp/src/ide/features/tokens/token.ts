import type { Span } from "@agentpolicy/language";
import type { SemanticToken } from "../../model.ts";

export type TokenType = SemanticToken["type"];
export type Modifier = SemanticToken["modifiers"][number];

/** Where tokens are put as they are found, in any order. */
export type Put = (span: Span, type: TokenType, ...modifiers: Modifier[]) => void;

export function tokenList(): { readonly tokens: SemanticToken[]; readonly put: Put } {
  const tokens: SemanticToken[] = [];
  return {
    tokens,
    put: ({ start, end }, type, ...modifiers) => {
      if (start < end) tokens.push({ start, end, type, modifiers });
    },
  };
}

/** In order, none over another: of two that meet the first in the list is kept. One token a line, since editors want that. */
export function ordered(tokens: readonly SemanticToken[], text: string): readonly SemanticToken[] {
  const sorted = tokens.toSorted((one, other) => one.start - other.start);
  const kept: SemanticToken[] = [];
  for (const token of sorted) if (token.start >= (kept.at(-1)?.end ?? 0)) kept.push(token);
  return kept.flatMap((token) => byLine(token, text));
}

function byLine(token: SemanticToken, text: string): readonly SemanticToken[] {
  const written = text.slice(token.start, token.end);
  if (!/[\n\r]/.test(written)) return [token];
  return [...written.matchAll(/[^\n\r]+/g)].map(({ index, 0: line }) => ({
    ...token,
    start: token.start + index,
    end: token.start + index + line.length,
  }));
}
