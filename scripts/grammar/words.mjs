import { alone, anyOf, grouped, NAME, scoped } from "./patterns.mjs";

const SCOPES = {
  item: "keyword.declaration",
  shape: "keyword.declaration",
  member: "keyword.control.effect",
  clause: "keyword.control.clause",
  operator: "keyword.operator.word",
  literal: "constant.language",
};

/** Where a word that means something in one place only means it, as what stands before or behind it. */
const SOFT_PLACES = {
  version: { behind: '(?=\\s*")' },
  as: { before: '(?<="\\s)' },
  approval: { before: "(?<=require\\s)", scope: SCOPES.member },
  clarification: { before: "(?<=require\\s)", scope: SCOPES.member },
  count: { before: "(?<==\\s)", behind: "(?=\\s+on\\b)" },
  sum: { before: "(?<==\\s)" },
  seen: { before: "(?<==\\s)", behind: "(?=\\s+on\\b)" },
  session: { before: "(?<=per\\s)" },
  unknown: { before: "(?<=on\\s|,\\s|call\\s)" },
  call: { before: "(?<=^|\\s|\\{)", behind: '(?=\\s+[\\p{L}_"])' },
  raw: { behind: "(?=\\s*\\{)" },
  expect: { behind: "(?=\\s+(?:allow|deny|require)\\b)" },
  by: { before: "(?<=allow\\s|deny\\s|approval\\s|clarification\\s)" },
  code: { behind: "(?=\\s+[a-z_]+\\s*$)" },
  after: { behind: "(?=\\s+[0-9])" },
  never: { behind: "(?=\\s+(?:allow|deny|require)\\b)" },
  always: { behind: "(?=\\s+(?:allow|deny|require)\\b)" },
};

/**
 * Patterns for the words of the language, by role.
 *
 * @param {Readonly<Record<string, string>>} words what each word does, from the language's own table
 */
export const wordPatterns = (words) => {
  const having = (...roles) => Object.keys(words).filter((word) => roles.includes(words[word]));
  const unplaced = having("soft").filter((word) => SOFT_PLACES[word] === undefined);
  const gone = Object.keys(SOFT_PLACES).filter((word) => words[word] !== "soft");
  const unscoped = Object.values(words).filter((role) => role !== "soft" && SCOPES[role] === undefined);
  const strange = [...unplaced, ...gone, ...unscoped];
  if (strange.length > 0) throw new Error(`the grammar does not know what to do with \`${strange[0]}\``);
  return {
    soft: having("soft").map((word) => {
      const { before = "", behind = "", scope = "keyword.other" } = SOFT_PLACES[word];
      return scoped(scope, `${before}${alone(word)}${behind}`);
    }),
    // Shapes are declarations before a brace, and roots of values elsewhere.
    shapes: [scoped(SCOPES.shape, `${anyOf(having("shape"))}(?=\\s*\\{)`)],
    plain: Object.entries(SCOPES)
      .filter(([role]) => role !== "shape")
      .map(([role, scope]) => scoped(scope, anyOf(having(role)))),
    rules: [
      grouped(
        `${alone("(allow|deny)|(require)\\s+(approval|clarification)")}\\s+(${NAME})(?=\\s*$|\\s+(?:${having("clause").join("|")})\\b|\\s*//)`,
        SCOPES.member,
        SCOPES.member,
        SCOPES.member,
        "entity.name.function.rule",
      ),
    ],
  };
};
