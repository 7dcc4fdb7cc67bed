import { closures, makePlan } from "@agentpolicy/compiler";
import { type AuditRecord, replayed } from "@agentpolicy/runtime";
import type { Policy } from "@agentpolicy/runtime/abi";
import type { TypedTime } from "../arguments/times.ts";
import { openRecords } from "../io/records.ts";
import { jsonText } from "../output/json-text.ts";
import { replayJson, replayText } from "../output/replay.ts";
import { report } from "../report.ts";
import { EXIT, isMistake, mistake } from "../result.ts";
import type { World } from "../world.ts";
import { logOf, recordsOf } from "./audit/log.ts";
import { loadOne, soundPolicy } from "./one-policy.ts";
import { addTo, emptyReplay, type Replay } from "./replayed.ts";
import { onStore, type StoreOptions } from "./store-job.ts";

/** The options of `agentpolicy replay`, as commander gives them. */
export interface ReplayOptions extends StoreOptions {
  readonly policy: string;
  readonly since?: TypedTime;
}

export const replayLog = async (
  file: string | undefined,
  options: ReplayOptions,
  world: World,
): Promise<number> => {
  if (file !== undefined && options.store !== undefined)
    return report(world, mistake("give a file or --store, not both"));
  if (file === "-" && options.policy === "-")
    return report(world, mistake("only one of policy and records can be standard input"));
  const loaded = await loadOne(options.policy, world);
  if (isMistake(loaded)) return report(world, loaded);
  const checked = soundPolicy(loaded, world);
  if (checked === null) return EXIT.findings;
  const policy = closures(makePlan(checked));
  const since = options.since?.(world.now()) ?? Number.NEGATIVE_INFINITY;
  if (file === undefined)
    return onStore(options, world, async (opened) => {
      const log = logOf(opened);
      if (isMistake(log)) return log;
      const filter = { event: "evaluated", ...(options.since === undefined ? {} : { since }) } as const;
      return told(await replayAll(recordsOf(log, filter), policy), policy, options, world);
    });
  const lines = await openRecords(file, world);
  if (isMistake(lines)) return report(world, lines);
  const made = emptyReplay();
  for await (const { line, record, problem } of lines.lines()) {
    if (problem === "foreign")
      return report(
        world,
        mistake(`\`${lines.shown}:${line}\` is no audit record`, "agentpolicy audit verify says more"),
      );
    if (record !== undefined && record.at >= since) judge(made, record, policy);
  }
  return told(made, policy, options, world);
};

const replayAll = async (records: AsyncIterable<AuditRecord>, policy: Policy): Promise<Replay> => {
  const made = emptyReplay();
  for await (const record of records) judge(made, record, policy);
  return made;
};

const judge = (made: Replay, record: AuditRecord, policy: Policy): void => {
  const answer = replayed(record, policy);
  if (answer !== undefined) addTo(made, record, answer);
};

const told = async (
  made: Replay,
  { manifest }: Policy,
  options: ReplayOptions,
  world: World,
): Promise<number> => {
  await world.out(
    options.format === "json"
      ? jsonText(replayJson(made, manifest))
      : replayText(made, options.policy, world.style.out),
  );
  return made.changes.length + made.undecided.length === 0 ? EXIT.fine : EXIT.findings;
};
