import type { Diagnostic } from "@agentpolicy/language";
import type { Loaded } from "../io/load.ts";
import { loadPolicies } from "../io/policies.ts";
import { findingsText, hasFindings, summaryLine, tally } from "../output/findings.ts";
import { githubAnnotation } from "../output/github.ts";
import { jsonDiagnostic } from "../output/json.ts";
import { jsonText } from "../output/json-text.ts";
import { placesIn } from "../output/places.ts";
import { sarifLog } from "../output/sarif.ts";
import { wideningsText } from "../output/widenings.ts";
import { report } from "../report.ts";
import { EXIT, isMistake } from "../result.ts";
import type { World } from "../world.ts";
import type { Run } from "./watch.ts";

/** The options of `agentpolicy check`, as commander gives them. */
export interface CheckOptions {
  readonly format: "pretty" | "json" | "sarif" | "github";
  readonly explainSchema?: true;
  readonly watch?: true;
}

export const checkFiles = async (
  files: readonly string[],
  options: CheckOptions,
  world: World,
): Promise<Run> => {
  const loaded = await loadPolicies(files, { cwd: world.cwd, stdin: world.stdin, withTests: false });
  if (isMistake(loaded)) return { code: report(world, loaded), files: [] };
  const diagnostics = uniqueFindings(loaded);
  await world.out(textOf(diagnostics, loaded, options, world));
  const code = hasFindings(tally(diagnostics)) ? EXIT.findings : EXIT.fine;
  return { code, files: loaded.flatMap(({ asked }) => asked) };
};

/** A file that several policies import is reported on once. */
const uniqueFindings = (loaded: readonly Loaded[]): readonly Diagnostic[] => {
  const byKey = new Map<string, Diagnostic>();
  for (const diagnostic of loaded.flatMap(({ diagnostics }) => diagnostics)) {
    const { file, code, message, span } = diagnostic;
    byKey.set(JSON.stringify([file, span.start, span.end, code, message]), diagnostic);
  }
  return [...byKey.values()];
};

const textOf = (
  diagnostics: readonly Diagnostic[],
  loaded: readonly Loaded[],
  { format, explainSchema }: CheckOptions,
  world: World,
): string => {
  const sources = new Map(loaded.flatMap((policy) => [...policy.sources]));
  const places = placesIn(sources);
  const widenings = explainSchema === true ? loaded.flatMap((policy) => policy.widenings) : null;
  if (format === "sarif") return jsonText(sarifLog(diagnostics, places));
  if (format === "github") return diagnostics.map((one) => `${githubAnnotation(one, places)}\n`).join("");
  if (format === "json") {
    return jsonText({
      diagnostics: diagnostics.map((one) => jsonDiagnostic(one, places)),
      ...(widenings === null
        ? {}
        : {
            widenings: widenings.map(({ tool, path, keyword, reason, at }) => ({
              ...{ tool, path, keyword, reason },
              ...{ file: at.file, range: places(at) },
            })),
          }),
    });
  }
  const style = world.style.out;
  return (
    findingsText(diagnostics, sources, style) +
    (widenings === null ? "" : wideningsText(widenings, places, style)) +
    summaryLine(tally(diagnostics), loaded.length, style)
  );
};
