import type { Location, Span } from "../text/span.ts";

/** `error` blocks compilation; `warning` is a finding; `hint` is a thought for the author and never fails a build. */
export type Severity = "error" | "warning" | "hint";

/** A second place that explains the first: where a thing is declared, the schema's own line. */
export interface Related extends Location {
  readonly message: string;
}

/** One replacement of text. An insertion has an empty span. */
export interface Edit extends Location {
  readonly text: string;
}

/** A change that an editor can apply. `preferred` marks the one that is almost surely meant. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly Edit[];
  readonly preferred: boolean;
}

/**
 * One finding. Data until the edge: nobody parses `message`; `code` is permanent and has a page in `language/docs`.
 * `message` is the headline (lower case, no period, names in backticks), `label` stands under the marked text,
 * `help` is one edit that the author can make.
 */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly label?: string;
  readonly help?: string;
  readonly file: string;
  readonly span: Span;
  readonly related: readonly Related[];
  readonly fixes: readonly Fix[];
}
