import { type LineIndex, type Location, lineIndex } from "@agentpolicy/language";
import type { Snapshot } from "../../snapshot.ts";
import { code } from "../../words/phrase.ts";

/** The target of a link to a line (from 1) of a file, as Markdown writes it. */
export type LinkTo = (file: string, line: number) => string;

/** With what hovers are written. */
export interface Writing {
  readonly snapshot: Snapshot;
  /** The file that is asked about. */
  readonly path: string;
  readonly link: LinkTo;
}

const indices = new WeakMap<object, LineIndex>();

/** `[label](file#L12)`; the label alone for a file that nobody knows. */
export function linked(writing: Writing, label: string, at: Location): string {
  const line = lineOf(writing, at);
  return line === null ? label : `[${label}](${writing.link(at.file, line)})`;
}

const baseName = (file: string): string => file.slice(file.lastIndexOf("/") + 1);

/** A link that says where it leads: `payments.agentpolicy:12`. */
export function placeLink(writing: Writing, at: Location): string {
  const line = lineOf(writing, at);
  return linked(writing, code(`${baseName(at.file)}${line === null ? "" : `:${line}`}`), at);
}

/** The line of a place, from 1; null in a file that nobody knows. */
function lineOf({ snapshot }: Writing, at: Location): number | null {
  const source = snapshot.program.sources.get(at.file);
  const lines =
    snapshot.files.get(at.file)?.lines ?? (source && (indices.get(source) ?? lineIndex(source.text)));
  if (!lines) return null;
  if (source) indices.set(source, lines);
  return lines.position(at.start).line + 1;
}

/** A link to a whole file. */
export const fileLink = ({ link }: Pick<Writing, "link">, file: string): string =>
  `[${code(baseName(file))}](${link(file, 1)})`;

/** Text as the language writes it. */
export const fenced = (text: string): string => `\`\`\`agentpolicy\n${text.replaceAll("```", "'''")}\n\`\`\``;

const LONGEST = 900;

/** What a schema or comment says: Markdown of its author, cut where it is long. */
export function prose(doc: string | null | undefined): string {
  const text = (doc ?? "").trim();
  return text.length > LONGEST ? `${text.slice(0, LONGEST).replace(/\s+\S*$/, "")} …` : text;
}

/** A cell of a table: one line, no bars. */
export const cell = (text: string, most = 160): string => {
  const line = text.replace(/\s+/g, " ").trim();
  const short = line.length > most ? `${line.slice(0, most).replace(/\s+\S*$/, "")} …` : line;
  return short.replaceAll("|", "\\|");
};

/** Paragraphs; those that are empty are left out. */
export const paragraphs = (...parts: readonly (string | null | undefined)[]): string =>
  parts.filter((part) => part !== null && part !== undefined && part !== "").join("\n\n");
