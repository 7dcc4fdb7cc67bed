import {
  closures,
  coverageOfTests,
  disagreements,
  interpret,
  makePlan,
  runTests,
  type TestCoverage,
  type TestResult,
} from "@agentpolicy/compiler";
import type { CheckedPolicy } from "@agentpolicy/language";
import type { Loaded } from "../io/load.ts";
import { loadPolicies } from "../io/policies.ts";
import { counted } from "../output/counted.ts";
import { coverageJson, coverageText } from "../output/coverage.ts";
import { findingsText, tally } from "../output/findings.ts";
import { jsonDiagnostic } from "../output/json.ts";
import { jsonText } from "../output/json-text.ts";
import { placesIn } from "../output/places.ts";
import { resultJson, resultText } from "../output/test-result.ts";
import { report } from "../report.ts";
import { EXIT, isMistake } from "../result.ts";
import type { World } from "../world.ts";
import type { Run } from "./watch.ts";

/** The options of `agentpolicy test`, as commander gives them. */
export interface TestOptions {
  readonly coverage?: true;
  readonly format: "pretty" | "json";
  readonly watch?: true;
}

/** A policy's tests, run; or, where it has errors, none. */
export interface Tested {
  readonly loaded: Loaded;
  readonly results: readonly TestResult[];
  readonly coverage: TestCoverage | null;
}

export const testFiles = async (
  files: readonly string[],
  options: TestOptions,
  world: World,
): Promise<Run> => {
  const loaded = await loadPolicies(files, { cwd: world.cwd, stdin: world.stdin, withTests: true });
  if (isMistake(loaded)) return { code: report(world, loaded), files: [] };
  const tested = loaded.map((one): Tested => test(one, one.policy, options.coverage === true));
  await world.out(options.format === "json" ? jsonOf(tested) : prettyOf(tested, world));
  const failed = tested.some(
    ({ results, loaded: { policy } }) => policy === null || results.some(({ passed }) => !passed),
  );
  const none = tested.every(({ results }) => results.length === 0);
  return { code: failed || none ? EXIT.findings : EXIT.fine, files: loaded.flatMap(({ asked }) => asked) };
};

const test = (loaded: Loaded, policy: CheckedPolicy | null, coverage: boolean): Tested => {
  if (policy === null) return { loaded, results: [], coverage: null };
  const results = runTests(policy, interpret(policy));
  const [odd] = disagreements(results, closures(makePlan(policy)));
  if (odd !== undefined)
    throw new Error(`two forms of the policy disagree on ${JSON.stringify(odd.request)}`);
  return { loaded, results, coverage: coverage ? coverageOfTests(policy, results) : null };
};

const prettyOf = (tested: readonly Tested[], world: World): string => {
  const style = world.style.out;
  const parts = tested.map(({ loaded, results, coverage }) => {
    if (loaded.policy === null) {
      return findingsText(
        loaded.diagnostics.filter(({ severity }) => severity === "error"),
        loaded.sources,
        style,
      );
    }
    if (results.length === 0 && coverage === null) return "";
    const lines = results.map((result) => resultText(result, loaded, style)).join("");
    const gap = results.some(({ passed }) => !passed) ? "\n" : "";
    const reach = coverage === null ? "" : `${gap}${coverageText(coverage, loaded, style)}`;
    return `${style.bold(loaded.shown)}\n${lines}${reach}\n`;
  });
  return `${parts.join("")}${lastLine(tested, world)}`;
};

const lastLine = (tested: readonly Tested[], world: World): string => {
  const style = world.style.out;
  const results = tested.flatMap((one) => one.results);
  const failed = results.filter(({ passed }) => !passed).length;
  const broken = tested.filter(({ loaded }) => loaded.policy === null).length;
  if (results.length === 0 && broken === 0) return `${style.red("✗")} there are no tests\n`;
  const parts = [
    `${results.length - failed} passed`,
    ...(failed > 0 ? [style.red(`${failed} failed`)] : []),
    ...(broken > 0
      ? [style.red(`${counted(broken, "policy").replace(/policys$/, "policies")} with errors`)]
      : []),
  ];
  return `${failed + broken > 0 ? style.red("✗") : style.green("✓")} ${parts.join(", ")}\n`;
};

const jsonOf = (tested: readonly Tested[]): string => {
  const results = tested.flatMap((one) => one.results);
  const failed = results.filter(({ passed }) => !passed).length;
  return jsonText({
    passed: results.length - failed,
    failed,
    policies: tested.map(({ loaded, results: own, coverage }) => {
      const places = placesIn(loaded.sources);
      const errors = tally(loaded.diagnostics).error > 0;
      return {
        file: loaded.shown,
        tests: own.map((result) => resultJson(result, loaded, places)),
        ...(coverage === null ? {} : { coverage: coverageJson(coverage, loaded, places) }),
        ...(errors ? { diagnostics: loaded.diagnostics.map((one) => jsonDiagnostic(one, places)) } : {}),
      };
    }),
  });
};
