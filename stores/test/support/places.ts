import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { memory, type Store } from "@agentpolicy/runtime";
import { postgres } from "@agentpolicy/store-postgres";
import { sqlite } from "@agentpolicy/store-sqlite";
import pg from "pg";

/** Where a store is; plain JSON, so that other processes can be sent there. */
export type Place =
  | { readonly kind: "memory" }
  | { readonly kind: "sqlite"; readonly path: string }
  | { readonly kind: "postgres"; readonly url: string; readonly schema: string };

export interface Opened {
  readonly store: Store;
  readonly close: () => Promise<void>;
}

/** A store at a place, with connections of its own. */
export function openAt(place: Place, connections = 8): Opened {
  if (place.kind === "memory") return { store: memory(), close: async () => {} };
  if (place.kind === "sqlite") {
    const store = sqlite(place.path);
    return { store, close: async () => store.close() };
  }
  const pool = poolAt(place.url, connections);
  return { store: postgres(pool, { schema: place.schema }), close: () => pool.end() };
}

/** A pool whose connections may be cut without ending this process, in its use and after its end. */
export function poolAt(url: string, connections: number, options = ""): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max: connections, options });
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

/** One kind of store: makes empty places, and takes them away again. */
export interface Kind {
  readonly place: () => Place;
  readonly end: () => Promise<void>;
}

export const inMemory: Kind = { place: () => ({ kind: "memory" }), end: async () => {} };

export function inFiles(): Kind {
  const folder = mkdtempSync(join(tmpdir(), "agentpolicy-sqlite-"));
  let files = 0;
  return {
    place: () => ({ kind: "sqlite", path: join(folder, `${++files}.db`) }),
    end: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

export function inDatabase(url: string): Kind {
  const prefix = `agentpolicy_test_${process.pid}`;
  let schemas = 0;
  return {
    place: () => ({ kind: "postgres", url, schema: `${prefix}_${++schemas}` }),
    end: async () => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      for (; schemas > 0; schemas--) await client.query(`DROP SCHEMA IF EXISTS ${prefix}_${schemas} CASCADE`);
      await client.end();
    },
  };
}
