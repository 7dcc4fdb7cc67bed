import type { TestCoverage } from "@agentpolicy/compiler";
import { type Location, lineIndex } from "@agentpolicy/language";
import type { Loaded } from "../io/load.ts";
import type { Places } from "./places.ts";
import type { Style } from "./style.ts";

const share = (part: number, all: number): string =>
  all === 0 ? "100 %" : `${Math.floor((part * 100) / all)} %`;

/** How much the tests reached, and one line for everything that they did not. */
export const coverageText = (coverage: TestCoverage, loaded: Loaded, style: Style): string => {
  const { rules, outcomes, unmatched, missing } = coverage;
  const place = (at: Location): string => {
    const file = loaded.show(at.file);
    const { line, character } = lineIndex(loaded.sources.get(file) ?? "").position(at.start);
    return style.dim(`${file}:${line + 1}:${character + 1}`);
  };
  const textAt = (at: Location): string => {
    const text = (loaded.sources.get(loaded.show(at.file)) ?? "")
      .slice(at.start, at.end)
      .replace(/\s+/g, " ");
    return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
  };
  const lines = [
    `  ${style.bold("coverage")} rules ${rules.matched} of ${rules.all} (${share(rules.matched, rules.all)}), ` +
      `outcomes of conditions ${outcomes.reached} of ${outcomes.all} (${share(outcomes.reached, outcomes.all)})`,
    ...unmatched.map(({ rule, at }) => `    ${style.yellow("never matched")} ${rule}  ${place(at)}`),
    ...missing.map(
      ({ outcome, at }) =>
        `    ${style.yellow(outcome ? "never true   " : "never false  ")} ${textAt(at)}  ${place(at)}`,
    ),
  ];
  return `${lines.join("\n")}\n`;
};

export const coverageJson = (coverage: TestCoverage, { show }: Loaded, places: Places): unknown => {
  const placed = ({ file, start, end }: Location) => {
    const at = { file: show(file), start, end };
    return { file: at.file, range: places(at) };
  };
  const { rules, outcomes, unmatched, missing } = coverage;
  return {
    rules,
    outcomes,
    unmatched: unmatched.map(({ rule, at }) => ({ rule, ...placed(at) })),
    missing: missing.map(({ rule, at, outcome }) => ({ rule, outcome, ...placed(at) })),
  };
};
