import type { AuditFilter, AuditLog, AuditRecord } from "@agentpolicy/runtime";
import { type Mistake, mistake } from "../../result.ts";
import type { OpenStore } from "../../store/open.ts";

/** How many records are read at once. */
const PAGE = 1000;

/** The log of a store. */
export const logOf = ({ store, shown }: OpenStore): AuditLog | Mistake =>
  store.log ?? mistake(`the store \`${shown}\` keeps no audit log`);

/** The records that a filter lets through, oldest first and page by page; `limit` is for all of them together. */
export async function* recordsOf(log: AuditLog, filter: AuditFilter = {}): AsyncGenerator<AuditRecord> {
  let after = filter.after ?? 0;
  let left = filter.limit ?? Number.POSITIVE_INFINITY;
  while (left > 0) {
    const limit = Math.min(PAGE, left);
    const records = await log.read({ ...filter, after, limit });
    yield* records;
    left -= records.length;
    after = records.at(-1)?.seq ?? after;
    if (records.length < limit) return;
  }
}

/**
 * Every record of a log, after one; undefined in the place of each whose row cannot be read, because somebody broke it. Rows are
 * then read one at a time.
 */
export async function* rowsOf(log: AuditLog, from: number): AsyncGenerator<AuditRecord | undefined> {
  for (let after = from; ; ) {
    const records = await readable(log, { after, limit: PAGE });
    if (records !== undefined) {
      yield* records;
      after = records.at(-1)?.seq ?? after;
      if (records.length < PAGE) return;
      continue;
    }
    const one = await readable(log, { after, limit: 1 });
    if (one?.length === 0) return;
    yield one?.[0];
    after = one?.[0]?.seq ?? after + 1;
  }
}

/** Records; undefined where one of them is no JSON any more. */
const readable = async (log: AuditLog, filter: AuditFilter): Promise<readonly AuditRecord[] | undefined> => {
  try {
    return await log.read(filter);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

/**
 * The last records that a filter lets through, oldest first. Logs are read forwards, so it looks at the end of the log, then at
 * a longer end, until there are enough.
 */
export const lastRecords = async (
  log: AuditLog,
  filter: AuditFilter,
  count: number,
): Promise<readonly AuditRecord[]> => {
  const { seq: end } = await log.head();
  const least = filter.after ?? 0;
  for (let reach = Math.max(count, PAGE); ; reach *= 8) {
    const after = Math.max(least, end - reach);
    let last: AuditRecord[] = [];
    for await (const record of recordsOf(log, { ...filter, after })) {
      last.push(record);
      if (last.length >= 2 * count) last = last.slice(-count);
    }
    if (last.length >= count || after === least) return last.slice(-count);
  }
};
