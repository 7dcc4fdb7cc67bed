/** One thing that is wrong with a policy object. */
export interface PolicyFailure {
  /** Where: `rules[2].when.context.env`; empty for the whole object. */
  readonly path: string;
  /** The rule it is about, where that has an id. */
  readonly ruleId: string | null;
  /** What is wrong: lower-case, no period. */
  readonly message: string;
}

/** Thrown for a policy object of the wrong shape, with all that is wrong with it. */
export class PolicyValidationError extends Error {
  override readonly name = "PolicyValidationError";
  readonly failures: readonly PolicyFailure[];

  constructor(failures: readonly PolicyFailure[]) {
    const lines = failures.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`));
    super(`the policy is not valid\n${lines.map((line) => `  - ${line}`).join("\n")}`);
    this.failures = failures;
  }
}
