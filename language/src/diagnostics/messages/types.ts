import { problem } from "../define.ts";

type Near = string | undefined;
type ForTools = { readonly tools: readonly string[] };

const didYouMean = (near: Near, otherwise: string): string =>
  near === undefined ? otherwise : `did you mean \`${near}\`?`;

/** A value as it fits into a headline. */
const clip = (value: string): string => (value.length > 24 ? `${value.slice(0, 23)}…` : value);

/** What there is, where it is little enough to be said. */
const oneOf = (known: readonly string[]): string => {
  if (known.length === 0) return "it declares none";
  const shown = known.slice(0, 6).map((name) => `\`${name}\``);
  return `there ${known.length === 1 ? "is" : "are"} ${shown.join(", ")}${known.length > 6 ? ", …" : ""}`;
};

const toolsWords = (tools: readonly string[]): string => {
  const [only] = tools;
  if (only === undefined) return "the tool has";
  if (tools.length === 1) return `tool \`${only}\` has`;
  return tools.length === 2
    ? `\`${only}\` and \`${tools[1]}\` have`
    : `\`${only}\` and ${tools.length - 1} more tools have`;
};

/** `elsewhere`: another tool that the rule covers has the argument. */
export const UNKNOWN_ARGUMENT = problem<
  {
    readonly name: string;
    readonly near: Near;
    readonly known: readonly string[];
    readonly elsewhere: boolean;
  } & ForTools
>("unknown-argument", "error", ({ name, near, known, elsewhere, tools }) => ({
  message: `${toolsWords(tools)} no argument \`${name}\``,
  label: elsewhere ? "not in every tool of the rule" : didYouMean(near, oneOf(known)),
  help: elsewhere
    ? `\`input has ${name} and …\` asks only where the tool has it`
    : near === undefined
      ? undefined
      : `write \`input.${near}\``,
}));

export const UNKNOWN_FIELD = problem<{
  readonly name: string;
  readonly record: string;
  readonly near: Near;
  readonly known: readonly string[];
}>("unknown-field", "error", ({ name, record, near, known }) => ({
  message: `\`${record}\` has no field \`${name}\``,
  label: didYouMean(near, oneOf(known)),
}));

/** `fields` are the missing ones with their types: `amount: number`. */
export const MISSING_ARGUMENT = problem<{ readonly path: string; readonly fields: readonly string[] }>(
  "missing-argument",
  "error",
  ({ path, fields }) => ({
    message: `\`${path}\` is not complete`,
    label: `${fields.map((field) => `\`${field}\``).join(" and ")} ${fields.length === 1 ? "is" : "are"} missing`,
    help: "a test that means to leave it out writes `call TOOL raw { … }`",
  }),
);

export const UNGUARDED = problem<{ readonly path: string; readonly record: string; readonly name: string }>(
  "unguarded-optional",
  "error",
  ({ path, record, name }) => ({
    message: `\`${path}\` may be absent`,
    label: "optional, and not asked for before",
    help: `ask for it first, \`${record} has ${name} and …\`, or give a default: \`${path} ?? …\``,
  }),
);

export const MAYBE_NULL = problem<{ readonly text: string }>("unguarded-null", "error", ({ text }) => ({
  message: `\`${text}\` may be null`,
  label: "null is one of its values",
  help: `ask first, \`${text} != null and …\`, or give a default: \`${text} ?? …\``,
}));

export const ANY_NOT_NARROWED = problem<{ readonly text: string; readonly wanted: string | undefined }>(
  "any-not-narrowed",
  "error",
  ({ text, wanted }) => ({
    message: `\`${text}\` can be anything`,
    label: wanted === undefined ? "nothing is known of it" : `expected \`${wanted}\`, found \`any\``,
    help: `ask first: \`${text} is ${wanted ?? "string"} and …\``,
  }),
);

export const TYPE_MISMATCH = problem<{
  readonly what: string;
  readonly expected: string;
  readonly found: string;
  readonly help?: string;
}>("type-mismatch", "error", ({ what, expected, found, help }) => ({
  message: `${what} has the wrong type`,
  label: `expected \`${expected}\`, found \`${found}\``,
  help,
}));

