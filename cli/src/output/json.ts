import type { Diagnostic } from "@agentpolicy/language";
import { locationOf, type Places, type Range } from "./places.ts";

/** One finding as `--format json` gives it. */
export interface JsonDiagnostic {
  readonly code: string;
  readonly severity: Diagnostic["severity"];
  readonly message: string;
  readonly label?: string;
  readonly help?: string;
  readonly file: string;
  readonly range: Range;
  readonly related: readonly { readonly message: string; readonly file: string; readonly range: Range }[];
  readonly fixes: readonly {
    readonly title: string;
    readonly preferred: boolean;
    readonly edits: readonly { readonly file: string; readonly range: Range; readonly newText: string }[];
  }[];
}

export const jsonDiagnostic = (diagnostic: Diagnostic, places: Places): JsonDiagnostic => {
  const { code, severity, message, label, help, file, related, fixes } = diagnostic;
  return {
    code,
    severity,
    message,
    ...(label === undefined ? {} : { label }),
    ...(help === undefined ? {} : { help }),
    file,
    range: places(locationOf(diagnostic)),
    related: related.map((cause) => ({ message: cause.message, file: cause.file, range: places(cause) })),
    fixes: fixes.map(({ title, preferred, edits }) => ({
      title,
      preferred,
      edits: edits.map((edit) => ({ file: edit.file, range: places(edit), newText: edit.text })),
    })),
  };
};
