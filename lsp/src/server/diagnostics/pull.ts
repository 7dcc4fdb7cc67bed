import {
  type CancellationToken,
  type DocumentDiagnosticReport,
  LSPErrorCodes,
  ResponseError,
  type WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver";
import type { Session } from "../session.ts";
import { analyseAll } from "./analysis.ts";
import type { Reports } from "./reports.ts";

/** Answers clients that ask for diagnostics. */
export function answerPulls(session: Session, reports: Reports): void {
  const { connection, workspace, uris, versions } = session;
  const reported = new Set<string>();
  connection.languages.diagnostics.on(async ({ textDocument, previousResultId }) => {
    const path = uris.pathOf(textDocument.uri);
    await session.settled(() => workspace.snapshotsOf(path));
    return reportOf(reports(path), previousResultId);
  });
  connection.languages.diagnostics.onWorkspace(async ({ previousResultIds }, token) => {
    const isDone = await analyseAll(session, () => !token.isCancellationRequested);
    if (!isDone) throw cancelled(token);
    const known = new Map(previousResultIds.map(({ uri, value }) => [uris.pathOf(uri), value]));
    const items: WorkspaceDocumentDiagnosticReport[] = [];
    for (const path of new Set([...workspace.files(), ...reported, ...known.keys()])) {
      const report = reports(path);
      const before = known.get(path);
      if (report.items.length === 0 && before === undefined && !reported.has(path)) continue;
      reported.add(path);
      items.push({
        ...reportOf(report, before),
        uri: uris.uriOf(path),
        version: versions.get(path) ?? null,
      });
    }
    return { items };
  });
}

const reportOf = (
  { id, items }: ReturnType<Reports>,
  before: string | undefined,
): DocumentDiagnosticReport =>
  before === id ? { kind: "unchanged", resultId: id } : { kind: "full", resultId: id, items };

/** A look that was overtaken by an edit is asked for again; one that the client gave up is not. */
const cancelled = (token: CancellationToken) =>
  token.isCancellationRequested
    ? new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled")
    : new ResponseError(LSPErrorCodes.ServerCancelled, "checked again", { retriggerRequest: true });
