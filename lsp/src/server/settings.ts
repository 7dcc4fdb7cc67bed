import { PROBLEMS } from "@agentpolicy/language";

export type ShownSeverity = "error" | "warning" | "information" | "hint" | "off";

/** What users set under `agentpolicy`. */
export interface Settings {
  readonly inlayHints: { readonly types: boolean; readonly counts: boolean; readonly parameters: boolean };
  readonly codeLens: boolean;
  /** How findings that are no errors are shown, by code. */
  readonly severity: Readonly<Record<string, ShownSeverity>>;
}

export const DEFAULT_SETTINGS: Settings = {
  inlayHints: { types: true, counts: true, parameters: true },
  codeLens: true,
  severity: {},
};

const SEVERITIES: readonly unknown[] = ["error", "warning", "information", "hint", "off"];
/** Errors stay errors: nothing is made from a policy that has one. */
const ADJUSTABLE = new Set(PROBLEMS.filter(({ severity }) => severity !== "error").map(({ code }) => code));

/** Settings as a client sends them. What is missing or no setting is as it is by default. */
export function settingsFrom(given: unknown): Settings {
  const { inlayHints, codeLens, severity } = recordOf(given);
  const hints = recordOf(inlayHints);
  const flag = (value: unknown) => (typeof value === "boolean" ? value : inlayHints !== false);
  return {
    inlayHints: {
      types: flag(hints.types),
      counts: flag(hints.counts),
      parameters: flag(hints.parameters),
    },
    codeLens: codeLens !== false,
    severity: Object.fromEntries(
      Object.entries(recordOf(severity)).filter(
        (entry): entry is [string, ShownSeverity] =>
          ADJUSTABLE.has(entry[0]) && SEVERITIES.includes(entry[1]),
      ),
    ),
  };
}

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
