import { Command, Option } from "commander";
import type { Bench } from "../bench.ts";
import { withExamples } from "./shared.ts";

/** `agentpolicy lsp`: the language server, for editors. */
export const lspCommand = (_: Bench): Command =>
  withExamples(
    new Command("lsp")
      .summary("serve editors over the Language Server Protocol")
      .description(
        "The language server, which editors start: diagnostics, completion, hover and the rest. It ends when the " +
          "editor does.",
      )
      .option("--stdio", "over standard input and output (the default)")
      .option("--socket <port>", "over a TCP connection that it makes to this port")
      .option("--pipe <name>", "over a named pipe or socket file that it connects to")
      .addOption(new Option("--node-ipc", "over the channel of a Node parent process").hideHelp())
      .addOption(new Option("--clientProcessId <id>", "ends when this process does").hideHelp())
      .action(async () => {
        const { serveEditors } = await import("../jobs/lsp.ts");
        await serveEditors();
      }),
    "agentpolicy lsp --stdio",
  );
