import type { PgClient, PgNotification, PgPool } from "./pool.ts";

/** Where every change of a record is said, for all schemas of a database. */
export const CHANNEL = "agentpolicy_changed";

/** How often is seen whether the host has ended the pool, in milliseconds. */
const ENDING = 100;

/** A connection that listens, and answers one after the other. */
export interface Line {
  readonly query: PgClient["query"];
  readonly close: () => void;
}

/** Opens one: `said` is given the names that are said, `lost` is called where nothing will be heard any more. */
export async function openLine(pool: PgPool, said: (name: string) => void, lost: () => void): Promise<Line> {
  const client = await pool.connect();
  let open = true;
  let last: Promise<unknown> = Promise.resolve();
  const query: PgClient["query"] = (text, values) => {
    const answer = last.then(() => client.query(text, values));
    last = answer.catch(() => {});
    return answer;
  };
  const hear = ({ channel, payload }: PgNotification) => {
    if (channel === CHANNEL && payload !== undefined) said(payload);
  };
  const giveBack = (broken: boolean) => {
    client.removeListener("notification", hear);
    client.removeListener("error", lost);
    client.removeListener("end", lost);
    client.release(broken);
  };
  const watch = setInterval(() => {
    if (pool.ending) lost();
  }, ENDING);
  const close = () => {
    if (!open) return;
    open = false;
    clearInterval(watch);
    query(`UNLISTEN ${CHANNEL}`).then(
      () => giveBack(false),
      () => giveBack(true),
    );
  };
  client.on("notification", hear);
  client.on("error", lost);
  client.on("end", lost);
  try {
    await query(`LISTEN ${CHANNEL}`);
  } catch (error) {
    close();
    throw error;
  }
  return { query, close };
}
