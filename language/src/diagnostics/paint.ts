import type { Severity } from "./diagnostic.ts";

/** What a stretch of a rendered diagnostic is, and so its colour. */
export type Paint = Severity | "strong" | "quiet";

/** Puts a colour around text, or not. */
export type Painter = (paint: Paint, text: string) => string;

// SGR codes of ECMA-48: bold red, bold yellow, bold cyan, bold, blue.
const CODES: Readonly<Record<Paint, string>> = {
  error: "1;31",
  warning: "1;33",
  hint: "1;36",
  strong: "1",
  quiet: "34",
};

/** Errors red, warnings yellow, hints cyan, the rest blue; or no colour at all. */
export const painter = (colour: boolean): Painter =>
  colour
    ? (paint, text) => (text === "" ? "" : `\u001b[${CODES[paint]}m${text}\u001b[0m`)
    : (_paint, text) => text;
