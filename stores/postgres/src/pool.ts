/** What the store needs of a connection; one of `pg` has it. */
export interface PgClient {
  query(text: string, values?: unknown[]): Promise<PgResult>;
  release(broken?: boolean): void;
  on(event: "error", listener: () => void): unknown;
  removeListener(event: "error", listener: () => void): unknown;
}

export interface PgResult {
  readonly rows: readonly unknown[];
  readonly rowCount: number | null;
}

/** What the store needs of the host's pool; a `Pool` of `pg` has it. The host makes it and ends it. */
export interface PgPool {
  query(text: string, values?: unknown[]): Promise<PgResult>;
  connect(): Promise<PgClient>;
}

/** How long a step waits for others on the same tracks, in milliseconds. Guards deny before that. */
const WAITING = 10_000;
/** How long the database keeps what a silent process holds, in milliseconds. */
const SILENCE = 10_000;

// The isolation that the steps are written for, whatever the host's default is.
const BEGIN = `BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
  SET LOCAL lock_timeout = ${WAITING};
  SET LOCAL idle_in_transaction_session_timeout = ${SILENCE}`;

/**
 * One transaction; `locks` are advisory locks taken one after the other before its first statement and held to its
 * end. Rejects where anything of it failed: then nothing of it is there, unless the connection broke at the very end.
 */
export async function transaction<T>(
  pool: PgPool,
  locks: readonly bigint[],
  step: (client: PgClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken = true;
  // A connection that breaks says so twice: to the query, and here, where nobody listening would end the process.
  const ignore = () => {};
  client.on("error", ignore);
  try {
    await client.query([BEGIN, ...locks.map((lock) => `SELECT pg_advisory_xact_lock(${lock})`)].join("; "));
    const answer = await step(client);
    await client.query("COMMIT");
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
