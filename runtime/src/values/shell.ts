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

/**
 * The words of one POSIX shell line. Up to the first thing that is not plain the words are exactly the shell's; after it
 * they are a best reading, for denying. Null for unbalanced quotes, a backslash at the end, and NUL.
 * Source: POSIX.1-2017, Shell Command Language, sections 2.2 (quoting), 2.3 (tokens), 2.6 (expansions); bash for `{a,b}`.
 */
export function shellWords(text: string): Line | null {
  const words: Word[] = [];
  // Control characters other than tab and newline end or edit lines on a terminal.
  let plain = !CONTROL.test(text);
  let pieces: string[] | null = null;
  // The word as written, what was quoted in it made harmless.
  let bare = "";
  let disguised = false;
  let target = false;

  const add = (piece: string, quoted: boolean) => {
    pieces ??= [];
    pieces.push(piece);
    bare += quoted ? piece.replace(/[^\w./]/g, "_") : piece;
  };
  const end = () => {
    if (pieces === null) return;
    const kind = target ? "redirection" : ASSIGNMENT.test(bare) ? "assignment" : "word";
    words.push({ text: pieces.join(""), kind, disguised: disguised || /^~|[*?[]/.test(bare) });
    plain &&= !isReplaced(bare);
    pieces = null;
    bare = "";
    disguised = target = false;
  };

  let at = 0;
  while (at < text.length) {
    const char = text[at] as string;
    const start = at++;
    if (char === "\0") return null;
    if (char === " " || char === "\t") end();
    else if (char === "\\") {
      if (at === text.length) return null;
      if (text[at] !== "\n") {
        disguised = true;
        add(text[at] as string, true);
      }
      at++;
    } else if (char === "'" || char === '"') {
      at = closing(text, at, char) + 1;
      if (at === 0) return null;
      const inner = text.slice(start + 1, at - 1);
      add(char === "'" ? inner : inner.replace(/\\(?:\n|([$`"\\]))/g, "$1"), true);
      // What follows a backslash is no expansion; a backslash before a newline is nothing at all.
      if (
        char === '"' &&
        /`|\$[\w{([@*#?$!-]/.test(inner.replace(/\\(?:\n|(.))/gs, (_, other?: string) => (other ? "_" : "")))
      ) {
        plain = false;
        disguised = true;
      }
    } else if (/[|&;<>()\n]/.test(char)) {
      plain = false;
      const redirects = char === "<" || char === ">";
      // `2>file`: the number belongs to the operator.
      if (redirects && /^\d+$/.test(bare)) pieces = null;
      end();
      bare = "";
      target = redirects;
    } else {
      if (
        char === "`" ||
        (char === "#" && pieces === null) ||
        (char === "$" && EXPANDS.test(text.slice(at, at + 2)))
      ) {
        plain = false;
        disguised = true;
      }
      PLAIN.lastIndex = at;
      at += PLAIN.exec(text)?.[0].length ?? 0;
      add(text.slice(start, at), false);
    }
  }
  end();
  return text.includes("\0") ? null : { words, plain };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\x01-\x08\x0b-\x1f\x7f]/;
const ASSIGNMENT = /^[a-z_]\w*(?:\[[^\]]*\])?\+?=/i;
/** After a `$`; it may stand on the next line. */
const EXPANDS = /^(?:[\w{(['"@*#?$!-]|\\\n)/;
const PLAIN = /[^\0 \t\n'"\\|&;<>()$`]+/y;

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
