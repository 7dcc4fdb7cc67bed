/** A noun in Markdown: "the amount", "`to`", "one of the paths". */
export interface Phrase {
  readonly text: string;
  readonly plural: boolean;
}

export const singular = (text: string): Phrase => ({ text, plural: false });
export const plural = (text: string): Phrase => ({ text, plural: true });

/** Text as it is written, on one line. Backticks in it need longer fences. */
export function code(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  if (line === "") return "";
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? `\`${line}\`` : `${fence} ${line} ${fence}`;
}

/** Plain text in Markdown. */
export const escaped = (text: string): string => text.replace(/[\\`*_[\]<>#|~]/g, "\\$&");

/** Markdown that is cut where it is long, between words. What is quoted at the end stays closed. */
export function shortened(markdown: string, most: number): string {
  if (markdown.length <= most) return markdown;
  const cut = markdown.slice(0, most).replace(/\s+\S*$/, "");
  const isOpen = (cut.match(/`/g)?.length ?? 0) % 2 === 1;
  return `${cut}${isOpen ? "`" : ""} …`;
}

/** A text value, cut where it is long. */
export function quotedText(value: string, most = 60): string {
  const letters = [...value];
  return code(JSON.stringify(letters.length > most ? `${letters.slice(0, most - 1).join("")}…` : value));
}

/** `a`, `a or b`, `a, b or c`. */
export function listed(parts: readonly string[], word: "and" | "or" | "nor"): string {
  const last = parts.at(-1) ?? "";
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(", ")} ${word} ${last}`;
}

/** `10,000`, `-0.5`. */
export function numberWords(value: number): string {
  const text = String(value);
  const [whole = "", ...rest] = text.split(".");
  return text.includes("e") ? text : [whole.replace(/\B(?=(\d{3})+$)/g, ","), ...rest].join(".");
}

export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${numberWords(count)} ${count === 1 ? one : many}`;

const UNITS: readonly (readonly [milliseconds: number, name: string])[] = [
  [86_400_000, "day"],
  [3_600_000, "hour"],
  [60_000, "minute"],
  [1000, "second"],
];

/** `30 minutes`, `7 days`: in the largest unit that fits; one day is better known as 24 hours. */
export function durationWords(milliseconds: number): string {
  if (milliseconds === 86_400_000) return "24 hours";
  const [unit, name] = UNITS.find(([unit]) => milliseconds >= unit && milliseconds % unit === 0) ?? [
    1,
    "millisecond",
  ];
  return counted(milliseconds / unit, name);
}

/** `the last hour`, `the last 24 hours`. */
export function lastWords(milliseconds: number): string {
  const words = durationWords(milliseconds);
  return `the last ${words.startsWith("1 ") ? words.slice(2) : words}`;
}

/** The first sentence of a doc comment, without its full stop. */
export function firstSentence(doc: string): string {
  const text = doc.replace(/\s+/g, " ").trim();
  return (/^(.*?[^.\s])\.(?:\s|$)/.exec(text)?.[1] ?? text).trim();
}
