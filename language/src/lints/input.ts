import type { CheckedPolicy } from "../core/policy.ts";
import type { DataFile } from "../program/program.ts";
import type { SourceFile } from "../syntax/ast.ts";
import type { LintMemory } from "./memory.ts";

/** What the lints look at: every file as it was parsed, and the checked policy where there is one. */
export interface LintInput {
  /** The policy's files, entry first. */
  readonly files: readonly SourceFile[];
  /** JSON files that constants are read from. */
  readonly data: readonly DataFile[];
  /** Text of each file, by path. */
  readonly sources: ReadonlyMap<string, string>;
  /** Null where the checker found errors: then only what the tree shows is judged. */
  readonly policy: CheckedPolicy | null;
  /** Null, or absent, where nothing is kept for the next time. */
  readonly memory?: LintMemory | null;
}
