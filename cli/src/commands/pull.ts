import { resolve } from "node:path";
import { Command } from "commander";
import { shownPath } from "../io/find.ts";
import { writeText } from "../io/write.ts";
import { type PlaceOptions, placeOf } from "../mcp/place.ts";
import { EXIT, isMistake, mistake } from "../result.ts";
import { type Bench, gather, report, timeoutOption, withExamples } from "./shared.ts";

interface Options extends PlaceOptions {
  readonly out?: string;
  readonly timeout: number;
  readonly format: "pretty" | "json";
}

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
      .action(async (options: Options) => bench.finish(await pull(options, bench))),
    "agentpolicy pull -o github.tools.json -- npx -y @modelcontextprotocol/server-github",
    'agentpolicy pull -o crm.tools.json --url https://mcp.acme.com/mcp --header "Authorization: Bearer $TOKEN"',
  );

const pull = async (options: Options, { world, server }: Bench): Promise<number> => {
  const place = placeOf(options, server);
  if (place === null) {
    return report(
      world,
      mistake("which server? give its command after `--`, or --url", "see agentpolicy pull --help"),
    );
  }
  if (isMistake(place)) return report(world, place);
  // The client is large, and the other commands do without it.
  const { withServer } = await import("../mcp/server.ts");
  const { catalogueText, listTools } = await import("../mcp/tools.ts");
  const tools = await withServer(place, options.timeout, world, listTools);
  if (isMistake(tools)) return report(world, tools);
  const text = catalogueText(tools);
  if (options.out === undefined || options.out === "-") {
    await world.out(text);
    return EXIT.fine;
  }
  const path = resolve(world.cwd, options.out);
  const failed = writeText(path, text, options.out);
  if (failed !== null) return report(world, failed);
  const count = `${tools.length} ${tools.length === 1 ? "tool" : "tools"}`;
  world.err(`${world.style.err.green("wrote")} ${shownPath(world.cwd, path)} (${count})\n`);
  return EXIT.fine;
};
