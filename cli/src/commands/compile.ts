import { dirname, resolve } from "node:path";
import { Command, Option } from "commander";
import { type CompiledFile, compiled, filesOf } from "../io/compiled.ts";
import { shownPath } from "../io/find.ts";
import type { Loaded } from "../io/load.ts";
import { loadPolicies, STDIN } from "../io/policies.ts";
import { holds, writeText } from "../io/write.ts";
import { findingsText, hasFindings, summaryLine, tally } from "../output/findings.ts";
import { jsonDiagnostic, jsonText } from "../output/json.ts";
import { placesIn } from "../output/places.ts";
import { EXIT, isMistake, type Mistake } from "../result.ts";
import type { World } from "../world.ts";
import { type Bench, report, withExamples } from "./shared.ts";
import { type Run, runOrWatch, watchOption } from "./watch.ts";

interface Options {
  readonly out?: string;
  readonly check?: true;
  readonly format: "pretty" | "json";
  readonly watch?: true;
}

/** `agentpolicy compile`: decision modules that run anywhere. */
export const compileCommand = (bench: Bench): Command =>
  withExamples(
    new Command("compile")
      .summary("compile policies to decision modules")
      .description(
        "Compile each policy to an ES module (NAME.policy.js), its types (NAME.policy.d.ts), a source map and a " +
          "manifest (NAME.policy.json), beside the policy or in a folder of your choice. A policy with errors writes " +
          "nothing. The same policy gives the same bytes, everywhere.",
      )
      .argument(
        "<files...>",
        "policy files, folders or patterns; `-` is standard input, its module standard output",
      )
      .option("-o, --out <folder>", "where to write")
      .option("--check", "write nothing; exit code 1 if anything written before is not up to date")
      .addOption(
        new Option("--format <format>", "how to report").choices(["pretty", "json"]).default("pretty"),
      )
      .addOption(watchOption())
      .action(async (files: string[], options: Options) =>
        bench.finish(
          await runOrWatch(options.watch === true, files, bench.world, () =>
            run(files, options, bench.world),
          ),
        ),
      ),
    "agentpolicy compile payments.agentpolicy",
    "agentpolicy compile --check -o build policies",
  );

const run = async (files: readonly string[], options: Options, world: World): Promise<Run> => {
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

const outputsOf = (loaded: Loaded, options: Options, world: World): readonly CompiledFile[] => {
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
    findingsText(diagnostics, sources, style) +
    (hasFindings(sum) ? summaryLine(sum, loaded.length, style) : "")
  );
};

const tell = async (
  loaded: readonly Loaded[],
  outputs: readonly CompiledFile[],
  stale: readonly CompiledFile[],
  { check, format }: Options,
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
