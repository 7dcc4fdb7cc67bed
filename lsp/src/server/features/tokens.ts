import { SemanticTokensBuilder } from "vscode-languageserver";
import { semanticTokens } from "../../ide/features/tokens/tokens.ts";
import { type SemanticToken, TOKEN_MODIFIERS, TOKEN_TYPES } from "../../ide/model.ts";
import { type Asked, asked, type Session } from "../session.ts";

export const LEGEND = { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [...TOKEN_MODIFIERS] };

/** What each word is: of a document, of a part of it, or what is other than it was. */
export function answerTokens(session: Session): void {
  const { connection, uris } = session;
  const builders = new Map<string, SemanticTokensBuilder>();
  const builderFor = (path: string): SemanticTokensBuilder => {
    const builder = session.versions.has(path) ? builders.get(path) : undefined;
    for (const known of builders.keys()) if (!session.versions.has(known)) builders.delete(known);
    const made = builder ?? new SemanticTokensBuilder();
    builders.set(path, made);
    return made;
  };
  const { semanticTokens: tokens } = connection.languages;
  tokens.on(async ({ textDocument }) => {
    const found = await asked(session, textDocument);
    const builder = builderFor(uris.pathOf(textDocument.uri));
    builder.previousResult("");
    if (found) push(builder, found, semanticTokens(found.snapshot, found.path));
    return builder.build();
  });
  tokens.onDelta(async ({ textDocument, previousResultId }) => {
    const found = await asked(session, textDocument);
    const builder = builderFor(uris.pathOf(textDocument.uri));
    builder.previousResult(previousResultId);
    if (found) push(builder, found, semanticTokens(found.snapshot, found.path));
    return builder.buildEdits();
  });
  tokens.onRange(async ({ textDocument, range }) => {
    const found = await asked(session, textDocument);
    const builder = new SemanticTokensBuilder();
    if (found) push(builder, found, semanticTokens(found.snapshot, found.path, found.places.span(range)));
    return builder.build();
  });
}

const BITS = new Map(TOKEN_MODIFIERS.map((modifier, at) => [modifier, 1 << at] as const));
const TYPES = new Map(TOKEN_TYPES.map((type, at) => [type, at] as const));

function push(
  builder: SemanticTokensBuilder,
  { places }: Pick<Asked, "places">,
  tokens: readonly SemanticToken[],
): void {
  for (const { type, modifiers, ...span } of tokens) {
    const { start, end } = places.range(span);
    const bits = modifiers.reduce((sum, modifier) => sum | (BITS.get(modifier) ?? 0), 0);
    builder.push(start.line, start.character, end.character - start.character, TYPES.get(type) ?? 0, bits);
  }
}
