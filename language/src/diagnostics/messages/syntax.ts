import { problem } from "../define.ts";

/** Something else stands where the language wants one of a few things. */
export const UNEXPECTED_TOKEN = problem(
  "unexpected-token",
  "error",
  ({ expected, found, help }: { expected: string; found: string; help?: string | undefined }) => ({
    message: `expected ${expected}, found ${found}`,
    label: `expected ${expected}`,
    help,
  }),
);

export const UNEXPECTED_CHARACTER = problem(
  "unexpected-character",
  "error",
  ({ character, code }: { character: string; code: string }) => ({
    message: `\`${character}\` is no character of the language`,
    label: `${code} has no meaning here`,
    help: "remove it, or put it in quotes",
  }),
);

/** A character that looks like one of ours. */
export const FOREIGN_CHARACTER = problem(
  "foreign-character",
  "error",
  ({ found, code, meant }: { found: string; code: string; meant: string }) => ({
    message: `${found} is not ${meant}, though it looks like it`,
    label: `${code}; write ${meant}`,
  }),
);

export const UNCLOSED_STRING = problem("unclosed-string", "error", ({ quote }: { quote: string }) => ({
  message: "this text is never closed",
  label: `\`${quote}\` is missing before the end of the line`,
}));

export const UNCLOSED_COMMENT = problem("unclosed-comment", "error", () => ({
  message: "this comment is never closed",
  label: "`*/` is missing",
  help: "close it with `*/`, or write `//` for a comment of one line",
}));

export const BAD_ESCAPE = problem("bad-escape", "error", ({ found }: { found: string }) => ({
  message: `\`${found}\` is no escape`,
  label: 'one of \\" \\\\ \\/ \\b \\f \\n \\r \\t \\u0000',
  help: 'write `\\\\` for a backslash, or `r"…"` for a text without escapes',
}));

export const BAD_NUMBER = problem(
  "bad-number",
  "error",
  ({ found, reason, help }: { found: string; reason: string; help?: string | undefined }) => ({
    message: `\`${found}\` is no number and no duration`,
    label: reason,
    help,
  }),
);

export const UNCLOSED_BRACKET = problem(
  "unclosed-bracket",
  "error",
  ({ open, close, found }: { open: string; close: string; found: string }) => ({
    message: `this \`${open}\` is never closed`,
    label: `\`${close}\` is expected before ${found}`,
  }),
);

export const MISSING_NAME = problem(
  "missing-name",
  "error",
  ({ what, example, found }: { what: string; example: string; found: string }) => ({
    message: `${what} needs a name, found ${found}`,
    label: "expected a name",
    help: `give it a name, as in \`${example}\``,
  }),
);

export const MISSPELT_WORD = problem(
  "misspelt-word",
  "error",
  ({ found, meant, where }: { found: string; meant: string; where: string }) => ({
    message: `\`${found}\` is no word of the language ${where}`,
    label: `did you mean \`${meant}\`?`,
  }),
);

export const DUPLICATE_CLAUSE = problem("duplicate-clause", "error", ({ clause }: { clause: string }) => ({
  message: `\`${clause}\` stands here twice`,
  label: "a clause is given once",
  help:
    clause === "when" || clause === "unless"
      ? `join the two with \`${clause === "when" ? "and" : "or"}\``
      : "join the two, or remove one",
}));

export const MISPLACED_CLAUSE = problem(
  "misplaced-clause",
  "error",
  ({ clause, effect, takenBy }: { clause: string; effect: string; takenBy: string }) => ({
    message: `\`${clause}\` has no meaning on \`${effect}\``,
    label: `taken by ${takenBy}`,
    help: "remove it, or change the effect",
  }),
);

export const MISSING_ASK = problem("missing-ask", "error", ({ rule }: { rule: string }) => ({
  message: `the clarification \`${rule}\` asks nothing`,
  label: "needs an `ask` clause",
  help: 'add the question, as in `ask "Which ticket is this about?"`',
}));

export const RULE_OUTSIDE_BLOCK = problem("rule-outside-block", "error", ({ word }: { word: string }) => ({
  message: `\`${word}\` stands outside of any block`,
  label: "a rule belongs in the braces of `on …`",
  help: "write `on TOOLS { … }` around it",
}));

export const BAD_DEFAULT = problem("bad-default", "error", ({ found }: { found: string }) => ({
  message: `${found} cannot be the default`,
  label: "expected `deny` or `require approval`",
  help: "nothing runs that no rule let run: allow calls with rules, and `on *` for all tools",
}));

export const FOREIGN_OPERATOR = problem(
  "foreign-operator",
  "error",
  ({ found, meant }: { found: string; meant: string }) => ({
    message: `\`${found}\` is written \`${meant}\` in this language`,
    label: `write \`${meant}\``,
  }),
);

export const FOREIGN_EFFECT = problem(
  "foreign-effect",
  "error",
  ({ found, meant }: { found: string; meant: string }) => ({
    message: `\`${found}\` is written \`${meant}\` in this language`,
    label: `write \`${meant}\``,
    help: "the effects are `allow`, `require approval`, `require clarification` and `deny`",
  }),
);

export const FOREIGN_SYNTAX = problem(
  "foreign-syntax",
  "error",
  ({ found, advice }: { found: string; advice: string }) => ({
    message: `${found} is a habit from another language`,
    label: advice,
  }),
);

export const TOO_DEEP = problem("too-deep", "error", ({ limit }: { limit: number }) => ({
  message: `this is nested more than ${limit} levels deep`,
  label: "not read any further",
  help: "name parts of it with `let` or `fn`",
}));

export const RESERVED_WORD = problem("reserved-word", "error", ({ word }: { word: string }) => ({
  message: `\`${word}\` is a word of the language and cannot be a name here`,
  label: "choose another name",
  help: `a longer name will do, as in \`${word}-1\``,
}));

export const BAD_TEMPLATE = problem(
  "bad-template",
  "error",
  ({ found }: { found: "open" | "close" | "empty" }) => ({
    message:
      found === "open"
        ? "this `{` is never closed in the text"
        : found === "close"
          ? "this `}` closes nothing in the text"
          : "these braces hold nothing to show",
    label: found === "empty" ? "expected an expression" : "braces show the value of an expression",
    help:
      found === "empty"
        ? "write the value to show, as in `{input.amount}`"
        : `write \`${found === "open" ? "{{" : "}}"}\` for the brace itself`,
  }),
);

export const CHAINED_COMPARISON = problem(
  "chained-comparison",
  "error",
  ({ operator }: { operator: string }) => ({
    message: `\`${operator}\` compares two values and cannot be chained`,
    label: "a comparison is already complete here",
    help: "write two comparisons joined by `and`, as in `0 < x and x < 10`",
  }),
);

export const NESTED_HAS = problem("nested-has", "error", ({ meant }: { meant: string }) => ({
  message: "`has` asks for one name at a time",
  label: `write \`${meant}\``,
}));
