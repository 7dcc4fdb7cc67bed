import { setTimeout as sleep } from "node:timers/promises";
import type { AuditEvent, AuditFilter, AuditRecord } from "@agentpolicy/runtime";
import type { TypedTime } from "../../arguments/times.ts";
import { jsonLine } from "../../output/json-text.ts";
import { recordLines } from "../../output/record.ts";
import { EXIT, isMistake } from "../../result.ts";
import type { World } from "../../world.ts";
import { onStore, type StoreOptions } from "../store-job.ts";
import { lastRecords, logOf, recordsOf } from "./log.ts";

/** The options of `agentpolicy audit tail`, as commander gives them. */
export interface TailOptions extends StoreOptions {
  readonly event?: AuditEvent;
  readonly actor?: string;
  readonly tool?: string;
  readonly checkpoint?: string;
  readonly since?: TypedTime;
  readonly limit?: number;
  readonly follow?: true;
}

/** How many records are shown where nothing is said. */
const SHOWN = 20;
/** How often the log is looked at, in milliseconds. */
const AGAIN = 500;

export const tailLog = (options: TailOptions, world: World): Promise<number> =>
  onStore(options, world, async (opened) => {
    const log = logOf(opened);
    if (isMistake(log)) return log;
    const filter = filterOf(options, world);
    const write = (records: readonly AuditRecord[]) => world.out(written(records, options, world));
    let { seq: after } = await log.head();
    const limit = options.limit ?? (options.since === undefined ? SHOWN : Number.POSITIVE_INFINITY);
    if (Number.isFinite(limit)) {
      const last = await lastRecords(log, filter, limit);
      await write(last);
      after = Math.max(after, last.at(-1)?.seq ?? 0);
    } else {
      for await (const record of recordsOf(log, filter)) {
        await write([record]);
        after = Math.max(after, record.seq);
      }
    }
    while (options.follow === true) {
      await sleep(AGAIN);
      for await (const record of recordsOf(log, { ...filter, after })) {
        await write([record]);
        after = record.seq;
      }
    }
    return EXIT.fine;
  });

const filterOf = ({ event, actor, tool, checkpoint, since }: TailOptions, world: World): AuditFilter => ({
  ...(event === undefined ? {} : { event }),
  ...(actor === undefined ? {} : { actor }),
  ...(tool === undefined ? {} : { tool }),
  ...(checkpoint === undefined ? {} : { checkpoint }),
  ...(since === undefined ? {} : { since: since(world.now()) }),
});

const written = (records: readonly AuditRecord[], { format }: TailOptions, { style }: World): string =>
  format === "json"
    ? records.map(jsonLine).join("")
    : recordLines(records, { style: style.out, checkpoint: true });
