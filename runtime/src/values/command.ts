import { shellWords } from "./shell.ts";
import { runsArguments } from "./wrappers.ts";

/**
 * What a shell line runs. `program`: the line's first word, unquoted, its folders as written (for allowing). `name`: the
 * program's last path segment, assignments before it skipped (for denying; empty where there is no program).
 * `args`: all further words, unquoted, of every part of the line. `compound`: the line does, or may do, more than
 * run that one program with those words.
 */
export interface Command {
  readonly program: string;
  readonly name: string;
  readonly args: readonly string[];
  readonly compound: boolean;
}

/**
 * One POSIX shell line. Null for unbalanced quotes, a backslash at the end, NUL, and a line without words. Compound
 * are: pipes, chains, `&`, newlines, redirections, subshells, groups, control words, comments, assignments before the program,
 * control characters; every `$` and backquote expansion and `{a,b}`, in any word, for then the words are not what
 * they seem; globs that may climb (`.*`); a program that is escaped, or named by a glob or `~`; and programs that
 * run what they are given (`env`, `sudo`, `sh`, `xargs`, `find -exec`, `python -c`, …).
 */
export function command(text: string): Command | null {
  const line = shellWords(text);
  if (line === null || line.words.length === 0) return null;
  const words = line.words.filter((word) => word.kind !== "redirection");
  const at = words.findIndex((word) => word.kind !== "assignment");
  const program = words[at];
  const name = program?.text.slice(program.text.lastIndexOf("/") + 1) ?? "";
  const args = line.words.filter((word) => word !== program && word !== words[0]).map((word) => word.text);
  return {
    program: words[0]?.text ?? "",
    name,
    args,
    compound: !line.plain || at !== 0 || program?.disguised === true || runsArguments(name, args),
  };
}
