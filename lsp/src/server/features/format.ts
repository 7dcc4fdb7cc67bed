import type { Edit } from "@agentpolicy/language";
import { formatDocument, formatRange } from "../../ide/features/format/format.ts";
import { formatOnType } from "../../ide/features/format/on-type.ts";
import { textEdit } from "../convert/edit.ts";
import { asked, askedAt, type Session } from "../session.ts";

/** The one canonical format: of a document, of parts of it, and while it is typed. */
export function answerFormat(session: Session): void {
  const { connection } = session;
  const shown = (edits: readonly Edit[]) => edits.map((edit) => textEdit(session, edit));
  connection.onDocumentFormatting(async ({ textDocument }) => {
    const found = await asked(session, textDocument);
    return found && shown(formatDocument(found.file));
  });
  connection.onDocumentRangeFormatting(async ({ textDocument, range }) => {
    const found = await asked(session, textDocument);
    return found && shown(formatRange(found.file, found.places.span(range)));
  });
  connection.onDocumentOnTypeFormatting(async ({ textDocument, position, ch }) => {
    const found = await askedAt(session, { textDocument, position });
    return found && shown(formatOnType(found.file, found.offset, ch));
  });
}
