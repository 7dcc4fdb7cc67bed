import type { Hover } from "../../../src/ide/model.ts";

/** What is pointed at, then what is said of it, set in by two blanks. */
export const shownHover = (text: string, hover: Hover | null): readonly string[] =>
  hover === null
    ? ["nothing"]
    : [
        JSON.stringify(text.slice(hover.span.start, hover.span.end)),
        ...hover.markdown.split("\n").map((line) => (line === "" ? "" : `  ${line}`)),
      ];
