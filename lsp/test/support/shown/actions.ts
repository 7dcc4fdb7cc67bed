import { hunksOf } from "../../../src/ide/features/format/lines.ts";

/** What an editor shows of an action. */
export interface ShownAction {
  readonly title: string;
  readonly kind: string;
  readonly preferred?: boolean;
}

/** `kind title`, with `*` before what is almost surely meant. What concerns the whole file is left out. */
export const shownActions = (actions: readonly ShownAction[]): readonly string[] => {
  const own = actions.filter(({ kind }) => !kind.startsWith("source"));
  return own.length === 0
    ? ["nothing"]
    : own.map(({ kind, title, preferred }) => `${preferred === true ? "* " : ""}${kind} ${title}`);
};

/** The action that is asked for: the first whose title begins so. */
export const actionCalled = <T extends ShownAction>(actions: readonly T[], words: string): T | undefined =>
  actions.find(({ title }) => title.startsWith(words));

type Texts = Readonly<Record<string, string>>;

/** The lines that go and come, file by file. */
export function shownTexts(before: Texts, after: Texts): readonly string[] {
  const lines = Object.keys(after)
    .sort()
    .flatMap((path) => {
      const changed = shownLines(before[path] ?? "", after[path] ?? "");
      const head = path in before ? path : `${path} (new)`;
      return before[path] === after[path] ? [] : [`${head}:`, ...changed];
    });
  return lines.length === 0 ? ["nothing"] : lines;
}

function shownLines(before: string, after: string): readonly string[] {
  const [old, now] = [before.split("\n"), after.split("\n")];
  return hunksOf(old, now).flatMap(([from, to, nowFrom, nowTo]) => [
    `@${from + 1}`,
    ...old.slice(from, to).map((line) => `- ${visible(line)}`.trimEnd()),
    ...now.slice(nowFrom, nowTo).map((line) => `+ ${visible(line)}`.trimEnd()),
  ]);
}

/** Blanks at the end of a line as dots. */
const visible = (line: string): string => line.replace(/[ \t]+$/, (blanks) => "·".repeat(blanks.length));
