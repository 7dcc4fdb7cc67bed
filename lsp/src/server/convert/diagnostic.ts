import type { Diagnostic as Finding } from "@agentpolicy/language";
import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from "vscode-languageserver";
import type { Session } from "../session.ts";
import type { ShownSeverity } from "../settings.ts";

const SEVERITIES: Readonly<Record<Exclude<ShownSeverity, "off">, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** A thought for the author should be seen, so it is no hint of the protocol's, which editors hardly show. */
const SHOWN = { error: "error", warning: "warning", hint: "information" } as const;

/** What could as well not be there. */
const UNNECESSARY = new Set([
  "unused-name",
  "never-matches",
  "never-decides",
  "redundant-condition",
  "repeated-entry",
  "repeated-tool",
  "needless-default",
  "needless-has",
  "needless-need",
]);

/** What the server finds again when it is asked for fixes of a diagnostic. */
export interface DiagnosticData {
  readonly fixes: number;
}

/** A finding for the client; none where it is turned off. */
export function diagnosticsFor(
  { client, settings, range, location }: Session,
  finding: Finding,
): readonly Diagnostic[] {
  const { code, file, span, related, fixes } = finding;
  const severity = settings.severity[code] ?? SHOWN[finding.severity];
  if (severity === "off") return [];
  const data: DiagnosticData = { fixes: fixes.length };
  return [
    {
      range: range(file, span),
      severity: SEVERITIES[severity],
      code,
      source: "agentpolicy",
      message: messageOf(finding),
      data,
      ...(client.pages !== null && { codeDescription: { href: `${client.pages}${code}.md` } }),
      ...(UNNECESSARY.has(code) && { tags: [DiagnosticTag.Unnecessary] }),
      ...(client.related &&
        related.length > 0 && {
          relatedInformation: related.map((cause) => ({
            location: location(cause),
            message: cause.message,
          })),
        }),
    },
  ];
}

const messageOf = ({ message, label, help }: Finding): string =>
  [message, label, help === undefined ? undefined : `help: ${help}`]
    .filter((line) => line !== undefined)
    .join("\n");
