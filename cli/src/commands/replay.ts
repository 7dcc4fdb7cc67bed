import { Command, Option } from "commander";
import { readSince } from "../arguments/times.ts";
import type { Bench } from "../bench.ts";
import type { ReplayOptions } from "../jobs/replay.ts";
import { formatOption, storeOption, withExamples } from "./shared.ts";

/** `agentpolicy replay`: what another policy would have said. */
export const replayCommand = (bench: Bench): Command =>
  withExamples(
    new Command("replay")
      .summary("judge recorded requests under another policy")
      .description(
        "Judge every request of an audit log again, under another policy and with what was known then, and say what would " +
          "change: what would be newly allowed first. Exit code 0 if every decision stays the same, 1 if any differs " +
          "or cannot be told, for instance because it depends on a masked value.",
      )
      .argument("[file]", "a file as `audit export` or a sink writes it; `-` is standard input")
      .requiredOption("--policy <file>", "the policy to judge by")
      .addOption(
        new Option("--since <time>", "only from then on: 1h, 7d, 2026-05-01T09:30").argParser(readSince),
      )
      .addOption(storeOption())
      .addOption(formatOption("how to write what would change"))
      .action(async (file: string | undefined, options: ReplayOptions) => {
        const { replayLog } = await import("../jobs/replay.ts");
        bench.finish(await replayLog(file, options, bench.world));
      }),
    "agentpolicy replay audit.jsonl --policy new.agentpolicy",
    "agentpolicy replay --store sqlite:./agentpolicy.db --since 7d --policy new.agentpolicy",
  );
