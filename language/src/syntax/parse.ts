import type { IToken } from "chevrotain";
import { diagnose } from "../diagnostics/define.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import * as problems from "../diagnostics/messages/syntax.ts";
import type { Item, SourceFile } from "./ast.ts";
import { PolicyParser } from "./grammar-items.ts";
import { lex } from "./lex.ts";
import { type DecodedText, decodeString } from "./literals.ts";
import { describe, type PendingTemplate } from "./parser-base.ts";
import { placeIn, splitTemplate } from "./template.ts";
import { DIAGNOSTIC_LIMIT, endOf } from "./token-checks.ts";

/** A file's tree, and what is wrong with its text. */
export interface Parsed {
  readonly tree: SourceFile;
  /** In the order of the text; empty exactly where the tree is what the author wrote. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The parser is costly to make and keeps nothing from one file to the next. */
let shared: PolicyParser | undefined;

/**
 * Reads the text of one policy file. Any text gives a tree: what could not be read is an error node or absent, and a
 * diagnostic says why. `path` is only a name here, for the tree and the diagnostics. See language/spec/syntax.md.
 */
export const parseFile = (text: string, path: string): Parsed => {
  shared ??= new PolicyParser();
  const parser = shared;
  const lexed = lex(text, path);
  parser.open(text, path, lexed);
  const items: readonly Item[] = parser.file() ?? [];
  const own: Diagnostic[] = parser.errors.map(({ token }) => unread(token, text, path));
  for (const template of parser.results().templates)
    if (own.length < DIAGNOSTIC_LIMIT) own.push(...readTemplate(parser, template, text, path));
  const diagnostics = [...lexed.diagnostics, ...parser.results().diagnostics, ...own].sort(
    (a, b) => a.span.start - b.span.start || a.span.end - b.span.end,
  );
  return {
    tree: { path, text, items, comments: lexed.comments, start: 0, end: text.length },
    diagnostics,
  };
};

/** The grammar takes every token; should one ever be left, the file is not what its author wrote. */
const unread = (token: IToken, text: string, path: string): Diagnostic => {
  const start = Number.isNaN(token.startOffset) ? text.length : token.startOffset;
  const facts = { expected: "an item such as `on TOOLS { … }`", found: describe(token) };
  return diagnose(problems.UNEXPECTED_TOKEN, facts, { file: path, start, end: start });
};

/** Reads the expressions in a text's braces into its parts, at their places in the file. */
const readTemplate = (
  parser: PolicyParser,
  { parts, start, end }: PendingTemplate,
  text: string,
  path: string,
): readonly Diagnostic[] => {
  const decoded = decodeString(text, start, end);
  const found: Diagnostic[] = [];
  for (const piece of splitTemplate(decoded)) {
    if (piece.kind === "string") parts.push(piece);
    else if (piece.kind === "mistake")
      found.push(
        diagnose(
          problems.BAD_TEMPLATE,
          { found: piece.found },
          { file: path, start: piece.start, end: piece.end },
        ),
      );
    else {
      const lexed = lex(decoded.value.slice(piece.from, piece.to), path);
      for (const token of lexed.tokens) move(token, decoded, piece.from);
      parser.restart(lexed.tokens, placeIn(decoded, piece.from), "`}`");
      parts.push(parser.shown());
      found.push(...lexed.diagnostics.map((diagnostic) => moved(diagnostic, decoded, piece.from)));
    }
  }
  return found;
};

const move = (token: IToken, decoded: DecodedText, from: number): void => {
  const end = placeIn(decoded, from + endOf(token));
  token.startOffset = placeIn(decoded, from + token.startOffset);
  token.endOffset = end - 1;
};

const moved = (diagnostic: Diagnostic, decoded: DecodedText, from: number): Diagnostic => ({
  ...diagnostic,
  span: {
    start: placeIn(decoded, from + diagnostic.span.start),
    end: placeIn(decoded, from + diagnostic.span.end),
  },
  fixes: [],
});
