import type { Problem } from "../define.ts";
import * as lints from "./lints.ts";
import * as loading from "./loading.ts";
import * as names from "./names.ts";
import * as schema from "./schema.ts";
import * as syntax from "./syntax.ts";
import * as tests from "./tests.ts";
import * as types from "./types.ts";
import * as unicode from "./unicode.ts";

/**
 * Every kind of problem there is. Their codes are permanent; each has a page in `language/docs` and a spec in
 * `language/spec`.
 */
export const PROBLEMS: readonly Problem<never>[] = [
  lints,
  loading,
  names,
  schema,
  syntax,
  tests,
  types,
  unicode,
].flatMap((area): readonly Problem<never>[] => Object.values(area));
