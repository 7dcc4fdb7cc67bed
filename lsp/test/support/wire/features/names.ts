import type * as lsp from "vscode-languageserver-protocol/node";
import type { CallItem, Highlight, Refused, SemanticToken } from "../../../../src/ide/model.ts";
import { TOKEN_MODIFIERS, TOKEN_TYPES } from "../../../../src/ide/model.ts";
import { kindOf, SYMBOL_KINDS } from "../../../../src/server/convert/kinds.ts";
import {
  shownCalls,
  shownHighlights,
  shownPlaces,
  shownPrepared,
  shownRename,
  shownSpans,
} from "../../shown/names.ts";
import { shownTokens } from "../../shown/tokens.ts";
import { changeOf } from "../edits.ts";
import type { Ask, Scene } from "../scene.ts";

/** Names, and what each word is. */
export const NAMES: Readonly<Record<string, Ask>> = {
  definition: async (scene) => {
    const links = (await scene.ask<lsp.LocationLink[] | null>("definition")) ?? [];
    const places = links.map(({ targetUri, targetSelectionRange }) =>
      scene.location({ uri: targetUri, range: targetSelectionRange }),
    );
    return shownPlaces(scene.asked.files, places);
  },
  references: async (scene) => {
    const context = { includeDeclaration: scene.asked.words !== "uses" };
    const found = (await scene.ask<lsp.Location[] | null>("references", { context })) ?? [];
    return shownPlaces(scene.asked.files, found.map(scene.location));
  },
  highlight: async (scene) => {
    const found = (await scene.ask<lsp.DocumentHighlight[] | null>("documentHighlight")) ?? [];
    const plain = found.map(
      ({ range, kind }): Highlight => ({ ...scene.span(range), kind: kind === 3 ? "write" : "read" }),
    );
    return shownHighlights(scene.asked.files, scene.asked.path, plain);
  },
  linked: async (scene) => {
    const found = await scene.ask<lsp.LinkedEditingRanges | null>("linkedEditingRange");
    const spans = (found?.ranges ?? []).map((range) => scene.span(range));
    return shownSpans(scene.asked.files, scene.asked.path, spans);
  },
  rename: async (scene) => {
    const { words, path } = scene.asked;
    if (words !== "") {
      const edit = await refusable(scene.ask<lsp.WorkspaceEdit | null>("rename", { newName: words }));
      return shownRename(scene.asked.files, isRefused(edit) ? edit : changeOf(scene, edit));
    }
    const found = await refusable(
      scene.ask<{ range: lsp.Range; placeholder: string } | null>("prepareRename"),
    );
    const prepared =
      found === null || isRefused(found) ? found : { span: scene.span(found.range), name: found.placeholder };
    return shownPrepared(scene.asked.files, path, prepared);
  },
  calls: async (scene) => {
    const items = (await scene.ask<lsp.CallHierarchyItem[] | null>("prepareCallHierarchy")) ?? [];
    const calls = items.map(async (item) => {
      const ask = <T>(way: string) =>
        scene.client.connection.sendRequest<T>(`callHierarchy/${way}`, { item });
      const incoming = await ask<lsp.CallHierarchyIncomingCall[]>("incomingCalls");
      const outgoing = await ask<lsp.CallHierarchyOutgoingCall[]>("outgoingCalls");
      return {
        item: itemOf(scene, item),
        incoming: incoming.map(({ from, fromRanges }) => ({
          item: itemOf(scene, from),
          at: fromRanges.map((range) => scene.span(range, scene.path(from.uri))),
        })),
        outgoing: outgoing.map(({ to, fromRanges }) => ({
          item: itemOf(scene, to),
          at: fromRanges.map((range) => scene.span(range, scene.path(item.uri))),
        })),
      };
    });
    return shownCalls(scene.asked.files, await Promise.all(calls));
  },
  tokens: async (scene) => {
    const { asked, range } = scene;
    const { data } =
      asked.end > asked.offset
        ? await scene.ask<lsp.SemanticTokens>("semanticTokens/range", { range })
        : await scene.ask<lsp.SemanticTokens>("semanticTokens/full");
    return shownTokens(scene.text, tokensOf(scene, data));
  },
};

const isRefused = (value: object | null): value is Refused => value !== null && "refused" in value;

const refusable = <T>(answer: Promise<T>): Promise<T | Refused> =>
  answer.catch((error: Error) => ({ refused: error.message }));

const itemOf = (
  scene: Scene,
  { name, kind, uri, range, selectionRange }: lsp.CallHierarchyItem,
): CallItem => ({
  name,
  kind: kindOf(SYMBOL_KINDS, kind) as CallItem["kind"],
  ...scene.location({ uri, range: selectionRange }),
  all: scene.span(range, scene.path(uri)),
});

/** Each token is five numbers: lines and columns since the one before, length, type, modifiers. */
function tokensOf(scene: Scene, data: readonly number[]): readonly SemanticToken[] {
  const tokens: SemanticToken[] = [];
  let [line, character] = [0, 0];
  for (let at = 0; at < data.length; at += 5) {
    const [lines = 0, columns = 0, length = 0, type = 0, bits = 0] = data.slice(at, at + 5);
    line += lines;
    character = lines === 0 ? character + columns : columns;
    const start = { line, character };
    tokens.push({
      ...scene.span({ start, end: { line, character: character + length } }),
      type: TOKEN_TYPES[type] ?? "comment",
      modifiers: TOKEN_MODIFIERS.filter((_, bit) => bits & (1 << bit)),
    });
  }
  return tokens;
}
