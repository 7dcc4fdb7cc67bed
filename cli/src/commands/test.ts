import { Command } from "commander";
import type { Bench } from "../bench.ts";
import type { TestOptions } from "../jobs/test.ts";
import { runOrWatch } from "../jobs/watch.ts";
import { formatOption, watchOption, withExamples } from "./shared.ts";

/** `agentpolicy test`: the tests that stand in policies and beside them. */
export const testCommand = (bench: Bench): Command =>
  withExamples(
    new Command("test")
      .summary("run the tests of policies")
      .description(
        "Run every `test` in policies and in the *.test.agentpolicy files beside them, on a clock of their own. A call " +
          "that is allowed counts in tracks. Exit code 1 if a test fails or there is none.",
      )
      .argument("<files...>", "policy or test files, folders or patterns; `-` is standard input")
      .option("--coverage", "also list the rules, and outcomes of conditions, that no test reached")
      .addOption(formatOption("how to write results"))
      .addOption(watchOption())
      .action(async (files: string[], options: TestOptions) => {
        const { testFiles } = await import("../jobs/test.ts");
        const { finish, world } = bench;
        finish(
          await runOrWatch(options.watch === true, files, world, () => testFiles(files, options, world)),
        );
      }),
    "agentpolicy test payments.agentpolicy --coverage",
    "agentpolicy test --watch policies",
  );
