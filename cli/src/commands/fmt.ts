import { Command } from "commander";
import type { Bench } from "../bench.ts";
import type { FmtOptions } from "../jobs/fmt.ts";
import { runOrWatch } from "../jobs/watch.ts";
import { formatOption, watchOption, withExamples } from "./shared.ts";

/** `agentpolicy fmt`: the one canonical format. */
export const fmtCommand = (bench: Bench): Command =>
  withExamples(
    new Command("fmt")
      .summary("format policies in place")
      .description(
        "Write policies in their one canonical format; there are no options. Comments stay and meaning never changes. " +
          "A file with syntax errors is left alone. With `-`, standard input is formatted to standard output.",
      )
      .argument("<files...>", "policy files, folders or patterns; `-` is standard input")
      .option(
        "--check",
        "write nothing; list the files that are not formatted, with exit code 1 if there are any",
      )
      .addOption(formatOption("how to report"))
      .addOption(watchOption())
      .action(async (files: string[], options: FmtOptions) => {
        const { formatFiles } = await import("../jobs/fmt.ts");
        const { finish, world } = bench;
        finish(
          await runOrWatch(options.watch === true, files, world, () => formatFiles(files, options, world)),
        );
      }),
    "agentpolicy fmt policies",
    "agentpolicy fmt --check payments.agentpolicy",
  );
