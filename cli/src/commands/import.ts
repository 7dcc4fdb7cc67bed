import { Command } from "commander";
import type { Bench } from "../bench.ts";
import type { ImportOptions } from "../jobs/import.ts";
import { formatOption, gather, withExamples } from "./shared.ts";

/** `agentpolicy import`: policies in other forms, written in the language. */
export const importCommand = (bench: Bench): Command =>
  withExamples(
    new Command("import")
      .summary("write policies of other forms in the language")
      .description("Write policies of other forms in the language.")
      .addCommand(agentiamCommand(bench)),
    "agentpolicy import agentiam policy.json -o policy.agentpolicy",
  );

const agentiamCommand = ({ world, finish }: Bench): Command =>
  withExamples(
    new Command("agentiam")
      .summary("write rules as JSON objects")
      .description(
        "Write rules as JSON objects, as agentiam has them, as a policy that gives every request the same effect. What " +
          "its text does not say that the objects said is told, and stands in it as comments. It is checked as " +
          "`agentpolicy check` does. Nothing that is already there is written over.",
      )
      .argument("<file>", "the rules as JSON; `-` is standard input")
      .option("-o, --out <file>", "the policy file to write (*.agentpolicy); `-` or none is standard output")
      .option(
        "--internal-domain <domain>",
        "a domain whose addresses are not external, for `externalEmail`; may be repeated",
        gather,
      )
      .option("--force", "write over a file that is already there")
      .addOption(formatOption("how to say what was written"))
      .action(async (file: string, options: ImportOptions) => {
        const { importRules } = await import("../jobs/import.ts");
        finish(await importRules(file, options, world));
      }),
    "agentpolicy import agentiam policy.json -o policy.agentpolicy",
    "agentpolicy import agentiam policy.json --internal-domain acme.com --internal-domain acme.io",
  );
