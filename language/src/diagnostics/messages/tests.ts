import { problem } from "../define.ts";

/** A test that says something that cannot be. */
export const INVALID_TEST = problem<{
  readonly message: string;
  readonly label: string;
  readonly help: string | undefined;
}>("invalid-test", "error", (words) => words);

export const UNKNOWN_RULE = problem<{ readonly name: string; readonly near: string | undefined }>(
  "unknown-rule",
  "error",
  ({ name, near }) => ({
    message: `there is no rule \`${name}\``,
    label: near === undefined ? "no rule of the policy has this name" : `did you mean \`${near}\`?`,
  }),
);
