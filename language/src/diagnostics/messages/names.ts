import { problem } from "../define.ts";

type Near = string | undefined;

const didYouMean = (near: Near, otherwise: string): string =>
  near === undefined ? otherwise : `did you mean \`${near}\`?`;

const list = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(", ");

/** What the kinds of items are called in messages. */
const KIND: Readonly<Record<string, string>> = {
  let: "a constant",
  fn: "a function",
  type: "a type",
  track: "a track",
  import: "an import",
  parameter: "a parameter",
  server: "a server",
  tool: "the tool under check",
};

const called = (what: string): string => KIND[what] ?? `a ${what}`;

export const UNKNOWN_NAME = problem<{ readonly name: string; readonly near: Near }>(
  "unknown-name",
  "error",
  ({ name, near }) => ({
    message: `nothing here is called \`${name}\``,
    label: didYouMean(near, "not declared"),
    help:
      near === undefined ? `declare it with \`let\`, or write "${name}" if it is meant as text` : undefined,
  }),
);

export const UNKNOWN_FUNCTION = problem<{
  readonly name: string;
  readonly near: Near;
  readonly all: readonly string[];
  /** How it is written after its value, where it is a method or property. */
  readonly member: string | undefined;
}>("unknown-function", "error", ({ name, near, all, member }) => ({
  message: `there is no function \`${name}\``,
  label: didYouMean(
    near,
    member === undefined ? `not declared; the parsers are ${list(all)}` : "not a function",
  ),
  help: member === undefined ? undefined : `write it after the value: \`x.${member}\``,
}));

export const UNKNOWN_TOOL_PROPERTY = problem<{
  readonly name: string;
  readonly near: Near;
  readonly all: readonly string[];
}>("unknown-tool-property", "error", ({ name, near, all }) => ({
  message: `\`tool\` has no property \`${name}\``,
  label: didYouMean(near, `there are ${list(all)}`),
}));

export const UNKNOWN_IMPORTED_NAME = problem<{
  readonly name: string;
  readonly of: string;
  readonly near: Near;
  readonly isImport: boolean;
}>("unknown-imported-name", "error", ({ name, of, near, isImport }) => ({
  message: `\`${of}\` declares no \`${name}\``,
  label: isImport
    ? "an import of the other file; import it here, too"
    : didYouMean(near, "not declared there"),
}));

/** A name that stands for something, though for no value. */
export const NOT_A_VALUE = problem<{
  readonly name: string;
  readonly what: string;
  readonly help: string | undefined;
}>("not-a-value", "error", ({ name, what, help }) => ({
  message: `\`${name}\` is not a value`,
  label: `this is ${called(what)}`,
  help,
}));

/** A function or method without its parentheses, or a value with them. */
export const PARENTHESES = problem<{
  readonly name: string;
  readonly help: string;
  readonly missing: boolean;
}>("parentheses", "error", ({ name, help, missing }) => ({
  message: missing ? `\`${name}\` is called with parentheses` : `\`${name}\` takes no parentheses`,
  label: missing ? "`(` is missing" : "a value, not a function",
  help,
}));

const STANDS: Readonly<Record<string, string>> = {
  constant: "in a constant",
  where: "in `where`",
  test: "in a test",
  function: "in a function",
  track: "in a track",
};

const INSTEAD: Readonly<Record<string, string>> = {
  constant: "what reads the request is a function: `fn name() = …`",
  where: "`where` is decided before any call; what depends on the call belongs in `when`",
  test: "a test states its values",
  function: "pass it as a parameter",
};

export const NOT_READABLE = problem<{ readonly what: string; readonly within: string }>(
  "not-readable-here",
  "error",
  ({ what, within }) => ({
    message: `${what} cannot be read ${STANDS[within] ?? "here"}`,
    label: "not known here",
    help: INSTEAD[within],
  }),
);

export const NOT_A_FUNCTION = problem<{ readonly name: string; readonly what: string }>(
  "not-a-function",
  "error",
  ({ name, what }) => ({
    message: `\`${name}\` cannot be called`,
    label: `this is ${called(what)}`,
  }),
);

export const SHADOWED_NAME = problem<{ readonly name: string }>("shadowed-name", "error", ({ name }) => ({
  message: `the parameter \`${name}\` hides another name`,
  label: "already means something here",
  help: "give the parameter a name of its own",
}));

export const RESERVED_NAME = problem<{ readonly name: string }>("reserved-name", "error", ({ name }) => ({
  message: `\`${name}\` is a name of the language`,
  label: "cannot be declared again",
}));

export const UNUSED_NAME = problem<{ readonly name: string; readonly what: string }>(
  "unused-name",
  "warning",
  ({ name, what }) => ({
    message: what === "server" ? `no rule or track names a tool of \`${name}\`` : `\`${name}\` is never used`,
    label: what === "server" ? "its tools are all denied" : `${called(what)} that nothing uses`,
    help: what === "server" ? "add a rule for its tools, or remove it" : "remove it, or use it",
  }),
);

export const DUPLICATE_NAME = problem<{ readonly name: string; readonly what: string }>(
  "duplicate-name",
  "error",
  ({ name, what }) => ({
    message: `\`${name}\` is declared twice`,
    label: `already the name of ${called(what)}`,
    help: "values, types and imports of a file share one set of names",
  }),
);

export const DUPLICATE_FIELD = problem<{ readonly name: string }>("duplicate-field", "error", ({ name }) => ({
  message: `the field \`${name}\` stands here twice`,
  label: "given before",
}));

export const DUPLICATE_RULE = problem<{ readonly name: string }>("duplicate-rule", "error", ({ name }) => ({
  message: `two rules are called \`${name}\``,
  label: "a rule's name is unique in its file",
  help: "audit records name the rule that decided, so give this one a name of its own",
}));

