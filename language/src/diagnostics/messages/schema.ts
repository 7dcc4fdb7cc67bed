import { problem } from "../define.ts";

/** `reason` is what the JSON reader says, in plain words. */
export const MALFORMED_JSON = problem<{ readonly reason: string }>(
  "malformed-json",
  "error",
  ({ reason }) => ({
    message: "the tool catalogue is not well-formed JSON",
    label: reason,
  }),
);

export const UNKNOWN_CATALOGUE = problem<{ readonly found: string }>(
  "unknown-catalogue",
  "error",
  ({ found }) => ({
    message: "the file is not a tool catalogue",
    label: `expected a list of tools, found ${found}`,
    help: 'give it the shape of an MCP `tools/list` result: { "tools": [ … ] }',
  }),
);

export const INVALID_TOOL = problem<{ readonly reason: string }>("invalid-tool", "error", ({ reason }) => ({
  message: "an entry of the catalogue is not a tool",
  label: reason,
}));

export const REPEATED_TOOL = problem<{ readonly name: string }>("repeated-tool", "error", ({ name }) => ({
  message: `the catalogue declares the tool \`${name}\` twice`,
  label: "declared again here",
  help: "keep one of the two",
}));

export const INVALID_SCHEMA = problem<{ readonly tool: string; readonly reason: string }>(
  "invalid-schema",
  "error",
  ({ tool, reason }) => ({
    message: `the input schema of \`${tool}\` is of no use`,
    label: reason,
  }),
);

export const INVALID_HINT = problem<{ readonly hint: string; readonly found: string }>(
  "invalid-hint",
  "warning",
  ({ hint, found }) => ({
    message: `the hint \`${hint}\` is neither true nor false`,
    label: `expected \`true\` or \`false\`, found ${found}`,
    help: "without it, MCP's own default counts",
  }),
);
