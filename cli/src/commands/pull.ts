import { Command } from "commander";
import type { Bench } from "../bench.ts";
import type { PullOptions } from "../jobs/pull.ts";
import { formatOption, gather, timeoutOption, withExamples } from "./shared.ts";

/** `agentpolicy pull`: the tools of a running MCP server into a catalogue file. */
export const pullCommand = (bench: Bench): Command =>
  withExamples(
    new Command("pull")
      .summary("write the tools of a running MCP server into a catalogue file")
      .description(
        "Ask a running MCP server for its tools (tools/list, all pages) and write them as a catalogue that policies " +
          "read. The server is a program after `--`, spoken to over stdio, or a Streamable HTTP endpoint given by " +
          "--url. Tools are sorted, so that a later pull shows what changed.",
      )
      .usage("[options] -- COMMAND [ARG…]\n       agentpolicy pull [options] --url URL")
      .option("-o, --out <file>", "the catalogue file to write; `-` or none is standard output")
      .option("--url <url>", "where the server listens (Streamable HTTP)")
      .option("--header <line>", "a header to send along, `Name: value`; may be repeated", gather)
      .addOption(timeoutOption())
      .addOption(formatOption("how to say what was written"))
      .action(async (options: PullOptions) => {
        const { pullTools } = await import("../jobs/pull.ts");
        bench.finish(await pullTools(options, bench));
      }),
    "agentpolicy pull -o github.tools.json -- npx -y @modelcontextprotocol/server-github",
    'agentpolicy pull -o crm.tools.json --url https://mcp.acme.com/mcp --header "Authorization: Bearer $TOKEN"',
  );
