import { statSync } from "node:fs";
import { tmpdir } from "node:os";
import { Command, Option } from "commander";
import { STORES, type StoreName } from "./guard/place.ts";
import { guardReport } from "./guard/report.ts";
import { keep, runGuard } from "./guard/suite.ts";
import { lspReport } from "./lsp/report.ts";
import { keepLsp, runLsp } from "./lsp/suite.ts";

interface GuardFlags {
  readonly quick: boolean;
  readonly write: boolean;
  readonly store: readonly StoreName[];
  readonly folder: string;
}

const say = (text: string) => console.error(text);

const program = new Command("bench").description("Measures, and writes RESULTS.md and results/.");

program
  .command("guard")
  .description("what the guard costs over each store, as a multiple of the store's own bare write")
  .option("--quick", "a few calls only, to see that everything works; nothing is written", false)
  .option("--no-write", "show the report instead of writing it")
  .addOption(new Option("--store <name...>", "only these stores").choices(STORES).default(STORES))
  .option("--folder <path>", "where databases are made: on the disk that is to be measured", tmpdir())
  .action(async ({ quick, write, store, folder }: GuardFlags) => {
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
      program.error(`error: there is no folder \`${folder}\``);
    }
    const run = await runGuard({ stores: store, quick, folder, say });
    const whole = STORES.every((name) => run.stores.some((result) => result.store === name));
    if (write && whole && !quick) keep(run);
    else console.log(guardReport(run));
  });

interface LspFlags {
  readonly quick: boolean;
  readonly write: boolean;
  readonly lines: number;
}

program
  .command("lsp")
  .description("how long the language server takes on a large policy, beside a plain full check")
  .option("--quick", "a few keystrokes only, to see that everything works; nothing is written", false)
  .option("--no-write", "show the report instead of writing it")
  .addOption(new Option("--lines <count>", "how long the policy is").argParser(Number).default(5000))
  .action(async ({ quick, write, lines }: LspFlags) => {
    if (!Number.isInteger(lines) || lines < 100) program.error("error: a policy has at least 100 lines");
    const run = await runLsp({ lines, quick });
    if (run === null)
      return program.error("error: the catalogues of MCP servers are not beside the repository");
    if (write && !quick) keepLsp(run);
    else console.log(lspReport(run));
  });

await program.parseAsync();
