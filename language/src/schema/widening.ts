import type { Location } from "../text/span.ts";

/** A place of a schema whose type is wider than what the schema says. */
export interface Widening {
  readonly tool: string;
  /** JSON pointer from the root of the tool's input schema: `#/properties/filter`. */
  readonly path: string;
  /** The keyword that says more; `schema` where it is the schema as a whole. */
  readonly keyword: string;
  /** What is not enforced, in plain words. */
  readonly reason: string;
  readonly at: Location;
}
