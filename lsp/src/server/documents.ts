import type { TextDocumentContentChangeEvent } from "vscode-languageserver";
import { type Encoding, placesOf } from "./convert/positions.ts";

/** A text after edits of the client, which come one after the other. */
export const edited = (
  text: string,
  changes: readonly TextDocumentContentChangeEvent[],
  encoding: Encoding,
): string =>
  changes.reduce((before, change) => {
    if (!("range" in change)) return change.text;
    const { start, end } = placesOf(before, encoding).span(change.range);
    return before.slice(0, start) + change.text + before.slice(Math.max(start, end));
  }, text);
