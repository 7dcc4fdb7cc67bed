import { problem } from "../define.ts";

const KINDS = { policy: "policy file", catalogue: "tool catalogue", data: "data file" };

/** `near` is a path that exists, where one that differs in its ending does. */
export const MISSING_FILE = problem<{
  readonly what: keyof typeof KINDS;
  readonly path: string;
  readonly near: string | undefined;
}>("missing-file", "error", ({ what, path, near }) => ({
  message: `cannot read the ${KINDS[what]} \`${path}\``,
  label: near === undefined ? "no such file" : `did you mean \`${near}\`?`,
  help: "a path is relative to the folder of the file that it stands in",
}));

export const IMPORT_CYCLE = problem<{ readonly cycle: readonly string[] }>(
  "import-cycle",
  "error",
  ({ cycle }) => ({
    message: "files import each other in a circle",
    label: cycle.map((path) => path.slice(path.lastIndexOf("/") + 1)).join(" → "),
    help: "move what both files need into a third file that imports neither",
  }),
);

export const INVALID_DATA = problem<{ readonly reason: string }>("invalid-data", "error", ({ reason }) => ({
  message: "this data file is not valid JSON",
  label: reason,
}));
