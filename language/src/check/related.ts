import type { Related } from "../diagnostics/diagnostic.ts";
import type { Location } from "../text/span.ts";

/** The place where a thing is declared, as a related place; none where it has no place. */
export const declaredHere = (at: Location | undefined, message = "declared here"): readonly Related[] =>
  at === undefined ? [] : [{ file: at.file, start: at.start, end: at.end, message }];
