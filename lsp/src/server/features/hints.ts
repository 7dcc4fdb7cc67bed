import { InlayHintKind, MarkupKind } from "vscode-languageserver";
import { inlayHints } from "../../ide/features/inlay/hints.ts";
import { inlineValues } from "../../ide/features/lenses/values.ts";
import { signatureHelp } from "../../ide/features/signature/help.ts";
import type { InlayHint } from "../../ide/model.ts";
import { asked, askedAt, type Session } from "../session.ts";
import type { Settings } from "../settings.ts";

/** What stands beside the text: hints, what a call takes, and what conditions came to for the call that was tried last. */
export function answerHints(session: Session): void {
  const { connection, tried } = session;
  connection.languages.inlayHint.on(async ({ textDocument, range }) => {
    const found = await asked(session, textDocument);
    if (!found) return null;
    const { snapshot, path, places } = found;
    return inlayHints(snapshot, path, places.span(range))
      .filter((hint) => isWanted(hint, session.settings))
      .map(({ offset, text, kind, tooltip }) => ({
        position: places.position(offset),
        label: text,
        ...(kind === "count" ? { paddingLeft: true } : { kind: KINDS[kind] }),
        ...(tooltip !== undefined && { tooltip: { kind: MarkupKind.Markdown, value: tooltip } }),
      }));
  });
  connection.onSignatureHelp(async (params) => {
    const found = await askedAt(session, params);
    const signature = found && signatureHelp(found.snapshot, found.path, found.offset);
    if (!signature) return null;
    const { label, doc, parameters, active } = signature;
    const shown = {
      label,
      ...(doc !== undefined && { documentation: { kind: MarkupKind.Markdown, value: doc } }),
      parameters: parameters.map(({ label: span, doc: said }) => ({
        label: [span.start, span.end] as [number, number],
        ...(said !== undefined && { documentation: { kind: MarkupKind.Markdown, value: said } }),
      })),
      activeParameter: active,
    };
    return { signatures: [shown], activeSignature: 0, activeParameter: active };
  });
  connection.languages.inlineValue.on(async ({ textDocument, range }) => {
    const found = await asked(session, textDocument);
    const last = found && tried.get(found.snapshot.entry);
    if (!found || !last) return [];
    const { snapshot, path, places } = found;
    const { request, figures } = last;
    return inlineValues(snapshot, path, places.span(range), request, { figures, now: Date.now() }).map(
      ({ span, text }) => ({
        range: places.range(span),
        text,
      }),
    );
  });
}

const KINDS = { type: InlayHintKind.Type, parameter: InlayHintKind.Parameter } as const;

const isWanted = ({ kind }: InlayHint, { inlayHints: { types, counts, parameters } }: Settings): boolean =>
  ({ type: types, count: counts, parameter: parameters })[kind];
