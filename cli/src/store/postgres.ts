import type { Pool } from "pg";
import { type Mistake, mistake } from "../result.ts";
import { type Connected, unusable } from "./connected.ts";
import type { StorePlace } from "./place.ts";

/** How long to wait for a connection and for each answer, in milliseconds. */
const CONNECTING = 10_000;
const ANSWERING = 30_000;

/** Connects to a database that has a store. Its tables are not made here. */
export const connectPostgres = async (
  place: StorePlace & { kind: "postgres" },
): Promise<Connected | Mistake> => {
  const secret = passwordOf(place.url);
  const [{ default: pg }, { postgres }] = await Promise.all([
    import("pg"),
    import("@agentpolicy/store-postgres"),
  ]);
  let pool: Pool | undefined;
  try {
    pool = new pg.Pool({
      connectionString: place.url,
      fallback_application_name: "agentpolicy",
      max: 4,
      connectionTimeoutMillis: CONNECTING,
      query_timeout: ANSWERING,
    });
    // What breaks while nobody uses it says so again to whoever does.
    pool.on("error", () => undefined);
    if (!(await hasStore(pool, place.schema))) {
      await pool.end();
      return mistake(
        `no such store: \`${place.shown}\` has no schema \`${place.schema}\` with one`,
        "a store is made by the first guard that uses it; another schema is named by ?schema=",
      );
    }
    const store = postgres(pool, { schema: place.schema });
    const opened = pool;
    return { store, close: () => opened.end(), secret };
  } catch (error) {
    await pool?.end().catch(() => undefined);
    return unusable(place, error, secret);
  }
};

const hasStore = async (pool: Pool, schema: string): Promise<boolean> => {
  const { rowCount } = await pool.query(
    `SELECT 1 FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
     WHERE nspname = $1 AND relname = 'version'`,
    [schema],
  );
  return rowCount === 1;
};

const passwordOf = (text: string): string => {
  const url = new URL(text);
  const password = url.password === "" ? (url.searchParams.get("password") ?? "") : url.password;
  try {
    return decodeURIComponent(password);
  } catch {
    return password;
  }
};
