import { lineIndex } from "../text/lines.ts";
import type { Location } from "../text/span.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { type Excerpt, excerptsOf, type Mark } from "./frame.ts";
import { type Painter, painter } from "./paint.ts";
import { shownText } from "./width.ts";

export interface RenderOptions {
  /** `pretty`: a frame of source lines. `short`: one line, `path:line:column: error[code] message; label`. */
  readonly style: "pretty" | "short";
  /** ANSI colours. */
  readonly colour: boolean;
}

/**
 * A diagnostic as text for a terminal, without a newline at its end. Lines and columns are one-based, columns in UTF-16
 * units. `sources` holds the texts of the files by path; a file that is not among them is named without its lines.
 */
export const renderDiagnostic = (
  diagnostic: Diagnostic,
  sources: ReadonlyMap<string, string>,
  options: RenderOptions,
): string => {
  const paint = painter(options.colour);
  return options.style === "short" ? short(diagnostic, sources, paint) : pretty(diagnostic, sources, paint);
};

const place = ({ file, start }: Location, text: string | undefined): string => {
  if (text === undefined) return shownText(file);
  const { line, character } = lineIndex(text).position(start);
  return `${shownText(file)}:${line + 1}:${character + 1}`;
};

const placeOf = (diagnostic: Diagnostic): Location => ({ file: diagnostic.file, ...diagnostic.span });

const short = (diagnostic: Diagnostic, sources: ReadonlyMap<string, string>, paint: Painter): string => {
  const { severity, code, message, label, file } = diagnostic;
  const words = label === undefined ? message : `${message}; ${label}`;
  const where = place(placeOf(diagnostic), sources.get(file));
  return `${where}: ${paint(severity, `${severity}[${code}]`)} ${shownText(words)}`;
};

/** All that is shown of one file. `at` is the place that its heading names. */
interface Frame {
  readonly at: Location;
  readonly text: string | undefined;
  readonly excerpts: readonly Excerpt[];
  /** Labels for which there is no text to put them under. */
  readonly notes: readonly string[];
}

const pretty = (diagnostic: Diagnostic, sources: ReadonlyMap<string, string>, paint: Painter): string => {
  const { severity, code, message } = diagnostic;
  const frames = framesOf(diagnostic, sources, paint);
  const last = Math.max(0, ...frames.flatMap((frame) => frame.excerpts.map((excerpt) => excerpt.line + 1)));
  const gutter = String(last).length;
  const lines = [`${paint(severity, `${severity}[${code}]`)}${paint("strong", `: ${shownText(message)}`)}`];
  frames.forEach((frame, at) => {
    if (at > 0) lines.push(bar(gutter, paint, "│"));
    lines.push(
      `${bar(gutter, paint, "┌─")} ${place(frame.at, frame.text)}`,
      ...frameLines(frame, gutter, paint),
    );
  });
  for (const [title, text] of footers(diagnostic)) {
    lines.push(`${bar(gutter, paint, "=")} ${paint("strong", `${title}:`)} ${shownText(text)}`);
  }
  return lines.join("\n");
};

const bar = (gutter: number, paint: Painter, sign: string): string =>
  `${" ".repeat(gutter + 1)}${paint("quiet", sign)}`;

const footers = ({ help, fixes }: Diagnostic): readonly (readonly [string, string])[] => {
  if (help !== undefined) return [["help", help]];
  const fix = fixes.find((candidate) => candidate.preferred);
  return fix === undefined ? [] : [["help", fix.title]];
};

/** The diagnostic's own file first, then each other file that it points into. */
const framesOf = (
  diagnostic: Diagnostic,
  sources: ReadonlyMap<string, string>,
  paint: Painter,
): readonly Frame[] => {
  const own: Mark & Location = {
    ...placeOf(diagnostic),
    sign: "^",
    label: shownText(diagnostic.label ?? ""),
    paint: diagnostic.severity,
  };
  const causes = diagnostic.related.map(({ message, file, start, end }): Mark & Location => ({
    ...{ file, start, end },
    sign: "-",
    label: shownText(message),
    paint: "quiet",
  }));
  const byFile = new Map<string, (Mark & Location)[]>([[own.file, [own]]]);
  for (const cause of causes) byFile.set(cause.file, [...(byFile.get(cause.file) ?? []), cause]);
  return [...byFile.values()].map((marks) => frameOf(marks, sources, paint));
};

const frameOf = (
  marks: readonly (Mark & Location)[],
  sources: ReadonlyMap<string, string>,
  paint: Painter,
): Frame => {
  const at = marks[0] as Location;
  const text = sources.get(at.file);
  return text === undefined
    ? { at, text, excerpts: [], notes: marks.map((mark) => mark.label).filter((label) => label !== "") }
    : { at, text, excerpts: excerptsOf(text, marks, paint), notes: [] };
};

const frameLines = (frame: Frame, gutter: number, paint: Painter): readonly string[] => {
  const lines = frame.notes.map((note) => `${bar(gutter, paint, "=")} ${note}`);
  frame.excerpts.forEach((excerpt, at) => {
    const before = frame.excerpts[at - 1];
    if (before === undefined) lines.push(bar(gutter, paint, "│"));
    else if (excerpt.line !== before.line + 1) lines.push(bar(gutter, paint, "·"));
    const number = String(excerpt.line + 1).padStart(gutter);
    lines.push(`${paint("quiet", `${number} │`)} ${excerpt.source}`.trimEnd());
    lines.push(...excerpt.below.map((text) => `${bar(gutter, paint, "│")} ${text}`));
  });
  return lines;
};
