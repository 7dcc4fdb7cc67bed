import type { Diagnostic } from "vscode-languageserver";
import { diagnosticsFor } from "../convert/diagnostic.ts";
import type { Session } from "../session.ts";

/** What there is to say of a file, with an id that changes whenever that does. */
export interface Report {
  readonly id: string;
  readonly items: Diagnostic[];
}

export type Reports = (path: string) => Report;

export function reportsOf(session: Session): Reports {
  const last = new Map<string, { readonly report: Report; readonly text: string }>();
  let count = 0;
  return (path) => {
    const items = session.workspace.diagnostics(path).flatMap((finding) => diagnosticsFor(session, finding));
    const text = JSON.stringify(items);
    const before = last.get(path);
    if (before?.text === text) return before.report;
    count += 1;
    const report = { id: String(count), items };
    last.set(path, { report, text });
    return report;
  };
}
