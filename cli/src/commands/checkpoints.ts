import { Command, Option } from "commander";
import { readCount, readIndex } from "../arguments/times.ts";
import type { Bench } from "../bench.ts";
import { type ListOptions, STATES } from "../jobs/checkpoints/filters.ts";
import type { StoreOptions } from "../jobs/store-job.ts";
import { approversOption, formatOption, gather, storeOption, withExamples } from "./shared.ts";

const ID = "the checkpoint, or the beginning of its id";

/** `agentpolicy checkpoints`: the calls that wait for somebody. */
export const checkpointsCommand = (bench: Bench): Command => {
  const group = new Command("checkpoints")
    .summary("see and decide the calls that wait for somebody")
    .description(
      "See the calls that a guard has paused, and approve, reject, answer or cancel them. Whoever runs the command is " +
        "known by their login, or by the token in AGENTPOLICY_TOKEN, and never by a name that they give. An ID may be " +
        "cut short where its beginning is enough.",
    );
  const make = [
    listCommand,
    showCommand,
    approveCommand,
    rejectCommand,
    answerCommand,
    cancelCommand,
    expireCommand,
  ];
  for (const command of make) group.addCommand(command(bench));
  return withExamples(
    group,
    "agentpolicy checkpoints list --store sqlite:./agentpolicy.db",
    "agentpolicy checkpoints approve chk_3f2a9c1b",
  );
};

const listCommand = ({ world, finish }: Bench): Command =>
  withExamples(
    new Command("list")
      .summary("list the calls that wait")
      .description("List checkpoints, oldest first: those that wait for somebody, or those in another state.")
      .addOption(
        new Option("--state <state>", "those in this state").choices([...STATES, "all"]).default("pending"),
      )
      .option("--actor <id>", "only calls of the actor with this id")
      .addOption(new Option("--limit <count>", "at most so many").argParser(readCount).default(50))
      .option("--after <id>", "only what is younger than this checkpoint: the next page")
      .addOption(storeOption())
      .addOption(formatOption("how to write the list"))
      .action(async (options: ListOptions) => {
        const { listCheckpoints } = await import("../jobs/checkpoints/list.ts");
        finish(await listCheckpoints(options, world));
      }),
    "agentpolicy checkpoints list",
    "agentpolicy checkpoints list --state all --actor bot-1 --json",
  );

const showCommand = ({ world, finish }: Bench): Command =>
  withExamples(
    new Command("show")
      .summary("show all that somebody needs to decide on one")
      .description(
        "Show a checkpoint: the call with its arguments (masked values are •••), the reason, the rule and the risk, who " +
          "may approve and who has, and what the audit log says of it.",
      )
      .argument("<id>", ID)
      .addOption(storeOption())
      .addOption(formatOption("how to write it"))
      .action(async (id: string, options: StoreOptions) => {
        const { showCheckpoint } = await import("../jobs/checkpoints/show.ts");
        finish(await showCheckpoint(id, options, world));
      }),
    "agentpolicy checkpoints show chk_3f2a9c1b",
  );

const approveCommand = (bench: Bench): Command =>
  changing(
    bench,
    "approve",
    new Command("approve")
      .summary("approve a call")
      .description(
        "Approve a call, once for each person. The agent then resumes it: the policy judges again, and what it now denies " +
          "stays denied. With --edit the call's arguments are changed first, and earlier approvals no longer count, for " +
          "they were of another call. VALUE is JSON where it can be, else text; after `==` it is always text.",
      )
      .argument("<id>", ID)
      .option("--edit <path=value>", "a new value for an argument, `==` for text; may be repeated", gather)
      .addOption(
        new Option("--edition <number>", "which edition you have looked at, where somebody has changed it")
          .argParser(readIndex)
          .default(0),
      )
      .option("--reason <text>", "why, for the audit log"),
    "agentpolicy checkpoints approve chk_3f2a9c1b",
    "agentpolicy checkpoints approve chk_3f2a9c1b --edit input.amount=200 --reason agreed",
  );

const rejectCommand = (bench: Bench): Command =>
  changing(
    bench,
    "reject",
    new Command("reject")
      .summary("reject a call")
      .description("Reject a call, for good. It takes somebody who could have approved it.")
      .argument("<id>", ID)
      .requiredOption("--reason <text>", "why"),
    'agentpolicy checkpoints reject chk_3f2a9c1b --reason "not this month"',
  );

const answerCommand = (bench: Bench): Command =>
  changing(
    bench,
    "answer",
    new Command("answer")
      .summary("answer the questions of a call that needs to be clearer")
      .description(
        "Give a value for each path that a call waits for. The changed call is then judged anew. VALUE is JSON where it " +
          "can be, else text; after `==` it is always text: context.code==007.",
      )
      .argument("<id>", ID)
      .argument("<path=value...>", "the answers"),
    "agentpolicy checkpoints answer chk_3f2a9c1b context.ticket=OPS-7",
  );

const cancelCommand = (bench: Bench): Command =>
  changing(
    bench,
    "cancel",
    new Command("cancel")
      .summary("end a call that nobody waits for any more")
      .description("End a call that waits, or that was approved or answered and has not run.")
      .argument("<id>", ID)
      .requiredOption("--reason <text>", "why"),
    'agentpolicy checkpoints cancel chk_3f2a9c1b --reason "asked twice"',
  );

/** The commands that change one checkpoint have the same beginning and end. */
const changing = (
  { world, finish }: Bench,
  verb: "approve" | "reject" | "answer" | "cancel",
  command: Command,
  ...examples: readonly string[]
): Command =>
  withExamples(
    command
      .addOption(approversOption())
      .addOption(storeOption())
      .addOption(formatOption("how to say what became of it"))
      .action(async (id: string) => {
        const [, words = []] = command.processedArgs as [string, (readonly string[])?];
        const { changeCheckpoint } = await import("../jobs/checkpoints/change.ts");
        finish(await changeCheckpoint({ verb, id, words, options: command.opts() }, world));
      }),
    ...examples,
  );

const expireCommand = ({ world, finish }: Bench): Command =>
  withExamples(
    new Command("expire")
      .summary("write down whose time is up")
      .description(
        "Write down as expired every checkpoint whose time is up. Such checkpoints are of no use before that either; this " +
          "tidies lists and the audit log.",
      )
      .addOption(storeOption())
      .addOption(formatOption("how to say how many"))
      .action(async (options: StoreOptions) => {
        const { expireCheckpoints } = await import("../jobs/checkpoints/expire.ts");
        finish(await expireCheckpoints(options, world));
      }),
    "agentpolicy checkpoints expire --store postgres://db.internal/agents",
  );
