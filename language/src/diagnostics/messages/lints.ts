import { problem } from "../define.ts";

export const NEVER_MATCHES = problem<{ readonly name: string; readonly alone: boolean }>(
  "never-matches",
  "error",
  ({ name, alone }) => ({
    message: `rule \`${name}\` can never match`,
    label: alone ? "no call can make this so" : "this and the places marked below are never so together",
    help: "change one of them; a rule that is meant to rest can say `when false`",
  }),
);

/** `always`: whether it holds or fails for every call that gets as far as this. */
export const REDUNDANT_CONDITION = problem<{ readonly always: boolean; readonly alone: boolean }>(
  "redundant-condition",
  "warning",
  ({ always, alone }) => ({
    message: alone
      ? `this condition is always ${always}`
      : `this part of the condition is always ${always} where it counts`,
    label: alone ? `${always} for every call` : `${always} whenever the other parts leave it open`,
    help:
      alone && always
        ? 'did you mean `and`? `x != "a" or x != "b"` is so for every x; `x not in ["a", "b"]` is not'
        : "remove it, or correct it",
  }),
);

export const NEVER_DECIDES = problem<{ readonly name: string; readonly by: readonly string[] }>(
  "never-decides",
  "warning",
  ({ name, by }) => ({
    message: `rule \`${name}\` never decides anything`,
    label: `whenever it matches, ${by.map((rule) => `\`${rule}\``).join(" or ")} decides`,
    help: "remove it, or narrow the stricter rule",
  }),
);

export const OVERRULES_ALL = problem<{ readonly name: string; readonly rules: readonly string[] }>(
  "overrules-all",
  "warning",
  ({ name, rules }) => ({
    message: `rule \`${name}\` leaves ${rules.length} weaker rules nothing to decide`,
    label: `among them \`${rules[0]}\` and \`${rules[1]}\``,
    help: "narrow it, or remove the rules below if it is meant to stay",
  }),
);

export const SAME_CONDITION = problem<{ readonly name: string; readonly other: string }>(
  "same-condition",
  "hint",
  ({ name, other }) => ({
    message: `rules \`${name}\` and \`${other}\` ask for the same and decide the same`,
    label: `matches exactly when \`${other}\` does`,
    help: "keep one of them",
  }),
);

export const EXPONENTIAL_PATTERN = problem<object>("exponential-pattern", "error", () => ({
  message: "this pattern can take for ever on a short text",
  label: "the time can double with each further character",
  help: "let no repeated part match the same text in two ways: `(a+)+` is `a+`, `(a|ab?)*` has to be taken apart",
}));

export const SLOW_PATTERN = problem<{ readonly limit: number }>("slow-pattern", "warning", ({ limit }) => ({
  message: "this pattern can take long on a long text",
  label: `a call whose text is longer than ${limit} characters is denied`,
  help: "let no two repeated parts beside each other match the same characters: `\\d+\\w+` is slow, `\\d+[a-z]\\w*` is not",
}));

export const UNANCHORED_PATTERN = problem<object>("unanchored-pattern", "warning", () => ({
  message: "this pattern is looked for anywhere in the text",
  label: "`^` before it or `$` behind it is missing",
  help: "write `^…$` for the whole text, or `^.*(?:…).*$` where anywhere is meant",
}));
