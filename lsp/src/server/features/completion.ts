import { completions } from "../../ide/features/completion/completion.ts";
import type { Completion } from "../../ide/model.ts";
import { type CompletionData, completionItem, documentation } from "../convert/completion.ts";
import { askedAt, type Session } from "../session.ts";

/** What can be written at a place. */
export function answerCompletion(session: Session): void {
  const { connection, near } = session;
  let last: { readonly list: number; readonly offers: readonly Completion[] } = { list: 0, offers: [] };
  connection.onCompletion(async ({ textDocument, position }) => {
    const found = await askedAt(session, { textDocument, position });
    if (!found) return null;
    const { snapshot, path, offset, places } = found;
    const offers = completions(snapshot, path, offset, { files: near(path) });
    last = { list: last.list + 1, offers };
    const { list } = last;
    const { client } = session;
    return {
      isIncomplete: false,
      items: offers.map((offer, at) => completionItem(offer, { client, places, data: { list, at } })),
    };
  });
  connection.onCompletionResolve((item) => {
    const { list, at } = (item.data ?? {}) as Partial<CompletionData>;
    const doc = list === last.list && at !== undefined ? last.offers[at]?.doc : undefined;
    return doc === undefined ? item : { ...item, documentation: documentation(doc) };
  });
}
