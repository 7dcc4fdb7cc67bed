import { createToken, type IToken, Lexer, type TokenType } from "chevrotain";
import { type Keyword, roleOf, WORDS, type WordRole } from "./words.ts";

/*
 * The one table of the language's tokens. Words are lexed as `Identifier` and told apart afterwards by a map:
 * one lookup a word instead of one attempt a keyword.
 */

/** Any word, be it of the language or not: after a dot, in record types and as rule names any word will do. */
export const Word = createToken({ name: "Word", pattern: Lexer.NA });
/** What may stand between two operands; foreign spellings included. */
export const Operator = createToken({ name: "Operator", pattern: Lexer.NA });
/** What a piece of a tool pattern may start with, and what may follow without a blank. */
export const PatternStart = createToken({ name: "PatternStart", pattern: Lexer.NA });
export const PatternTail = createToken({ name: "PatternTail", pattern: Lexer.NA });

const LETTERS =
  "A-Za-z_\\u00AA\\u00B5\\u00BA\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u167F\\u1681-\\u1FFF" +
  "\\u2070-\\u218F\\u2C00-\\u2DFF\\u3005-\\u3007\\u3031-\\uD7FF\\uD835\\uDC00-\\uDFFF\\uF900-\\uFDFF\\uFE70-\\uFEFE\\uFF21-\\uFF3A\\uFF41-\\uFF5A\\uFF66-\\uFFDC";

export const Identifier = createToken({
  name: "Identifier",
  pattern: new RegExp(`[${LETTERS}][${LETTERS}0-9]*(?:-[${LETTERS}0-9]+)*`),
  categories: [Word, PatternStart, PatternTail],
});

const OPERATOR_WORDS: ReadonlySet<string> = new Set(["or", "and", "in", "like"]);

/** The token of each word of the language. */
export const KEYWORDS = Object.fromEntries(
  Object.keys(WORDS).map((word) => [
    word,
    createToken({
      name: `"${word}"`,
      label: word,
      pattern: Lexer.NA,
      categories: [Word, PatternStart, PatternTail, ...(OPERATOR_WORDS.has(word) ? [Operator] : [])],
    }),
  ]),
) as Readonly<Record<Keyword, TokenType>>;

const ROLES: ReadonlyMap<TokenType, WordRole | undefined> = new Map(
  Object.values(KEYWORDS).map((type) => [type, roleOf(type.LABEL ?? "")]),
);

/** What the token does as a word of the language; undefined for names and signs. */
export const roleOfToken = (token: IToken): WordRole | undefined => ROLES.get(token.tokenType);

/** `approve`, which other languages say for `require approval`. */
export const Approve = createToken({ name: "Approve", pattern: Lexer.NA, categories: [Word] });

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");

/** A sign, and the characters that are taken for it with a diagnostic. */
const sign = (name: string, text: string, lookAlikes = "", categories: TokenType[] = []): TokenType =>
  createToken({
    name,
    pattern: lookAlikes === "" ? text : new RegExp(`${escaped(text)}|[${lookAlikes}]`),
    label: text,
    categories,
  });

export const Ellipsis = sign("Ellipsis", "...");
export const StrictNotEqual = sign("StrictNotEqual", "!==", "", [Operator]);
export const StrictEqual = sign("StrictEqual", "===", "", [Operator]);
export const NotEqual = sign("NotEqual", "!=", "\\u2260", [Operator]);
export const Equal = sign("Equal", "==", "", [Operator]);
export const Arrow = sign("Arrow", "=>", "\\u21D2\\u2192");
export const ThinArrow = sign("ThinArrow", "->");
export const LessEqual = sign("LessEqual", "<=", "\\u2264", [Operator]);
export const GreaterEqual = sign("GreaterEqual", ">=", "\\u2265", [Operator]);
export const AngleNotEqual = sign("AngleNotEqual", "<>", "", [Operator]);
export const AndAnd = sign("AndAnd", "&&", "", [Operator]);
export const OrOr = sign("OrOr", "||", "", [Operator]);
export const Otherwise = sign("Otherwise", "??", "", [Operator]);
export const OptionalDot = sign("OptionalDot", "?.");
export const ColonEqual = sign("ColonEqual", ":=");
export const Less = sign("Less", "<", "\\uFF1C", [Operator]);
export const Greater = sign("Greater", ">", "\\uFF1E", [Operator]);
export const Assign = sign("Assign", "=", "\\uFF1D", [Operator]);
export const Plus = sign("Plus", "+", "\\uFF0B", [Operator]);
export const Minus = sign("Minus", "-", "\\u2010-\\u2015\\u2212\\uFF0D", [Operator, PatternTail]);
export const Star = sign("Star", "*", "\\u2217\\u00D7\\uFF0A", [Operator, PatternStart, PatternTail]);
export const Slash = sign("Slash", "/", "\\u2044\\u2215\\u00F7\\uFF0F", [Operator]);
export const Bang = sign("Bang", "!", "\\uFF01");
export const And = sign("And", "&", "\\uFF06", [Operator]);
export const Bar = sign("Bar", "|", "\\uFF5C");
export const Question = sign("Question", "?", "\\uFF1F");
export const OpenBrace = sign("OpenBrace", "{", "\\uFF5B");
export const CloseBrace = sign("CloseBrace", "}", "\\uFF5D");
export const OpenParen = sign("OpenParen", "(", "\\uFF08");
export const CloseParen = sign("CloseParen", ")", "\\uFF09");
export const OpenBracket = sign("OpenBracket", "[", "\\uFF3B");
export const CloseBracket = sign("CloseBracket", "]", "\\uFF3D");
export const Comma = sign("Comma", ",", "\\uFF0C\\u3001");
export const Colon = sign("Colon", ":", "\\uFF1A");
export const Semicolon = sign("Semicolon", ";", "\\uFF1B\\u037E");
export const Dot = sign("Dot", ".", "\\uFF0E\\u3002");

