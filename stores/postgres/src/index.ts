export type { PgClient, PgPool, PgResult } from "./pool.ts";
export { type PostgresOptions, type PostgresStore, postgres } from "./postgres.ts";
