import type { Location } from "../text/span.ts";
import type { Diagnostic, Fix, Related, Severity } from "./diagnostic.ts";

/** What one place writes about one kind of problem. */
export interface Words {
  readonly message: string;
  readonly label?: string | undefined;
  readonly help?: string | undefined;
}

/** A kind of problem: its permanent code, its severity and the one place that turns facts into words. */
export interface Problem<Facts> {
  readonly code: string;
  readonly severity: Severity;
  readonly words: (facts: Facts) => Words;
}

/** Declares a kind of problem. Every one of them is listed in `messages/` and has a page in `language/docs`. */
export const problem = <Facts>(
  code: string,
  severity: Severity,
  words: (facts: Facts) => Words,
): Problem<Facts> => ({ code, severity, words });

/** Makes the diagnostic for a problem found at a place. */
export const diagnose = <Facts>(
  kind: Problem<Facts>,
  facts: Facts,
  at: Location,
  more: { readonly related?: readonly Related[]; readonly fixes?: readonly Fix[] } = {},
): Diagnostic => {
  const { message, label, help } = kind.words(facts);
  return {
    code: kind.code,
    severity: kind.severity,
    message,
    ...(label === undefined ? {} : { label }),
    ...(help === undefined ? {} : { help }),
    file: at.file,
    span: { start: at.start, end: at.end },
    related: more.related ?? [],
    fixes: more.fixes ?? [],
  };
};
