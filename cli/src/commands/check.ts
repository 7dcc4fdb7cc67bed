import { Command, Option } from "commander";
import type { Bench } from "../bench.ts";
import type { CheckOptions } from "../jobs/check.ts";
import { runOrWatch } from "../jobs/watch.ts";
import { watchOption, withExamples } from "./shared.ts";

/** `agentpolicy check`: everything that can be said about policies without running them. */
export const checkCommand = (bench: Bench): Command =>
  withExamples(
    new Command("check")
      .summary("check policies against the tools' own schemas")
      .description(
        "Check policies: grammar, names, types against the tools' own schemas, and everything that looks like a " +
          "mistake. Folders are searched for *.agentpolicy files. Errors and warnings give exit code 1; hints do not.",
      )
      .argument("<files...>", "policy files, folders or patterns; `-` is standard input")
      .addOption(
        new Option("--format <format>", "how to write findings")
          .choices(["pretty", "json", "sarif", "github"])
          .default("pretty"),
      )
      .option("--explain-schema", "also say where a tool's schema was widened to fit a type, and why")
      .addOption(watchOption())
      .action(async (files: string[], options: CheckOptions) => {
        const { checkFiles } = await import("../jobs/check.ts");
        const { finish, world } = bench;
        finish(
          await runOrWatch(options.watch === true, files, world, () => checkFiles(files, options, world)),
        );
      }),
    "agentpolicy check payments.agentpolicy",
    "agentpolicy check --format sarif policies > findings.sarif",
  );