export const NOT_CONDITION = problem<{ readonly text: string; readonly found: string }>(
  "not-a-condition",
  "error",
  ({ text, found }) => ({
    message: `\`${text}\` is neither true nor false`,
    label: `expected \`boolean\`, found \`${found}\``,
    help: "compare it with something",
  }),
);

const PARTS: Readonly<Record<string, string>> = {
  record: "compare the fields that matter",
  list: "ask what it holds: `contains`, `any`, `all`, or compare its `length`",
  email: "compare `.local` or `.domain`",
  url: "compare `.host`, `.scheme` or `.path`, or use `.within(…)`",
  domain: "use `.within(…)`",
  path: "use `.within(…)`, or compare `.name`",
  ip: "use `.in(…)`",
  command: "compare `.program` or `.args`",
  mixed: "narrow it first, with `is`",
};

export const NOT_COMPARABLE = problem<{
  readonly operator: string;
  readonly type: string;
  readonly kind: string;
}>("not-comparable", "error", ({ operator, type, kind }) => ({
  message: `\`${operator}\` does not compare values of this type`,
  label: `found \`${type}\``,
  help: PARTS[kind],
}));

export const NEVER_EQUAL = problem<{
  readonly left: string;
  readonly right: string;
  readonly operator: string;
}>("never-equal", "error", ({ left, right }) => ({
  message: "these two can never be equal",
  label: `\`${left}\` on the left, \`${right}\` on the right`,
  help: "nothing is converted: a number is not a text",
}));

export const NOT_IN_ENUM = problem<{
  readonly value: string;
  readonly text: string;
  readonly type: string;
  readonly near: Near;
}>("not-in-enum", "error", ({ value, text, type, near }) => ({
  message: `\`${text}\` is never ${clip(value)}`,
  label: near === undefined ? `one of ${type}` : `did you mean ${JSON.stringify(near)}?`,
}));

export interface Always {
  readonly text: string;
  readonly outcome: boolean;
  /** What the schema says that decides it. */
  readonly because: string;
}

export const ALWAYS_TRUE = problem<Always>("always-true", "error", ({ text, because }) => ({
  message: `\`${text}\` is always true`,
  label: because,
  help: "a call for which it is not is refused before; remove it, or correct it",
}));

export const ALWAYS_FALSE = problem<Always>("always-false", "error", ({ text, because }) => ({
  message: `\`${text}\` is never true`,
  label: because,
  help: "remove it, or correct it",
}));

export const NEEDLESS_HAS = problem<{ readonly name: string; readonly record: string }>(
  "needless-has",
  "warning",
  ({ name, record }) => ({
    message: `\`${record}\` always has \`${name}\``,
    label: "not optional",
    help: "remove the test",
  }),
);

export const NEEDLESS_DEFAULT = problem<{ readonly text: string }>(
  "needless-default",
  "warning",
  ({ text }) => ({
    message: `the default of \`${text}\` is never used`,
    label: "it is never absent and never null",
    help: "remove `??` and what follows",
  }),
);

export const NO_ORDER = problem<{
  readonly operator: string;
  readonly left: string;
  readonly right: string | null;
}>("no-order", "error", ({ operator, left, right }) => ({
  message: `\`${operator}\` compares two numbers, two instants or two durations`,
  label: right === null ? `found \`${left}\`` : `found \`${left}\` and \`${right}\``,
}));

export const NO_ARITHMETIC = problem<{
  readonly operator: string;
  readonly left: string;
  readonly right: string | null;
  readonly help: string | undefined;
}>("no-arithmetic", "error", ({ operator, left, right, help }) => ({
  message: `\`${operator}\` cannot be applied here`,
  label: right === null ? `found \`${left}\`` : `found \`${left}\` ${operator} \`${right}\``,
  help: help ?? "it takes numbers; a duration is added to or taken from an instant or a duration",
}));

export const DIVISION = problem<{ readonly isZero: boolean; readonly text: string }>(
  "division",
  "error",
  ({ isZero, text }) => ({
    message: isZero ? "division by zero" : `division by \`${text}\`, which could be zero`,
    label: isZero ? "has no result" : "not a constant",
    help: isZero ? undefined : "divide by a constant other than 0, or multiply the other side instead",
  }),
);

