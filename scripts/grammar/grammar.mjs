// The TextMate grammar of the VS Code extension, made from the language's own tables: a new word is coloured by being
// there, and one that has no place here stops the making.
import { PARSER_FACTS, WORDS } from "@agentpolicy/language";
import { alone, anyOf, between, grouped, include, NAME, scoped } from "./patterns.mjs";
import { wordPatterns } from "./words.mjs";

export const GRAMMAR_FILE = "vscode-extension/syntaxes/agentpolicy.tmLanguage.json";

const ROOTS = ["input", "tool", "actor", "context", "resource", "session", "model", "evidence", "now"];
const TYPES = ["string", "number", "integer", "boolean", "any"];

const declared = (word, scope) => grouped(`${alone(`(${word})`)}\\s+(${NAME})`, "keyword.declaration", scope);

const heads = [
  declared("policy", "entity.name.namespace"),
  declared("tools", "entity.name.namespace"),
  declared("type", "entity.name.type"),
  declared("let", "variable.other.constant"),
  declared("fn", "entity.name.function"),
  declared("track", "variable.other.readwrite.track"),
  grouped(`(?<="\\s)${alone("(as)")}\\s+(${NAME})`, "keyword.other", "entity.name.namespace"),
];

const ESCAPE = scoped("constant.character.escape", '\\\\(?:["\\\\/bfnrt]|u[0-9a-fA-F]{4})');
const UNCLOSED = '"|(?=$)';

const strings = [
  scoped("string.regexp", 'r"[^"]*"'),
  {
    ...between(`${alone("(because|ask)")}\\s+(")`, UNCLOSED, "meta.template", [
      ESCAPE,
      {
        ...between("\\{", '\\}|(?=")', "meta.interpolation", [include("values")]),
        beginCaptures: { 0: { name: "punctuation.section.interpolation.begin.agentpolicy" } },
        endCaptures: { 0: { name: "punctuation.section.interpolation.end.agentpolicy" } },
      },
      scoped("string.quoted.double", '[^"\\\\{]+'),
    ]),
    beginCaptures: {
      1: { name: "keyword.control.clause.agentpolicy" },
      2: { name: "string.quoted.double.agentpolicy" },
    },
    endCaptures: { 0: { name: "string.quoted.double.agentpolicy" } },
  },
  between('"', UNCLOSED, "string.quoted.double", [ESCAPE]),
];

const comments = [
  scoped("comment.line.documentation", "///(?!/).*$"),
  scoped("comment.line.double-slash", "//.*$"),
  between("/\\*", "\\*/", "comment.block", []),
];

/** `server.tool`, `bank.*` and the like, after `on` and `call`. */
const tools = {
  begin: `${alone("(on|call)")}(?=\\s)(?!\\s*:)`,
  beginCaptures: { 1: { name: "keyword.declaration.agentpolicy" } },
  end: "(?=[{}=]|\\b(?:where|when|per|within|raw|expect)\\b|//|/\\*)|(?<![,\\s])\\s*$",
  patterns: [
    scoped("keyword.other", alone("unknown")),
    grouped(`(${NAME}|"[^"]*"|(?:${NAME})?\\*)(\\.)`, "entity.name.namespace", "punctuation.accessor"),
    scoped("keyword.operator.wildcard", "\\*"),
    scoped("entity.name.function.tool", `${NAME}|"[^"]*"|(?<=[\\w*])_(?=[\\w*])`),
  ],
};

const numbers = [
  scoped("constant.numeric.duration", "(?<![\\p{L}\\p{N}_-])[0-9]+(?:s|m|h|d)(?![\\p{L}\\p{N}_])"),
  scoped("constant.numeric", "(?<![\\p{L}\\p{N}_])[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"),
];

const signs = [
  scoped("keyword.operator.comparison", "==|!=|<=|>=|<|>"),
  scoped("keyword.operator.arrow", "=>"),
  scoped("keyword.operator", "\\?\\?|[-+*/|=]"),
  scoped("punctuation.separator", "[,:]"),
];

const levels = grouped(
  `${alone("(risk)")}\\s+(low|medium|high|critical)\\b`,
  "keyword.control.clause",
  "constant.language.risk",
);

/** @param {Readonly<Record<string, string>>} words the table of words, for tests of what is new in it */
export const grammarOf = (words = WORDS) => {
  const { soft, shapes, plain, rules } = wordPatterns(words);
  const values = [
    scoped("variable.other.property", `${NAME}(?=\\??\\s*:)`),
    grouped(`(\\.)(${NAME})(?=\\s*\\()`, "punctuation.accessor", "entity.name.function.member"),
    grouped(`(\\.)(${NAME})`, "punctuation.accessor", "variable.other.property"),
    scoped("support.function", `${anyOf(PARSER_FACTS.map(({ name }) => name))}(?=\\s*\\()`),
    scoped("entity.name.function", `${alone(NAME)}(?=\\()`),
    ...soft,
    ...plain,
    scoped("support.type", anyOf(TYPES)),
    scoped("variable.language", anyOf(ROOTS)),
    scoped("variable.other", alone(NAME)),
  ];
  return {
    $schema: "https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json",
    name: "AgentPolicy",
    scopeName: "source.agentpolicy",
    patterns: [
      include("comments"),
      ...["strings", "heads", "rules", "shapes", "tools", "levels"].map(include),
      include("values"),
    ],
    repository: {
      comments: { patterns: comments },
      strings: { patterns: strings },
      heads: { patterns: heads },
      rules: { patterns: rules },
      shapes: { patterns: shapes },
      tools,
      levels,
      values: {
        patterns: [
          include("comments"),
          include("strings"),
          scoped("entity.other.attribute-name.hint", `@${NAME}`),
          ...numbers,
          ...values,
          ...signs,
        ],
      },
    },
  };
};

/** The file's text. */
export const grammarText = () => `${JSON.stringify(grammarOf(), null, 2)}\n`;
