import { Command } from "commander";
import type { Bench } from "../bench.ts";
import type { EvalOptions } from "../jobs/eval.ts";
import { formatOption, withExamples } from "./shared.ts";

/** `agentpolicy eval`: what a policy says to requests. */
export const evalCommand = (bench: Bench): Command =>
  withExamples(
    new Command("eval")
      .summary("decide on requests with a policy")
      .description(
        "Decide on one request (a JSON file) or many (JSON lines). Each request stands alone, as if nothing had " +
          "happened before; with --session they follow one another, and calls that are allowed count in tracks. " +
          "JSON output is one decision a line. The exit code says whether there are decisions, not what they are.",
      )
      .argument("<policy>", "the policy file; `-` is standard input")
      .option("--request <file>", "a JSON file with one request; `-` is standard input")
      .option("--requests <file>", "a file with one JSON request a line; `-` is standard input")
      .option("--explain", "also say of every rule that covers the call whether it matched, and why")
      .option("--session", "the requests follow one another")
      .addOption(formatOption("how to write decisions"))
      .action(async (policy: string, options: EvalOptions) => {
        const { evaluateRequests } = await import("../jobs/eval.ts");
        bench.finish(await evaluateRequests(policy, options, bench.world));
      }),
    "agentpolicy eval payments.agentpolicy --request transfer.json --explain",
    "agentpolicy eval payments.agentpolicy --requests log.jsonl --session --format json",
  );
