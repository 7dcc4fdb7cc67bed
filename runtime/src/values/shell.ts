/** One word of a shell line, quotes and escapes taken off. */
export interface Word {
  readonly text: string;
  /** `redirection`: the target of one; `assignment`: `NAME=…`. */
  readonly kind: "word" | "redirection" | "assignment";
  /** Whether the shell uses something else than the text, or the text was hidden behind backslashes. */
  readonly disguised: boolean;
}

/** `plain`: nothing on the line but words, none of which the shell replaces by others. */
export interface Line {
  readonly words: readonly Word[];
  readonly plain: boolean;
}

/** A line on the way to its words. `bare` is the word at hand as written, what was quoted in it made harmless. */
interface Reading {
  readonly words: Word[];
  plain: boolean;
  pieces: string[] | null;
  bare: string;
  disguised: boolean;
  target: boolean;
}

/**
 * The words of one POSIX shell line. Up to the first thing that is not plain the words are exactly the shell's; after it
 * they are a best reading, for denying. Null for unbalanced quotes, a backslash at the end, and NUL.
 * Source: POSIX.1-2017, Shell Command Language, sections 2.2 (quoting), 2.3 (tokens), 2.6 (expansions); bash for `{a,b}`.
 */
export function shellWords(text: string): Line | null {
  if (text.includes("\0")) return null;
  // Control characters other than tab and newline end or edit lines on a terminal.
  const plain = !CONTROL.test(text);
  const line: Reading = { words: [], plain, pieces: null, bare: "", disguised: false, target: false };
  let at = 0;
  while (at < text.length) {
    const char = text[at] as string;
    if (char === " " || char === "\t") {
      end(line);
      at++;
    } else if (OPERATOR.test(char)) {
      operator(line, char);
      at++;
    } else if (char === "\\") {
      if (++at === text.length) return null;
      if (text[at] !== "\n") {
        line.disguised = true;
        add(line, text[at] as string, true);
      }
      at++;
    } else if (char === "'" || char === '"') {
      const close = closing(text, at + 1, char);
      if (close < 0) return null;
      quoted(line, text.slice(at + 1, close), char);
      at = close + 1;
    } else {
      at = bareRun(line, text, at);
    }
  }
  end(line);
  return line;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\x01-\x08\x0b-\x1f\x7f]/;
const OPERATOR = /[|&;<>()\n]/;
const ASSIGNMENT = /^[a-z_]\w*(?:\[[^\]]*\])?\+?=/i;
/** After a `$`; it may stand on the next line. */
const EXPANDS = /^(?:[\w{(['"@*#?$!-]|\\\n)/;
const BARE = /[^ \t\n'"\\|&;<>()$`]+/y;

function add(line: Reading, piece: string, isQuoted: boolean): void {
  line.pieces ??= [];
  line.pieces.push(piece);
  line.bare += isQuoted ? piece.replace(/[^\w./]/g, "_") : piece;
}

/** The end of the word at hand, if there is one. */
function end(line: Reading): void {
  const { words, pieces, bare, target } = line;
  if (pieces === null) return;
  const kind = target ? "redirection" : ASSIGNMENT.test(bare) ? "assignment" : "word";
  words.push({ text: pieces.join(""), kind, disguised: line.disguised || /^~|[*?[]/.test(bare) });
  line.plain &&= !isReplaced(bare);
  line.pieces = null;
  line.bare = "";
  line.disguised = line.target = false;
}

function operator(line: Reading, char: string): void {
  const redirects = char === "<" || char === ">";
  // `2>file`: the number belongs to the operator.
  if (redirects && /^\d+$/.test(line.bare)) line.pieces = null;
  end(line);
  line.plain = false;
  line.bare = "";
  line.target = redirects;
}

function quoted(line: Reading, inner: string, quote: string): void {
  add(line, quote === "'" ? inner : inner.replace(/\\(?:\n|([$`"\\]))/g, "$1"), true);
  if (quote === "'") return;
  // What follows a backslash is no expansion; a backslash before a newline is nothing at all.
  const live = inner.replace(/\\(?:\n|(.))/gs, (_, other?: string) => (other ? "_" : ""));
  if (/`|\$[\w{([@*#?$!-]/.test(live)) replacedByShell(line);
}

/** A special character that is no operator, or anything else, and the plain characters after it; where they end. */
function bareRun(line: Reading, text: string, at: number): number {
  const char = text[at];
  const comment = char === "#" && line.pieces === null;
  if (char === "`" || comment || (char === "$" && EXPANDS.test(text.slice(at + 1, at + 3))))
    replacedByShell(line);
  BARE.lastIndex = at + 1;
  const next = at + 1 + (BARE.exec(text)?.[0].length ?? 0);
  add(line, text.slice(at, next), false);
  return next;
}

function replacedByShell(line: Reading): void {
  line.plain = false;
  line.disguised = true;
}

/** Where a quote that starts before `at` ends; -1 if nowhere. */
function closing(text: string, at: number, quote: string): number {
  if (quote === "'") return text.indexOf("'", at);
  for (; at < text.length; at++) {
    if (text[at] === '"') return at;
    if (text[at] === "\\") at++;
  }
  return -1;
}

/** Whether the shell makes several words of this one, or one that may climb (`.*` matches `..`). */
function isReplaced(bare: string): boolean {
  const brace = bare.indexOf("{");
  return (brace >= 0 && /,|\.\./.test(bare.slice(brace))) || /(?:^|\/)\.+[*?[]/.test(bare);
}