export const DUPLICATE_TOOL = problem<{ readonly name: string }>("duplicate-tool", "error", ({ name }) => ({
  message: `the tool \`${name}\` is declared twice`,
  label: "declared before",
  help: "a request names its tool by this name alone",
}));

export const DUPLICATE_ITEM = problem<{ readonly what: string }>("duplicate-item", "error", ({ what }) => ({
  message: `a policy has one \`${what}\``,
  label: "the second one",
  help: "remove it",
}));

const WHERE_ALLOWED = {
  import: "belongs in the policy's entry file",
  tests: "does not belong in a file of tests",
};

export const MISPLACED_ITEM = problem<{ readonly what: string; readonly where: keyof typeof WHERE_ALLOWED }>(
  "misplaced-item",
  "error",
  ({ what, where }) => ({
    message: `\`${what === "block" ? "on" : what}\` ${WHERE_ALLOWED[where]}`,
    label: where === "import" ? "this file is imported" : "move it into the policy",
  }),
);

export const UNKNOWN_TYPE = problem<{ readonly name: string; readonly near: Near }>(
  "unknown-type",
  "error",
  ({ name, near }) => ({
    message: `there is no type \`${name}\``,
    label: didYouMean(near, "not declared"),
    help: near === undefined ? `declare it: \`type ${name} = …\`` : undefined,
  }),
);

export const NOT_A_TYPE = problem<{ readonly name: string; readonly what: string }>(
  "not-a-type",
  "error",
  ({ name, what }) => ({ message: `\`${name}\` is not a type`, label: `this is ${called(what)}` }),
);

/** A type, constant or function that is made of itself. `cycle` holds the names on the way. */
export const RECURSIVE_NAME = problem<{
  readonly name: string;
  readonly what: string;
  readonly cycle: readonly string[];
}>("recursive-name", "error", ({ name, what, cycle }) => ({
  message: `the ${what} \`${name}\` is defined by itself`,
  label: cycle.length > 1 ? [...cycle, name].map((step) => `\`${step}\``).join(" → ") : "its own name",
  help:
    what === "function" ? "a policy has no recursion; use `any`, `all` or `count` over a list" : undefined,
}));

export const OPTIONAL_PARAMETER = problem<{ readonly name: string }>(
  "optional-parameter",
  "error",
  ({ name }) => ({
    message: `the parameter \`${name}\` cannot be optional`,
    label: "a function is called with all its arguments",
    help: "give what stands in its place where the function is called: `f(x ?? …)`",
  }),
);

/** A definition that is too large to be worked with; `reason` says in which way. */
export const DEFINITION_LIMIT = problem<{ readonly name: string; readonly reason: string }>(
  "definition-limit",
  "error",
  ({ name, reason }) => ({
    message: `\`${name}\` is built on too many other definitions`,
    label: reason,
    help: "say it more directly",
  }),
);

export const MISSING_TYPE = problem<{ readonly name: string }>("missing-type", "error", ({ name }) => ({
  message: `\`${name}\` needs a type`,
  label: "read from a file, so its type must be said",
  help: `write \`let ${name}: string[] from …\`, for instance`,
}));

export const UNKNOWN_HINT = problem<{
  readonly name: string;
  readonly near: Near;
  readonly all: readonly string[];
}>("unknown-hint", "error", ({ name, near, all }) => ({
  message: `there is no hint \`@${name}\``,
  label: didYouMean(near, `there are ${all.map((hint) => `\`@${hint}\``).join(", ")}`),
}));

export const CONTRADICTORY_HINTS = problem<{ readonly tool: string }>(
  "contradictory-hints",
  "error",
  ({ tool }) => ({
    message: `\`${tool}\` cannot be both read-only and destructive`,
    label: "what only reads destroys nothing",
    help: "keep one of the two",
  }),
);

export const UNKNOWN_TOOL = problem<{
  readonly name: string;
  readonly near: Near;
  readonly isPattern: boolean;
}>("unknown-tool", "error", ({ name, near }) => ({
  message: `no tool is called \`${name}\``,
  label: didYouMean(near, "no catalogue declares it"),
  help: near === undefined ? "for calls to tools that no catalogue declares, write `on unknown`" : undefined,
}));

export const NO_MATCHING_TOOL = problem<{
  readonly name: string;
  readonly near: Near;
  readonly isPattern: boolean;
}>("no-matching-tool", "error", ({ name, near }) => ({
  message: `no tool matches \`${name}\``,
  label: didYouMean(near, "matches nothing"),
}));

export const WHERE_MATCHES_NOTHING = problem<object>("where-matches-nothing", "warning", () => ({
  message: "this `where` leaves no tool",
  label: "holds for none of the tools before it, so nothing here ever applies",
  help: "compare it with the names, titles and hints in the catalogue; `tool.name` is the whole name, `server.tool`",
}));

export const WHERE_NOT_DECIDED = problem<object>("where-not-decided", "error", () => ({
  message: "`where` must be decided before any call",
  label: "depends on more than the tool",
  help: "`where` speaks of `tool.name`, `tool.server`, `tool.title` and the hints; the rest belongs in `when`",
}));

export const WHERE_UNKNOWN = problem<object>("where-unknown", "error", () => ({
  message: "`where` cannot be decided for unknown tools",
  label: "depends on the tool's name",
  help: "give `on unknown` a block of its own and test `tool.name` in `when`",
}));

export const CONFLICTING_FIELD = problem<{
  readonly name: string;
  readonly type: string;
  readonly other: string;
}>("conflicting-field", "error", ({ name, type, other }) => ({
  message: `\`${name}\` is declared in two ways`,
  label: `\`${type}\` here, \`${other}\` there`,
  help: "shapes are shared by all files of a policy, so their fields must agree",
}));
