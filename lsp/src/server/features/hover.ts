import { MarkupKind } from "vscode-languageserver";
import { hover } from "../../ide/features/hover/hover.ts";
import { askedAt, type Session } from "../session.ts";

/** What stands at a place. */
export function answerHover(session: Session): void {
  const link = (file: string, line: number) => `${session.uris.uriOf(file)}#L${line}`;
  session.connection.onHover(async (params) => {
    const found = await askedAt(session, params);
    const shown = found && hover(found.snapshot, found.path, found.offset, link);
    if (!found || !shown) return null;
    const { markdown, span } = shown;
    return { contents: { kind: MarkupKind.Markdown, value: markdown }, range: found.places.range(span) };
  });
}
