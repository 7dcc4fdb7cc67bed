import type { TestFailure, TestResult } from "@agentpolicy/compiler";
import {
  type Diagnostic,
  type Expectation,
  effectWords,
  type Location,
  renderDiagnostic,
} from "@agentpolicy/language";
import type { Decision } from "@agentpolicy/runtime/abi";
import type { Loaded } from "../io/load.ts";
import type { Places } from "./places.ts";
import type { Style } from "./style.ts";

/** A test's line and, where it failed, each expectation that did not come true with its place and what came instead. */
export const resultText = (result: TestResult, loaded: Loaded, style: Style): string => {
  const sign = result.passed ? style.green("✓") : style.red("✗");
  const failures = result.failures.map((failure) => {
    const frame = renderDiagnostic(failureDiagnostic(failure, loaded), loaded.sources, {
      style: "pretty",
      colour: style.colour,
    });
    return `\n${frame.replace(/^/gm, "    ").replace(/ +$/gm, "")}\n${factsOf(failure, style)}`;
  });
  return `  ${sign} ${result.name}\n${failures.join("")}`;
};

const wordsOf = ({ effect, rules, code }: Expectation): string =>
  [
    effectWords(effect),
    ...(rules === null ? [] : [`by ${rules.length === 0 ? "no rule" : rules.join(", ")}`]),
    ...(code === null ? [] : [`code ${code}`]),
  ].join(" ");

const decisionWords = ({ decision, rules, code }: Decision): string =>
  `${effectWords(decision)}${rules.length === 0 ? "" : ` by ${rules.join(", ")}`}${code === "rule" ? "" : ` code ${code}`}`;

/** A failure in the form of a finding, so that it is shown as findings are. */
const failureDiagnostic = ({ expected, call }: TestFailure, { show }: Loaded): Diagnostic => {
  const at = (location: Location): Location => ({ ...location, file: show(location.file) });
  const { file, start, end } = at(expected.at);
  return {
    code: "failed-expectation",
    severity: "error",
    message: `expected ${wordsOf(expected)}`,
    label: `found ${decisionWords(call.decision)}`,
    file,
    span: { start, end },
    related: [{ ...at(call.at), message: "for this call" }],
    fixes: [],
  };
};

/** The reasons that were given, and the figures of tracks that were read: mostly enough to see why. */
const factsOf = ({ call: { decision, figures } }: TestFailure, style: Style): string => {
  const tracks = Object.entries(figures).map(([track, figure]) => `${track} was ${figure}`);
  return [...decision.reasons, ...tracks].map((fact) => `    ${style.dim("=")} ${fact}\n`).join("");
};

export const resultJson = (
  { name, at, passed, failures, calls }: TestResult,
  { show }: Loaded,
  places: Places,
): unknown => {
  const placed = (location: Location) => {
    const shown = { ...location, file: show(location.file) };
    return { file: shown.file, range: places(shown) };
  };
  return {
    name,
    ...placed(at),
    passed,
    calls: calls.length,
    failures: failures.map(({ expected, mismatch, call }) => ({
      ...placed(expected.at),
      mismatch,
      expected: {
        decision: expected.effect,
        ...(expected.rules === null ? {} : { rules: expected.rules }),
        ...(expected.code === null ? {} : { code: expected.code }),
      },
      found: call.decision,
      request: call.request,
      figures: call.figures,
    })),
  };
};