export const NOT_FINITE = problem<{ readonly text: string }>("not-finite", "error", ({ text }) => ({
  message: `\`${text}\` is too large for a number`,
  label: "has no finite result",
}));

export const NOT_A_LIST = problem<{
  readonly operator: string;
  readonly type: string;
  readonly isText: boolean;
  readonly text: string;
  readonly of: string;
}>("not-a-list", "error", ({ operator, type, isText, text, of }) => ({
  message: `\`${operator}\` looks for a value in a list`,
  label: `expected a list, found \`${type}\``,
  help: isText ? `for a part of a text write \`${text}.contains(${of})\`` : undefined,
}));

/** What must be known before any request, and is not. */
export const NOT_CONSTANT = problem<{ readonly what: string; readonly isText: boolean }>(
  "not-constant",
  "error",
  ({ what, isText }) => ({
    message: `${what} must be a constant`,
    label: isText ? "known only at the call" : "expected a text",
    help: isText ? "write it as text, or as a `let`" : undefined,
  }),
);

export const INVALID_CONSTANT = problem<{
  readonly value: string;
  readonly what: string;
  readonly example: string;
}>("invalid-constant", "error", ({ value, what, example }) => ({
  message: `\`${clip(value)}\` is no ${what}`,
  label: `expected something like "${example}"`,
}));

export const INVALID_PATTERN = problem<{ readonly reason: string }>(
  "invalid-pattern",
  "error",
  ({ reason }) => ({
    message: "this is no regular expression that a policy can use",
    label: reason,
  }),
);

export const UNKNOWN_PROPERTY = problem<{
  readonly name: string;
  readonly type: string;
  readonly near: Near;
  readonly all: readonly string[];
}>("unknown-property", "error", ({ name, type, near, all }) => ({
  message: `\`${clip(type)}\` has no \`${clip(name)}\``,
  label: didYouMean(near, all.length === 0 ? "it has no parts" : oneOf(all)),
}));

/** `x => …` where there is no place for it, or its place without it. */
export const LAMBDA = problem<{ readonly name: string | null }>("lambda", "error", ({ name }) => ({
  message: name === null ? "`x => …` is not a value" : `\`${name}\` takes a test for one item`,
  label: name === null ? "only `any`, `all` and `count` take it" : "expected `x => …`",
  help: name === null ? undefined : `write \`${name}(x => x == …)\``,
}));

export const WRONG_ARGUMENT_COUNT = problem<{
  readonly name: string;
  readonly wanted: number;
  readonly found: number;
  readonly shape: string;
}>("wrong-argument-count", "error", ({ name, wanted, found, shape }) => ({
  message: `\`${name}\` takes ${wanted === 0 ? "no arguments" : wanted === 1 ? "one argument" : `${wanted} arguments`}`,
  label: `found ${found}`,
  help: `write \`${name}(${shape})\``,
}));

export const INVALID_DATA_VALUE = problem<{
  readonly name: string;
  readonly expected: string;
  readonly found: string;
}>("invalid-data-value", "error", ({ name, expected, found }) => ({
  message: `this is not what \`${name}\` is declared to hold`,
  label: `expected \`${expected}\`, found \`${found}\``,
}));

/** A clause whose value has no meaning. */
export const INVALID_CLAUSE = problem<{ readonly message: string; readonly label: string }>(
  "invalid-clause",
  "error",
  (words) => words,
);

export const NEEDED_IS_REQUIRED = problem<{ readonly path: string }>(
  "needless-need",
  "warning",
  ({ path }) => ({
    message: `\`${path}\` is never missing when this rule is asked`,
    label: "not optional: a call without it is refused before",
    help: "make it optional where it is declared, or remove it from `needs`",
  }),
);

export const NOT_SHOWABLE = problem<{ readonly text: string; readonly type: string }>(
  "not-showable",
  "error",
  ({ text, type }) => ({
    message: `\`${text}\` cannot be shown`,
    label: `found \`${type}\``,
    help: "show texts, numbers, booleans, instants, durations or lists of these",
  }),
);
