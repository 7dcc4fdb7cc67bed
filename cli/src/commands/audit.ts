import { Command, Option } from "commander";
import { readCount, readIndex, readSince } from "../arguments/times.ts";
import type { Bench } from "../bench.ts";
import { EVENTS } from "../jobs/audit/events.ts";
import type { ExportOptions } from "../jobs/audit/export.ts";
import type { TailOptions } from "../jobs/audit/tail.ts";
import type { VerifyOptions } from "../jobs/audit/verify.ts";
import { formatOption, gather, storeOption, withExamples } from "./shared.ts";

/** `agentpolicy audit`: what happened. */
export const auditCommand = (bench: Bench): Command => {
  const group = new Command("audit")
    .summary("read, verify and export the audit log")
    .description(
      "Read, verify and export the log of a store: one record for each thing that happened, in a chain of hashes, so that a " +
        "record that was altered or taken out is found.",
    );
  for (const make of [tailCommand, verifyCommand, exportCommand]) group.addCommand(make(bench));
  return withExamples(group, "agentpolicy audit tail --follow", "agentpolicy audit verify --head 1042:9f0c…");
};

const tailCommand = ({ world, finish }: Bench): Command =>
  withExamples(
    new Command("tail")
      .summary("show the last records")
      .description("Show the last records of the log, one a line, oldest first.")
      .option("-f, --follow", "go on as records come, until interrupted")
      .addOption(new Option("--event <event>", "only records of this").choices(EVENTS))
      .option("--actor <id>", "only calls of the actor with this id")
      .option("--tool <name>", "only calls of this tool")
      .option("--checkpoint <id>", "only the life of this checkpoint")
      .addOption(new Option("--since <time>", "from then on: 1h, 7d, 2026-05-01T09:30").argParser(readSince))
      .addOption(
        new Option("--limit <count>", "at most so many (default: 20, or all with --since)").argParser(
          readCount,
        ),
      )
      .addOption(storeOption())
      .addOption(formatOption("how to write records"))
      .action(async (options: TailOptions) => {
        const { tailLog } = await import("../jobs/audit/tail.ts");
        finish(await tailLog(options, world));
      }),
    "agentpolicy audit tail --event refused --since 24h",
    "agentpolicy audit tail --follow --json",
  );

const verifyCommand = ({ world, finish }: Bench): Command =>
  withExamples(
    new Command("verify")
      .summary("find records that were altered or taken out")
      .description(
        "Go through the log of a store or through a file of records (JSON lines), and through both where both are given, " +
          "which must then agree. Prints the head to note down elsewhere: who can write the log can make a new chain, " +
          "but none that ends in a head that was noted. Exit code 1 if anything is found.",
      )
      .argument("[file]", "a file as `audit export` or a sink writes it; `-` is standard input")
      .option("--head <seq:hash>", "a head that was noted before; may be repeated", gather)
      .option("--from <seq:hash>", "the record that the file goes on after, where it is not the whole log")
      .addOption(storeOption())
      .addOption(formatOption("how to write what was found"))
      .action(async (file: string | undefined, options: VerifyOptions) => {
        const { verifyLog } = await import("../jobs/audit/verify.ts");
        finish(await verifyLog(file, options, world));
      }),
    "agentpolicy audit verify --store sqlite:./agentpolicy.db",
    "agentpolicy audit verify audit.jsonl --store postgres://db.internal/agents",
  );

const exportCommand = ({ world, finish }: Bench): Command =>
  withExamples(
    new Command("export")
      .summary("write the records as JSON lines")
      .description("Write the records of the log, each as it is kept, as JSON lines.")
      .option("-o, --out <file>", "the file to write; `-` or none is standard output")
      .addOption(new Option("--after <seq>", "only what comes after this record").argParser(readIndex))
      .option("--force", "write over a file that is already there")
      .addOption(storeOption())
      .action(async (options: ExportOptions) => {
        const { exportLog } = await import("../jobs/audit/export.ts");
        finish(await exportLog(options, world));
      }),
    "agentpolicy audit export -o audit.jsonl",
    "agentpolicy audit export --after 1042 >> audit.jsonl",
  );
