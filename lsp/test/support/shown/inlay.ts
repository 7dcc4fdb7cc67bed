import type { InlayHint } from "../../../src/ide/model.ts";

/** The lines that have hints, with the hints in «», then what pointing at one says. */
export function shownHints(text: string, hints: readonly InlayHint[]): readonly string[] {
  let shown = text;
  for (const { offset, text: hint } of hints.toSorted((one, other) => other.offset - one.offset))
    shown = `${shown.slice(0, offset)}«${hint}»${shown.slice(offset)}`;
  const lines = shown.split("\n").filter((line) => line.includes("«"));
  const tips = hints.flatMap(({ text: hint, kind, tooltip }) =>
    tooltip === undefined ? [] : [`${kind} ${hint}: ${tooltip}`],
  );
  return lines.length === 0 ? ["nothing"] : [...lines.map((line) => line.trim()), ...tips];
}