export const Hint = createToken({ name: "Hint", pattern: /@[A-Za-z_][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*/ });
export const StringLiteral = createToken({
  name: "String",
  pattern: /"[^"\\\n\r]*(?:\\[^\n\r][^"\\\n\r]*)*"/,
});
export const RawString = createToken({
  name: "RawString",
  pattern: /r"[^"\n\r]*"/,
  categories: [StringLiteral],
});
export const UnclosedString = createToken({
  name: "UnclosedString",
  pattern: /r?"[^\n\r]*/,
  categories: [StringLiteral],
});
/** Text in quotes of another kind: curly, single, backticks. */
export const ForeignString = createToken({
  name: "ForeignString",
  pattern:
    /[\u201C-\u201F\u00AB\u00BB\uFF02][^\u201C-\u201F\u00AB\u00BB\uFF02"\n\r]*[\u201C-\u201F\u00AB\u00BB\uFF02"]?|[\u2018-\u201B'][^\u2018-\u201B'\n\r]*[\u2018-\u201B']?|`[^`\n\r]*`?/,
  categories: [StringLiteral],
});
/** Everything that starts with a digit; what it means is told afterwards, so that `30mins` is one mistake. */
export const NumberLike = createToken({
  name: "NumberLike",
  pattern: /[0-9](?:[eE][+-][0-9]|\w)*(?:\.[0-9](?:[eE][+-][0-9]|\w)*)?/,
  categories: [PatternTail],
});
export const NumberLiteral = createToken({ name: "Number", pattern: Lexer.NA, categories: [PatternTail] });
export const DurationLiteral = createToken({
  name: "Duration",
  pattern: Lexer.NA,
  categories: [PatternTail],
});

const Blank = createToken({ name: "Blank", pattern: /[ \t\n\r]+/, group: Lexer.SKIPPED, line_breaks: true });
/** Blanks that look like blanks and are none of ours: non-breaking, zero-width, direction marks. */
const OddBlank = createToken({
  name: "OddBlank",
  pattern: /[\f\v\u0085\u00A0\u00AD\u1680\u180E\u2000-\u200F\u2028-\u202F\u205F-\u206F\u3000\uFEFF]+/,
  group: "odd",
  line_breaks: true,
});
export const DocComment = createToken({
  name: "DocComment",
  pattern: /\/\/\/(?!\/)[^\n\r]*/,
  group: "comments",
});
export const LineComment = createToken({ name: "LineComment", pattern: /\/\/[^\n\r]*/, group: "comments" });
export const HashComment = createToken({ name: "HashComment", pattern: /#[^\n\r]*/, group: "comments" });

/** ASCII signs that mean nothing anywhere. */
export const Stray = createToken({
  name: "Stray",
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are among the strays
  pattern: /[$%^~\\\u0000-\u0008\u000E-\u001F\u007F]+/,
  group: "stray",
});

/** Remembers the last text without a closing sign, so that a file full of openings is read once and not once for each. */
const closedComment = () => {
  let text = "";
  let noneFrom = 0;
  return (input: string, offset: number): [string] | null => {
    if (!input.startsWith("/*", offset)) return null;
    if (input === text && offset >= noneFrom) return null;
    const end = input.indexOf("*/", offset + 2);
    if (end >= 0) return [input.slice(offset, end + 2)];
    text = input;
    noneFrom = offset;
    return null;
  };
};

export const BlockComment = createToken({
  name: "BlockComment",
  pattern: closedComment(),
  group: "comments",
  line_breaks: true,
  start_chars_hint: ["/"],
});
export const UnclosedComment = createToken({
  name: "UnclosedComment",
  pattern: /\/\*[^\n\r]*/,
  group: "comments",
});

/** In the order in which the lexer tries them: longer before shorter. */
const LEXED: readonly TokenType[] = [
  Blank,
  DocComment,
  LineComment,
  BlockComment,
  UnclosedComment,
  RawString,
  Identifier,
  StringLiteral,
  UnclosedString,
  NumberLike,
  Ellipsis,
  StrictNotEqual,
  StrictEqual,
  NotEqual,
  Equal,
  Arrow,
  ThinArrow,
  LessEqual,
  GreaterEqual,
  AngleNotEqual,
  AndAnd,
  OrOr,
  Otherwise,
  OptionalDot,
  ColonEqual,
  Less,
  Greater,
  Assign,
  Plus,
  Minus,
  Star,
  Slash,
  Bang,
  And,
  Bar,
  Question,
  OpenBrace,
  CloseBrace,
  OpenParen,
  CloseParen,
  OpenBracket,
  CloseBracket,
  Comma,
  Colon,
  Semicolon,
  Dot,
  Hint,
  OddBlank,
  HashComment,
  ForeignString,
  Stray,
];

/** What the lexer is made of. */
export const LEXER_TOKENS: TokenType[] = [...LEXED, Word, Operator, PatternStart, PatternTail];

/** What the parser is made of. */
export const PARSER_TOKENS: TokenType[] = [
  ...LEXER_TOKENS,
  ...Object.values(KEYWORDS),
  Approve,
  NumberLiteral,
  DurationLiteral,
];
