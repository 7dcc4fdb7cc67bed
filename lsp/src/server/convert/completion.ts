import { type CompletionItem, InsertTextFormat, MarkupKind } from "vscode-languageserver";
import type { Completion } from "../../ide/model.ts";
import type { Client } from "../client.ts";
import { COMPLETION_KINDS } from "./kinds.ts";
import type { Places } from "./positions.ts";
import { plainText } from "./snippet.ts";

/** Which item of which list: what `completionItem/resolve` asks for. */
export interface CompletionData {
  readonly list: number;
  readonly at: number;
}

/** An offer for the client. What it documents comes when it is looked at, where the client can ask for that. */
export function completionItem(
  { label, kind, replace, insert, snippet, detail, doc, filter, rank, more }: Completion,
  {
    client,
    places,
    data,
  }: { readonly client: Client; readonly places: Places; readonly data: CompletionData },
): CompletionItem {
  const isSnippet = snippet && client.snippets;
  return {
    label,
    kind: COMPLETION_KINDS[kind],
    textEdit: { range: places.range(replace), newText: snippet && !isSnippet ? plainText(insert) : insert },
    insertTextFormat: isSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    sortText: String(rank).padStart(5, "0"),
    filterText: filter ?? label,
    ...(detail !== undefined && { detail }),
    ...(more && {
      additionalTextEdits: more.map((edit) => ({ range: places.range(edit), newText: edit.text })),
    }),
    ...(doc !== undefined && (client.resolvesDocs ? { data } : { documentation: documentation(doc) })),
  };
}

export const documentation = (doc: string) => ({ kind: MarkupKind.Markdown, value: doc });
