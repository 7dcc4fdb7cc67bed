import { postgres } from "@agentpolicy/store-postgres";
import pg from "pg";
import { type Place, ROW, type Skipped } from "./place.ts";
import { startServer } from "./server.ts";

/** How many connections the pool has: what `pg` takes where nothing is said. */
const CONNECTIONS = 10;
const SETTINGS = ["server_version", "fsync", "synchronous_commit", "full_page_writes"] as const;

/** Schemas of a Postgres, through one pool. */
export async function inDatabase(folder: string): Promise<Place | Skipped> {
  const server = await startServer(folder);
  if ("skipped" in server) return server;
  const pool = new pg.Pool({ connectionString: server.url, max: CONNECTIONS });
  // A server that stops says so to connections that nobody uses.
  pool.on("error", () => {});
  const prefix = `agentpolicy_bench_${process.pid}`;
  let schemas = 0;
  const end = async () => {
    for (; schemas > 0; schemas--) await pool.query(`DROP SCHEMA IF EXISTS ${prefix}_${schemas} CASCADE`);
    await pool.end();
    await server.stop();
  };
  const open = async () => {
    const schema = `${prefix}_${++schemas}`;
    const store = postgres(pool, { schema });
    await store.migrate();
    await pool.query(
      `CREATE TABLE ${schema}.base (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, note text)`,
    );
    return {
      store,
      write: async () => {
        await pool.query(`INSERT INTO ${schema}.base (note) VALUES ($1)`, [ROW]);
      },
      read: async () => {
        await pool.query(`SELECT note FROM ${schema}.base WHERE id = $1`, [1]);
      },
      settle: async () => {
        await pool.query(`VACUUM ANALYZE ${schema}.totals`);
        await pool.query("CHECKPOINT");
      },
    };
  };
  try {
    const set = await settingsOf(pool);
    const settings = SETTINGS.slice(1).map((name) => `${name} ${set.get(name)}`);
    return {
      name: "postgres",
      about: {
        server: `Postgres ${set.get("server_version")}${process.env.DATABASE_URL ? "" : ", on the same machine"}`,
        driver: `pg with a pool of ${CONNECTIONS}`,
        settings: settings.join(", "),
        ...(server.isInMemory && {
          disk: "none: the folder is in memory, and writing through costs nothing",
        }),
      },
      open,
      end,
    };
  } catch (error) {
    await end();
    throw error;
  }
}

/** What the server is set to. */
async function settingsOf(pool: pg.Pool): Promise<ReadonlyMap<string, string>> {
  const said = SETTINGS.map(async (name) => {
    const { rows } = await pool.query(`SHOW ${name}`);
    return [name, String((rows[0] as { readonly [name: string]: unknown })[name])] as const;
  });
  return new Map(await Promise.all(said));
}
