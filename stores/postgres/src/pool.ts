/** What the store needs of a connection; one of `pg` has it. */
export interface PgClient {
  query(text: string, values?: unknown[]): Promise<PgResult>;
  release(broken?: boolean): void;
  on(event: "error" | "end", listener: () => void): unknown;
  on(event: "notification", listener: (message: PgNotification) => void): unknown;
  removeListener(event: "error" | "end", listener: () => void): unknown;
  removeListener(event: "notification", listener: (message: PgNotification) => void): unknown;
}

export interface PgNotification {
  readonly channel: string;
  readonly payload?: string | undefined;
}

export interface PgResult {
  readonly rows: readonly unknown[];
  readonly rowCount: number | null;
}

/** What the store needs of the host's pool; a `Pool` of `pg` has it. The host makes it and ends it. */
export interface PgPool {
  query(text: string, values?: unknown[]): Promise<PgResult>;
  connect(): Promise<PgClient>;
  /** How many connections it may have. In a pool of one nobody listens. */
  readonly options?: { readonly max?: number | undefined };
  /** Whether the host has ended it. Whoever listens then stops. */
  readonly ending?: boolean;
}

/** How long a step waits for others on the same tracks or the log, in milliseconds. Guards deny before that. */
const WAITING = 10_000;
/** How long the database keeps what a silent process holds, in milliseconds. */
const SILENCE = 5_000;

const BEGIN = [
  // The isolation that the steps are written for, whatever the host's default is.
  "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
  `SET LOCAL lock_timeout = ${WAITING}`,
  `SET LOCAL idle_in_transaction_session_timeout = ${SILENCE}`,
  // Others need not wait for their locks until this is on the disk ...
  "SET LOCAL synchronous_commit = off",
];
/** ... but nobody is told that it is done before that: a commit of the host's own kind writes all that came before it, too. */
export const FLUSH = "SELECT pg_logical_emit_message(true, 'agentpolicy', '')";
const END = ["COMMIT", FLUSH];

/**
 * One transaction. `opening` are statements that go with its beginning, one after the other, each seeing what was committed
 * when it began; `step` is given the rows of the last, and gives what goes with its end. Rejects where anything of it failed:
 * then nothing of it is there, unless the connection broke at the very end.
 */
export const transaction = (
  pool: PgPool,
  opening: readonly string[],
  step: (client: PgClient) => Promise<readonly string[]>,
): Promise<void> =>
  connected(pool, async (client) => {
    await together(client, [...BEGIN, ...opening]);
    await together(client, [...(await step(client)), ...END]);
  });

/** The same in one round trip, and the rows of each statement. */
export const atOnce = (pool: PgPool, texts: readonly string[]): Promise<readonly Rows[]> =>
  connected(pool, async (client) => {
    const results = await together(client, [...BEGIN, ...texts, ...END]);
    return results.slice(BEGIN.length, -END.length);
  });

async function connected<T>(pool: PgPool, work: (client: PgClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken = true;
  // A connection that breaks says so twice: to the query, and here, where nobody listening would end the process.
  const ignore = () => {};
  client.on("error", ignore);
  try {
    const answer = await work(client);
    broken = false;
    return answer;
  } catch (error) {
    broken = await client.query("ROLLBACK").then(
      () => false,
      () => true,
    );
    throw error;
  } finally {
    client.removeListener("error", ignore);
    client.release(broken);
  }
}

/** The rows that one statement answers. */
export type Rows = readonly unknown[];

/** Several statements in one round trip, and the rows of each. */
async function together(client: PgClient, texts: readonly string[]): Promise<readonly Rows[]> {
  const results: unknown = await client.query(texts.join(";\n"));
  return (results as readonly PgResult[]).map(({ rows }) => rows);
}
