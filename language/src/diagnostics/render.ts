import type { LineIndex } from "../text/lines.ts";
import type { Location } from "../text/span.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { type Excerpt, excerptsOf, type Mark } from "./frame.ts";
import { type Painter, painter } from "./paint.ts";
import { type Lines, linesOf } from "./sources.ts";
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
  const lines = linesOf(sources);
  return options.style === "short" ? short(diagnostic, lines, paint) : pretty(diagnostic, lines, paint);
};

const place = ({ file, start }: Location, lines: LineIndex | undefined): string => {
  if (lines === undefined) return shownText(file);
  const { line, character } = lines.position(start);
  return `${shownText(file)}:${line + 1}:${character + 1}`;
};

const placeOf = (diagnostic: Diagnostic): Location => ({ file: diagnostic.file, ...diagnostic.span });

const short = (diagnostic: Diagnostic, lines: Lines, paint: Painter): string => {
  const { severity, code, message, label, file } = diagnostic;
  const words = label === undefined ? message : `${message}; ${label}`;
  const where = place(placeOf(diagnostic), lines(file));
  return `${where}: ${paint(severity, `${severity}[${code}]`)} ${shownText(words)}`;
};

/** All that is shown of one file. `at` is the place that its heading names. */
interface Frame {
  readonly at: Location;
  readonly lines: LineIndex | undefined;
  readonly excerpts: readonly Excerpt[];
  /** Labels for which there is no text to put them under. */
  readonly notes: readonly string[];
}

const pretty = (diagnostic: Diagnostic, lines: Lines, paint: Painter): string => {
  const { severity, code, message } = diagnostic;
  const frames = framesOf(diagnostic, lines, paint);
  const last = Math.max(0, ...frames.flatMap((frame) => frame.excerpts.map((excerpt) => excerpt.line + 1)));
  const gutter = String(last).length;
  const shown = [`${paint(severity, `${severity}[${code}]`)}${paint("strong", `: ${shownText(message)}`)}`];
  frames.forEach((frame, at) => {
    if (at > 0) shown.push(bar(gutter, paint, "│"));
    shown.push(
      `${bar(gutter, paint, "┌─")} ${place(frame.at, frame.lines)}`,
      ...frameLines(frame, gutter, paint),
    );
  });
  for (const [title, text] of footers(diagnostic)) {
    shown.push(`${bar(gutter, paint, "=")} ${paint("strong", `${title}:`)} ${shownText(text)}`);
  }
  return shown.join("\n");
};

const bar = (gutter: number, paint: Painter, sign: string): string =>
  `${" ".repeat(gutter + 1)}${paint("quiet", sign)}`;

const footers = ({ help, fixes }: Diagnostic): readonly (readonly [string, string])[] => {
  if (help !== undefined) return [["help", help]];
  const fix = fixes.find((candidate) => candidate.preferred);
  return fix === undefined ? [] : [["help", fix.title]];
};

/** The diagnostic's own file first, then each other file that it points into. */
const framesOf = (diagnostic: Diagnostic, lines: Lines, paint: Painter): readonly Frame[] => {
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
  const byFile = new Map<string, [Mark & Location, ...(Mark & Location)[]]>([[own.file, [own]]]);
  for (const cause of causes) {
    const beside = byFile.get(cause.file);
    if (beside === undefined) byFile.set(cause.file, [cause]);
    else beside.push(cause);
  }
  return [...byFile.values()].map((marks) => frameOf(marks, lines(marks[0].file), paint));
};

const frameOf = (
  marks: readonly [Mark & Location, ...(Mark & Location)[]],
  lines: LineIndex | undefined,
  paint: Painter,
): Frame => {
  const [at] = marks;
  return lines === undefined
    ? { at, lines, excerpts: [], notes: marks.map((mark) => mark.label).filter((label) => label !== "") }
    : { at, lines, excerpts: excerptsOf(lines, marks, paint), notes: [] };
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
