import { Command } from "commander";
import type { Bench } from "../bench.ts";
import type { CompileOptions } from "../jobs/compile.ts";
import { runOrWatch } from "../jobs/watch.ts";
import { formatOption, watchOption, withExamples } from "./shared.ts";

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
      .addOption(formatOption("how to report"))
      .addOption(watchOption())
      .action(async (files: string[], options: CompileOptions) => {
        const { compileFiles } = await import("../jobs/compile.ts");
        const { finish, world } = bench;
        finish(
          await runOrWatch(options.watch === true, files, world, () => compileFiles(files, options, world)),
        );
      }),
    "agentpolicy compile payments.agentpolicy",
    "agentpolicy compile --check -o build policies",
  );
