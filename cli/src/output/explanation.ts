import type { DecidingPart, Explanation, RuleExplanation } from "@agentpolicy/compiler";
import { effectWords, type Location, lineIndex } from "@agentpolicy/language";
import type { Loaded } from "../io/load.ts";
import type { Places } from "./places.ts";
import type { Style } from "./style.ts";

/** Every rule that covers the call: whether it matched, the part of its condition that decided, and the values seen. */
export const explanationText = ({ rules }: Explanation, loaded: Loaded, style: Style): string => {
  if (rules.length === 0) return `\n  ${style.dim("no rule covers the call")}\n`;
  return `\n${rules.map((rule) => ruleText(rule, loaded, style)).join("")}`;
};

const ruleText = (rule: RuleExplanation, loaded: Loaded, style: Style): string => {
  const { id, effect, at, outcome, considered, decidedBy } = rule;
  const signs = {
    matched: style.green("●"),
    unmatched: style.dim("○"),
    faulted: style.red("!"),
    unjudged: style.dim("·"),
  };
  const spared = !considered && outcome !== "unjudged";
  const note = spared ? style.dim(" (not asked: a stricter rule had decided)") : "";
  const place = style.dim(placeOf(at, loaded));
  const head = `  ${signs[outcome]} ${effectWords(effect)} ${style.bold(id)} ${outcomeWords(outcome)}${note}  ${place}\n`;
  if (decidedBy === null) return head;
  const { clause, text, outcome: gave, values } = decidedBy;
  const result = gave === "fault" ? style.red("could not be read") : `was ${gave}`;
  const why = `      ${style.dim(clause)} ${oneLine(text)} ${style.dim(result)}\n`;
  const seen = values.map(
    ({ text: part, value }) =>
      `        ${oneLine(part)} ${style.dim("=")} ${value ?? style.dim("(absent)")}\n`,
  );
  return `${head}${why}${seen.join("")}`;
};

const outcomeWords = (outcome: RuleExplanation["outcome"]): string =>
  outcome === "matched"
    ? "matched"
    : outcome === "unmatched"
      ? "did not match"
      : outcome === "faulted"
        ? "could not be evaluated"
        : "was not judged";

/** The explanation for programs: every place as a file and a range. */
export const explanationJson = ({ tool, rules }: Explanation, { show }: Loaded, places: Places): unknown => {
  const placed = ({ file, start, end }: Location) => {
    const at = { file: show(file), start, end };
    return { file: at.file, range: places(at) };
  };
  return {
    tool,
    rules: rules.map(({ at, decidedBy, ...rule }) => ({
      ...rule,
      ...placed(at),
      decidedBy: decidedBy === null ? null : decidedJson(decidedBy, placed),
    })),
  };
};

const decidedJson = ({ at, values, ...part }: DecidingPart, placed: (at: Location) => object): unknown => ({
  ...part,
  ...placed(at),
  values: values.map(({ at: where, ...value }) => ({ ...value, ...placed(where) })),
});

const oneLine = (text: string): string => text.replace(/\s+/g, " ");

const placeOf = ({ file, start }: Location, { show, sources }: Loaded): string => {
  const shown = show(file);
  const { line, character } = lineIndex(sources.get(shown) ?? "").position(start);
  return `${shown}:${line + 1}:${character + 1}`;
};
