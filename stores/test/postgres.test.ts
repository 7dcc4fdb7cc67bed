import { type PgPool, postgres } from "@agentpolicy/store-postgres";
import type pg from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { wholeContract } from "./contract/all.ts";
import { figuresAt } from "./contract/tracks.ts";
import { inDatabase, openAt, poolAt } from "./support/places.ts";
import { factsOf, recordOf, tracked } from "./support/records.ts";
import { startPostgres } from "./support/server.ts";

const server = await startPostgres();
const database = inDatabase(server?.url ?? "");

describe.skipIf(server === null)("on Postgres", () => {
  const pool = poolAt(server?.url ?? "", 1);
  // Said first, for what is said last ends first.
  afterAll(async () => {
    await pool.end();
    await server?.stop();
  });

  wholeContract(
    () => database,
    async (place, table, text) => {
      if (place.kind !== "postgres") throw new Error("not a database");
      return (await pool.query(text(`${place.schema}.${table}`))).rows;
    },
  );

  test("many who open an empty store at once make its tables once", async () => {
    for (let round = 0; round < 4; round++) {
      const place = database.place();
      const opened = Array.from({ length: 8 }, () => openAt(place, 1));
      const puts = await Promise.all(opened.map(({ store }) => store.put(recordOf("a"))));
      expect(puts.filter(Boolean)).toHaveLength(1);
      await Promise.all(opened.map(({ close }) => close()));
    }
  });

  test("tables of a newer version are refused, and nothing is done to them", async () => {
    const place = database.place();
    if (place.kind !== "postgres") throw new Error("not a database");
    const { schema } = place;
    await postgres(pool, { schema }).migrate();
    await pool.query(`INSERT INTO ${schema}.version (version) VALUES (99)`);
    const store = postgres(pool, { schema });
    await expect(store.put(recordOf("a"))).rejects.toThrow(/version 99, and this package knows 1/);
    await pool.query(`DELETE FROM ${schema}.version WHERE version = 99`);
    expect(await store.put(recordOf("a"))).toBe(true);
  });

  test("a stricter isolation that the host has set makes nobody who is slower unavailable", async () => {
    const place = database.place();
    if (place.kind !== "postgres") throw new Error("not a database");
    const strict = poolAt(place.url, 8, "-c default_transaction_isolation=serializable");
    const store = postgres(strict, { schema: place.schema });
    await store.put(recordOf("a"));
    for (let revision = 1; revision < 6; revision++) {
      const puts = Array.from({ length: 16 }, () => store.put(recordOf("a", { revision })));
      expect((await Promise.all(puts)).filter(Boolean)).toHaveLength(1);
    }
    await strict.end();
  });

  test("the database itself can check what its log holds", async () => {
    const place = database.place();
    if (place.kind !== "postgres") throw new Error("not a database");
    const { schema } = place;
    const store = postgres(pool, { schema });
    await store.log.append(["a", "\u0000\ud800é", "'\\"].map((reason) => factsOf({ reason })));
    const altered = `SELECT seq FROM ${schema}.audit WHERE hash <> encode(sha256(convert_to(record, 'UTF8')), 'hex')`;
    expect((await pool.query(altered)).rows).toEqual([]);
    await pool.query(`UPDATE ${schema}.audit SET record = replace(record, 'bot', 'dot') WHERE seq = 2`);
    expect((await pool.query(altered)).rows).toEqual([{ seq: "2" }]);
  });

  test("a delivery may take longer than a process may be silent", async () => {
    const { store, close } = openAt(database.place(), 2);
    await store.log?.append([factsOf()]);
    const slow = store.log?.deliver("s", 1, () => new Promise((resolve) => setTimeout(resolve, 6500)));
    expect(await slow).toBe(0);
    expect(await store.log?.behind("s")).toBe(0);
    await close();
  });

  test.each(["", "Agents", "a b", 'a"b', "a.b", "1a", "x".repeat(64)])(
    "%j is no name of a schema",
    (schema) => {
      expect(() => postgres(pool, { schema })).toThrow(/expected a schema of lower-case letters/);
    },
  );

  test.each([
    ["reading", /FROM unnest/],
    ["the end", /COMMIT/],
  ])(
    "a connection cut before %s: the step rejects, nothing of it stays, and the next one works",
    async (_, when) => {
      const place = database.place();
      if (place.kind !== "postgres") throw new Error("not a database");
      const inner = poolAt(place.url, 2);
      const track = { id: "n", key: "k", figure: "count", per: "policy", within: null } as const;
      const whole = postgres(inner, { schema: place.schema });
      await whole.migrate();
      const store = postgres(cutting(inner, when), { schema: place.schema });
      await expect(
        store.track([track], 1, () => tracked([{ ...track, call: "c", at: 1, amount: 1 }])),
      ).rejects.toThrow();
      expect(await figuresAt(whole, [track], 1)).toEqual({ n: 0 });
      await inner.end();
    },
  );
});

/** A pool whose connections are cut just before they send a certain statement. */
const cutting = (pool: pg.Pool, when: RegExp): PgPool => ({
  query: (text, values) => pool.query(text, values),
  connect: async () => {
    const client = await pool.connect();
    return {
      async query(text, values) {
        if (when.test(text)) {
          await client.query("SELECT pg_terminate_backend(pg_backend_pid())").catch(() => {});
        }
        return client.query(text, values);
      },
      release: (broken) => client.release(broken),
      on: (event, listener) => client.on(event, listener),
      removeListener: (event, listener) => client.removeListener(event, listener),
    };
  },
});
