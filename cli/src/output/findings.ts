import { type Diagnostic, renderDiagnostic, type Severity } from "@agentpolicy/language";
import { counted } from "./counted.ts";
import type { Style } from "./style.ts";

/** How many findings there are of each severity. */
export type Tally = Readonly<Record<Severity, number>>;

export const tally = (diagnostics: readonly Diagnostic[]): Tally => ({
  error: diagnostics.filter(({ severity }) => severity === "error").length,
  warning: diagnostics.filter(({ severity }) => severity === "warning").length,
  hint: diagnostics.filter(({ severity }) => severity === "hint").length,
});

/** Errors and warnings are findings; a hint is a thought for the author. */
export const hasFindings = ({ error, warning }: Tally): boolean => error + warning > 0;

/** Errors and warnings with their source lines, a blank line after each; hints, which are thoughts, a line each. */
export const findingsText = (
  diagnostics: readonly Diagnostic[],
  sources: ReadonlyMap<string, string>,
  { colour }: Style,
): string => {
  const hints = diagnostics.filter(({ severity }) => severity === "hint");
  const framed = diagnostics
    .filter(({ severity }) => severity !== "hint")
    .map((diagnostic) => `${renderDiagnostic(diagnostic, sources, { style: "pretty", colour })}\n\n`);
  const short = hints.map((hint) => `${renderDiagnostic(hint, sources, { style: "short", colour })}\n`);
  return `${framed.join("")}${short.join("")}${short.length > 0 ? "\n" : ""}`;
};

/** The line that sums up: `2 errors and 1 warning in 3 policies`, or that all is well. */
export const summaryLine = (sum: Tally, policies: number, style: Style): string => {
  const parts = [
    sum.error > 0 ? style.red(counted(sum.error, "error")) : null,
    sum.warning > 0 ? style.yellow(counted(sum.warning, "warning")) : null,
    sum.hint > 0 ? style.blue(counted(sum.hint, "hint")) : null,
  ].filter((part) => part !== null);
  const where = policies === 1 ? "1 policy" : `${policies} policies`;
  if (parts.length === 0) return `${style.green("✓")} ${where} checked, nothing to report\n`;
  const list = parts.length === 1 ? parts[0] : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
  return `${hasFindings(sum) ? style.red("✗") : style.green("✓")} ${where} checked: ${list}\n`;
};
