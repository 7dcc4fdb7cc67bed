import { Command, Option } from "commander";
import { readCount, readUntil } from "../arguments/times.ts";
import type { Bench } from "../bench.ts";
import type { GrantOptions } from "../jobs/standing/grant.ts";
import type { ListOptions } from "../jobs/standing/list.ts";
import type { RevokeOptions } from "../jobs/standing/revoke.ts";
import { approversOption, formatOption, gather, storeOption, withExamples } from "./shared.ts";

/** `agentpolicy standing`: approvals given ahead. */
export const standingCommand = (bench: Bench): Command => {
  const group = new Command("standing")
    .summary("give approvals ahead, list and revoke them")
    .description(
      "Approvals given ahead: this actor, this tool, these conditions, until then. They count like any other approval by " +
        "the same person, for guards that heed them, and never where the policy denies.",
    );
  for (const make of [listCommand, grantCommand, revokeCommand]) group.addCommand(make(bench));
  return withExamples(
    group,
    "agentpolicy standing grant --actor agent:bot-1 --tool bank.transfer --when 'input.amount<=500' --until 30d",
  );
};

const listCommand = ({ world, finish }: Bench): Command =>
  withExamples(
    new Command("list")
      .summary("list approvals given ahead")
      .description("List approvals given ahead, oldest first.")
      .addOption(
        new Option("--state <state>", "those in this state")
          .choices(["granted", "revoked", "expired", "all"])
          .default("granted"),
      )
      .option("--actor <id>", "only for the actor with this id")
      .addOption(new Option("--limit <count>", "at most so many").argParser(readCount).default(50))
      .option("--after <id>", "only what is younger than this one: the next page")
      .addOption(storeOption())
      .addOption(formatOption("how to write the list"))
      .action(async (options: ListOptions) => {
        const { listStanding } = await import("../jobs/standing/list.ts");
        finish(await listStanding(options, world));
      }),
    "agentpolicy standing list --actor bot-1",
  );

const grantCommand = ({ world, finish }: Bench): Command =>
  withExamples(
    new Command("grant")
      .summary("approve calls ahead")
      .description(
        "Approve an actor's calls to a tool ahead, where every condition holds: PATH=VALUE (JSON where it can be, else " +
          "text), PATH==TEXT, PATH=[VALUE,…] for one of a list, and PATH<N, <=, >, >= for numbers. What is absent from " +
          "a call meets no condition.",
      )
      .requiredOption("--actor <type:id>", "whose calls, such as agent:bot-1")
      .requiredOption("--tool <name>", "the tool's whole name")
      .option("--when <condition>", "what must hold for the call; may be repeated", gather)
      .addOption(
        new Option("--until <time>", "until when: 12h, 30d, 2026-05-01T09:30")
          .argParser(readUntil)
          .makeOptionMandatory(),
      )
      .option("--reason <text>", "why, for the audit log")
      .addOption(approversOption())
      .addOption(storeOption())
      .addOption(formatOption("how to say what was granted"))
      .action(async (options: GrantOptions) => {
        const { grantStanding } = await import("../jobs/standing/grant.ts");
        finish(await grantStanding(options, world));
      }),
    "agentpolicy standing grant --actor agent:bot-1 --tool mail.send --when input.to=ops@acme.com --until 30d",
  );

const revokeCommand = ({ world, finish }: Bench): Command =>
  withExamples(
    new Command("revoke")
      .summary("take an approval back")
      .description("Take back an approval given ahead. Anybody may who is known.")
      .argument("<id>", "the approval, or the beginning of its id")
      .option("--reason <text>", "why, for the audit log")
      .addOption(approversOption())
      .addOption(storeOption())
      .addOption(formatOption("how to say what became of it"))
      .action(async (id: string, options: RevokeOptions) => {
        const { revokeStanding } = await import("../jobs/standing/revoke.ts");
        finish(await revokeStanding(id, options, world));
      }),
    "agentpolicy standing revoke std_91d4e2aa --reason rotated",
  );
