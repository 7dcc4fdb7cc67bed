import type { SemanticToken } from "../../../src/ide/model.ts";

/** `line:column text type modifiers`: lines and columns from 1. */
export const shownTokens = (text: string, tokens: readonly SemanticToken[]): readonly string[] =>
  tokens.map(({ start, end, type, modifiers }) => {
    const before = text.slice(0, start);
    const place = `${before.split("\n").length}:${start - before.lastIndexOf("\n")}`;
    return [place, text.slice(start, end), type, ...modifiers].join(" ");
  });
