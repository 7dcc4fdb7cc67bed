import { dirname, resolve } from "node:path";
import { type CompiledFile, compiled, filesOf } from "../io/compiled.ts";
import { shownPath } from "../io/find.ts";
import type { Loaded } from "../io/load.ts";
import { loadPolicies } from "../io/policies.ts";
import { STDIN } from "../io/read.ts";
import { holds, writeText } from "../io/write.ts";
import { findingsText, summaryLine, tally } from "../output/findings.ts";
import { jsonDiagnostic } from "../output/json.ts";
import { jsonText } from "../output/json-text.ts";
import { placesIn } from "../output/places.ts";
import { report } from "../report.ts";
import { EXIT, isMistake, type Mistake } from "../result.ts";
import type { World } from "../world.ts";
import type { Run } from "./watch.ts";

/** The options of `agentpolicy compile`, as commander gives them. */
export interface CompileOptions {
  readonly out?: string;
  readonly check?: true;
  readonly format: "pretty" | "json";
  readonly watch?: true;
}

export const compileFiles = async (
  files: readonly string[],
  options: CompileOptions,
  world: World,
): Promise<Run> => {
  const loaded = await loadPolicies(files, { cwd: world.cwd, stdin: world.stdin, withTests: false });
  if (isMistake(loaded)) return { code: report(world, loaded), files: [] };
  const asked = loaded.flatMap((policy) => policy.asked);
  const outputs = loaded.flatMap((policy) => outputsOf(policy, options, world));
  const toStdout = loaded[0]?.shown === STDIN && options.out === undefined && options.check !== true;
  if (toStdout && options.format === "pretty") {
    world.err(findings(loaded, world));
    await world.out(outputs[0]?.text ?? "");
    return { code: outputs.length === 0 ? EXIT.findings : EXIT.fine, files: asked };
  }
  const stale = outputs.filter(({ path, text }) => !holds(path, text));
  const failed = options.check === true || toStdout ? null : writeAll(stale, world);
  if (failed !== null) return { code: report(world, failed), files: asked };
  await tell(loaded, outputs, stale, options, world);
  const broken = loaded.some(({ policy }) => policy === null);
  return {
    code: broken || (options.check === true && stale.length > 0) ? EXIT.findings : EXIT.fine,
    files: asked,
  };
};

const outputsOf = (loaded: Loaded, options: CompileOptions, world: World): readonly CompiledFile[] => {
  if (loaded.policy === null) return [];
  const out = options.out === undefined ? dirname(loaded.entry) : resolve(world.cwd, options.out);
  return filesOf(compiled(loaded.policy, loaded.entry, out));
};

const writeAll = (outputs: readonly CompiledFile[], world: World): Mistake | null => {
  for (const { path, text } of outputs) {
    const failed = writeText(path, text, shownPath(world.cwd, path));
    if (failed !== null) return failed;
  }
  return null;
};

const findings = (loaded: readonly Loaded[], world: World): string => {
  const diagnostics = loaded
    .flatMap((policy) => policy.diagnostics)
    .filter(({ severity }) => severity !== "hint");
  const sources = new Map(loaded.flatMap((policy) => [...policy.sources]));
  const style = world.style.err;
  const sum = tally(diagnostics);
  return (
    findingsText(diagnostics, sources, style) + (sum.error > 0 ? summaryLine(sum, loaded.length, style) : "")
  );
};

const tell = async (
  loaded: readonly Loaded[],
  outputs: readonly CompiledFile[],
  stale: readonly CompiledFile[],
  { check, format }: CompileOptions,
  world: World,
): Promise<void> => {
  const show = ({ path }: CompiledFile) => shownPath(world.cwd, path);
  if (format === "json") {
    const places = placesIn(new Map(loaded.flatMap((policy) => [...policy.sources])));
    const diagnostics = loaded
      .flatMap((policy) => policy.diagnostics)
      .map((one) => jsonDiagnostic(one, places));
    const files = outputs.map((output) => ({ file: show(output), changed: stale.includes(output) }));
    await world.out(jsonText({ files, diagnostics }));
    return;
  }
  world.err(findings(loaded, world));
  const style = world.style.out;
  const lines =
    check === true
      ? stale.map((output) => `${style.yellow("not up to date")} ${show(output)}\n`)
      : outputs.map(
          (output) =>
            `${stale.includes(output) ? style.green("wrote    ") : style.dim("unchanged")} ${show(output)}\n`,
        );
  const fine =
    check === true && stale.length === 0 && outputs.length > 0
      ? [`${style.green("✓")} all up to date\n`]
      : [];
  await world.out([...lines, ...fine].join(""));
};
