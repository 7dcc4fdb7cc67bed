import { problem } from "../define.ts";
import { short } from "../short.ts";

/** `what` is the headline. `holds`: whether the part that is marked would have to be so, or not so. */
export const NEVER_MATCHES = problem<{ readonly what: string; readonly holds: boolean }>(
  "never-matches",
  "error",
  ({ what, holds }) => ({
    message: what,
    label: holds ? "this is never so" : "this is always so",
    help: "change one of them; what is meant to rest can say `when false`",
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
    message: `rule \`${short(name, 24)}\` never decides anything`,
    label: `whenever it matches, ${by.map((rule) => `\`${rule}\``).join(" or ")} decides`,
    help: "remove it, or narrow the stricter rule",
  }),
);

export const OVERRULES_ALL = problem<{ readonly name: string; readonly rules: readonly string[] }>(
  "overrules-all",
  "warning",
  ({ name, rules }) => ({
    message: `rule \`${short(name, 24)}\` leaves ${rules.length} weaker rules nothing to decide`,
    label: `among them \`${rules[0]}\` and \`${rules[1]}\``,
    help: "narrow it, or remove the rules below if it is meant to stay",
  }),
);

export const SAME_CONDITION = problem<{ readonly name: string; readonly other: string }>(
  "same-condition",
  "hint",
  ({ name, other }) => ({
    message: `\`${short(name, 18)}\` and \`${short(other, 18)}\` ask for the same and decide the same`,
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

const KINDS = {
  email: "an e-mail address",
  url: "a URL",
  domain: "a domain",
  path: "a path",
  ip: "an IP address",
  command: "a command",
};

/** `example` passes the test (or does not), though the author will have meant otherwise. */
export const RAW_TEXT_MATCH = problem<{
  readonly subject: string;
  readonly kind: keyof typeof KINDS;
  readonly example: string | undefined;
  readonly passes: boolean;
  readonly write: string | undefined;
  readonly note: string | undefined;
}>("raw-text-match", "warning", ({ subject, kind, example, passes, write, note }) => {
  const help = [
    write === undefined ? `read it with \`${kind}(…)\`` : `write \`${write}\``,
    ...(note === undefined ? [] : [note]),
    `text that is no ${KINDS[kind].replace(/^an? /u, "")} is then denied`,
  ];
  return {
    message: `\`${short(subject, 28)}\` is ${KINDS[kind]} but is compared as plain text`,
    label:
      example === undefined
        ? "compared as plain text"
        : passes
          ? `\`${example}\` passes as well`
          : `\`${example}\` gets by`,
    help: help.join("; "),
  };
});

export const WRONG_FORM = problem<{
  readonly subject: string;
  readonly value: string;
  readonly instead: string;
  readonly words: string;
}>("wrong-form", "error", ({ subject, value, instead, words }) => ({
  message: `\`${short(subject)}\` is never \`${short(value)}\``,
  label: `it comes in one form: ${words}`,
  help: `write \`${instead}\``,
}));

/** `names` are the arguments, as many as can be shown; `more`: how many other tools the rule lets run in the same way. */
export const UNCONSTRAINED_ARGUMENT = problem<{
  readonly names: string;
  readonly count: number;
  readonly tool: string;
  readonly more: number;
}>("unconstrained-argument", "hint", ({ names, count, tool, more }) => ({
  message: `no rule looks at ${count === 1 ? "one argument" : `${count} arguments`} of \`${short(tool, 36)}\``,
  label: `calls run whatever ${names} ${count === 1 ? "is" : "are"}${more === 0 ? "" : `; so for ${more} more tool${more === 1 ? "" : "s"}`}`,
  help: "nothing to do where any value will do; else say which values may run",
}));

export const UNCONDITIONAL_ALLOW = problem<{
  readonly name: string;
  readonly tools: string;
  readonly one: boolean;
}>("unconditional-allow", "hint", ({ name, tools, one }) => ({
  message: `rule \`${short(name, 24)}\` lets every call of ${one ? "a destructive tool" : "destructive tools"} run`,
  label: `${tools} ${one ? "has" : "have"} no stricter rule`,
  help: "add `when`, or a `deny` or `require approval` rule; a tool that destroys nothing can say so: `tools … { tool @read-only }`",
}));

export const UNKNOWN_LET_THROUGH = problem<{ readonly name: string }>(
  "unknown-let-through",
  "warning",
  ({ name }) => ({
    message: `rule \`${short(name, 24)}\` covers every declared tool, but no unknown one`,
    label: "unknown tools are let through elsewhere and pass this by",
    help: "write `on *, unknown { … }`",
  }),
);

export const UNKNOWN_BY_DEFAULT = problem<object>("unknown-by-default", "warning", () => ({
  message: "this default holds for unknown tools as well",
  label: "unknown tools that no rule denies wait for approval, and are no longer denied",
  help: "deny the others too, `on unknown { deny unknown-tool }`, or say that they wait: `require approval`",
}));

export const REPEATED_ENTRY = problem<{ readonly entry: string }>(
  "repeated-entry",
  "warning",
  ({ entry }) => ({
    message: `\`${short(entry, 40)}\` stands twice in this list`,
    label: "again",
    help: "remove it, or write the one that is missing",
  }),
);

export const EMPTY_LIST = problem<{ readonly always: boolean }>("empty-list", "warning", ({ always }) => ({
  message: `a test against an empty list is always ${always}`,
  label: `always ${always}`,
  help: "fill the list, or remove the test",
}));

export const LIKE_WITHOUT_WILDCARD = problem<{ readonly operator: string; readonly instead: string }>(
  "like-without-wildcard",
  "warning",
  ({ operator, instead }) => ({
    message: `\`${operator}\` without \`*\` or \`?\` compares the whole text`,
    label: "has no wildcard",
    help: `write \`${instead}\`, or add the \`*\` that is missing`,
  }),
);

export const NEAR_DUPLICATE = problem<{
  readonly first: string;
  readonly second: string;
  readonly difference: string;
}>("near-duplicate", "warning", ({ first, second, difference }) => ({
  message: `\`${short(second, 24)}\` stands beside \`${short(first, 24)}\` in one list`,
  label: `differs ${difference}`,
  help: "make sure that both are meant; remove the one that is a slip or a look-alike",
}));
