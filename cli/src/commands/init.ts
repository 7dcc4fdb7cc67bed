import { Command } from "commander";
import type { Bench } from "../bench.ts";
import type { InitOptions } from "../jobs/init.ts";
import { formatOption, gather, timeoutOption, withExamples } from "./shared.ts";

/** `agentpolicy init`: a policy to start from. */
export const initCommand = (bench: Bench): Command =>
  withExamples(
    new Command("init")
      .summary("make a policy to start from, with tests, for the tools of a server")
      .description(
        "Make a starting policy and its tests from a catalogue file or a running MCP server: tools that only read may " +
          "run, tools that may destroy wait for approval, the rest is denied with a comment that says why. Every tool " +
          "gets a test. Nothing that is already there is written over.",
      )
      .usage(
        "[options] CATALOGUE\n       agentpolicy init [options] -- COMMAND [ARG…]\n       agentpolicy init [options] --url URL",
      )
      .argument(
        "[catalogue]",
        "a catalogue file (an MCP tools/list result, OpenAI or Anthropic tools); `-` is standard input",
      )
      .option("-o, --out <path>", "the policy file to write (*.agentpolicy), or the folder for it", ".")
      .option("--name <name>", "what to call the policy and the server")
      .option("--force", "write over files that are already there")
      .option("--url <url>", "where the server listens (Streamable HTTP)")
      .option("--header <line>", "a header to send along, `Name: value`; may be repeated", gather)
      .addOption(timeoutOption())
      .addOption(formatOption("how to say what was written"))
      .action(async (catalogue: string | undefined, options: InitOptions) => {
        const { makePolicy } = await import("../jobs/init.ts");
        bench.finish(await makePolicy(catalogue, options, bench));
      }),
    "agentpolicy init github.tools.json",
    "agentpolicy init -o policies -- npx -y @modelcontextprotocol/server-filesystem .",
  );
