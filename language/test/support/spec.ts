import { type Diagnostic, lineIndex } from "@agentpolicy/language";

/** One policy of a spec or page: its main text, with the other files that it needs. */
export interface Example {
  readonly title: string;
  readonly main: string;
  readonly path: string;
  readonly files: Readonly<Record<string, string>>;
}

/** What a line says must be found on it: `//! error[code] "marked text"`. */
export interface Mark {
  readonly file: string;
  readonly line: number;
  readonly severity: string;
  readonly code: string;
  readonly text: string | null;
}

const FENCE = /^```(\w+)(?: +(\S+))?\n([\s\S]*?)^```$/gm;

/**
 * The examples of a Markdown text, one for each heading that has code under it. The first `agentpolicy` block without a
 * title is the entry; blocks with a title (```json tools.json) are the other files.
 */
export const examplesOf = (markdown: string): readonly Example[] =>
  markdown.split(/^(?=#{1,2} )/m).flatMap((section) => {
    const title = section.match(/^#+ (.*)$/m)?.[1] ?? "";
    const files: Record<string, string> = {};
    let main: string | null = null;
    for (const [, language, name, text] of section.matchAll(FENCE)) {
      if (language === "agentpolicy" && name === undefined) main = text ?? "";
      else if (name !== undefined) files[name] = text ?? "";
    }
    return main === null ? [] : [{ title, main, path: "policy.agentpolicy", files }];
  });

const MARK = /(error|warning|hint)\[([a-z-]+)\](?: "((?:[^"\\]|\\.)*)")?/g;

/** The marks of a text; JSON files, which have no comments, take none. */
export const marksOf = (file: string, text: string): readonly Mark[] =>
  text.split("\n").flatMap((content, line) => {
    const start = content.indexOf("//! ");
    if (start < 0) return [];
    return [...content.slice(start).matchAll(MARK)].map(([, severity, code, marked]) => ({
      file,
      line,
      severity: severity ?? "",
      code: code ?? "",
      text: marked === undefined ? null : marked.replace(/\\(.)/g, "$1"),
    }));
  });

/** A finding as it would be marked; `line` is zero-based. */
export const markOf = (diagnostic: Diagnostic, text: string): Mark => ({
  file: diagnostic.file,
  line: lineIndex(text).position(diagnostic.span.start).line,
  severity: diagnostic.severity,
  code: diagnostic.code,
  text: text.slice(diagnostic.span.start, diagnostic.span.end),
});

/** Compares marks with findings; a mark without text fits any text. Gives what is missing and what is too much. */
export const compareMarks = (wanted: readonly Mark[], found: readonly Mark[]) => {
  const rest = [...found];
  const missing: Mark[] = [];
  for (const mark of wanted) {
    const at = rest.findIndex(
      (other) =>
        other.file === mark.file &&
        other.line === mark.line &&
        other.severity === mark.severity &&
        other.code === mark.code &&
        (mark.text === null || mark.text === other.text),
    );
    if (at < 0) missing.push(mark);
    else rest.splice(at, 1);
  }
  return { missing, unexpected: rest };
};
