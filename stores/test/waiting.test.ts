import { createAgentIAM, whenDecided } from "@agentpolicy/runtime";
import { type PgPool, postgres } from "@agentpolicy/store-postgres";
import type pg from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { inDatabase, poolAt } from "./support/places.ts";
import { recordOf } from "./support/records.ts";
import { callOf, limitedTo, peopleOf } from "./support/rules.ts";
import { startPostgres } from "./support/server.ts";

const server = await startPostgres();
const database = inDatabase(server?.url ?? "");
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe.skipIf(server === null)("waiting on Postgres", () => {
  afterAll(async () => {
    await database.end();
    await server?.stop();
  });
  const schemaOf = (): string => {
    const place = database.place();
    if (place.kind !== "postgres") throw new Error("not a database");
    return place.schema;
  };
  /** A store with checkpoints that nobody has changed, and somebody else who changes them. */
  const waiting = async (connections: number, wrapped = (pool: pg.Pool): PgPool => pool) => {
    const [pool, others] = [poolAt(server?.url ?? "", connections), poolAt(server?.url ?? "", 2)];
    const schema = schemaOf();
    const other = postgres(others, { schema });
    const ids = Array.from({ length: 100 }, (_, at) => `w${at}`);
    for (const id of ids) await other.put(recordOf(id));
    const store = postgres(wrapped(pool), { schema });
    await store.migrate();
    return {
      pool,
      store,
      ids,
      change: (id: string) => other.put(recordOf(id, { revision: 1, state: "approved" })),
      cut: () =>
        others.query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'SELECT 1 FROM%' AND pid <> pg_backend_pid()",
        ),
      end: () => Promise.all([pool.ending ? undefined : pool.end(), others.end()]),
    };
  };
  /** How long something takes, in milliseconds. */
  const lasting = async (promise: Promise<unknown>): Promise<number> => {
    const begin = performance.now();
    await promise;
    return performance.now() - begin;
  };

  test("is listening, not asking: one connection, and three statements until the change is told", async () => {
    const asked: string[] = [];
    const { pool, store, ids, change, end } = await waiting(3, (pool) => noting(pool, asked));
    asked.length = 0;
    const wait = store.changed("w0", 0, 60_000);
    await pause(1500);
    expect(asked).toEqual(["LISTEN agentpolicy_changed", expect.stringMatching(/^SELECT 1 FROM .*records/)]);
    expect(pool.totalCount - pool.idleCount).toBe(1);
    await change("w0");
    expect(await lasting(wait)).toBeLessThan(1000);
    await expect.poll(() => asked.slice(2)).toEqual(["UNLISTEN agentpolicy_changed"]);

    // However many wait, one connection does.
    asked.length = 0;
    const waits = ids.slice(1).map((id) => store.changed(id, 0, 60_000));
    await pause(300);
    expect(asked.filter((text) => text.startsWith("LISTEN"))).toHaveLength(1);
    expect(pool.totalCount - pool.idleCount).toBe(1);
    for (const id of ids.slice(1)) await change(id);
    expect(await lasting(Promise.all(waits))).toBeLessThan(1000);
    expect(asked).toHaveLength(1 + 99 + 1);
    await end();
  });

  test("the connection is given back, and does not listen any more", async () => {
    const { pool, store, end } = await waiting(2);
    await store.changed("w0", 0, 400);
    await expect.poll(() => pool.idleCount).toBe(pool.totalCount);
    for (const client of await Promise.all([pool.connect(), pool.connect()])) {
      expect((await client.query("SELECT pg_listening_channels()")).rows).toEqual([]);
      expect(client.listenerCount("notification")).toBe(0);
      client.release();
    }
    await end();
  });

  test("where the connection is cut everybody looks again, and listens again", async () => {
    const { store, ids, change, cut, end } = await waiting(3);
    const waits = ids.slice(0, 5).map((id) => store.changed(id, 0, 60_000));
    await pause(300);
    await cut();
    expect(await lasting(Promise.all(waits))).toBeLessThan(2000);
    const again = store.changed("w0", 0, 60_000);
    await pause(300);
    await change("w0");
    expect(await lasting(again)).toBeLessThan(1000);
    await end();
  });

  test("where the host ends its pool nobody holds it up", async () => {
    const { pool, store, end } = await waiting(3);
    const waits = [store.changed("w0", 0, 60_000), store.changed("w1", 0, 60_000)];
    await pause(300);
    expect(await lasting(pool.end())).toBeLessThan(2000);
    expect(await lasting(Promise.all(waits))).toBeLessThan(1000);
    await end();
  });

  test("a pool of one is enough: nobody listens, and everybody looks again soon", async () => {
    const { pool, end } = await waiting(1);
    const store = postgres(pool, { schema: schemaOf() });
    const iam = createAgentIAM({ policy: limitedTo(10), store });
    const id = (await iam.guard(callOf("pay", 1), () => 0)).checkpoint?.id ?? "";
    const decided = whenDecided(store, id, { wait: 30_000 });
    await pause(300);
    expect(await peopleOf(store).approve(id, { id: "ann" })).toMatchObject({ ok: true });
    expect(await lasting(decided)).toBeLessThan(2000);
    expect(await decided).toBe("approved");
    expect(await iam.resume(id, (input) => input)).toMatchObject({ executed: true, value: { id: 1 } });
    await end();
  });

  test("where no connection is to be had nobody waits for one", async () => {
    const { pool, store, end } = await waiting(2);
    const held = await Promise.all([pool.connect(), pool.connect()]);
    expect(await lasting(store.changed("w0", 0, 60_000))).toBeLessThan(2000);
    for (const client of held) client.release();
    // What came too late is given back.
    await expect.poll(() => pool.idleCount).toBe(pool.totalCount);
    await end();
  });

  test("where a pooler loses what is said, everybody looks again after some seconds", async () => {
    const { store, end, change } = await waiting(3, deaf);
    const wait = store.changed("w0", 0, 60_000);
    await pause(300);
    await change("w0");
    expect(await lasting(wait)).toBeLessThan(7000);
    await end();
  });
});

/** A pool that says what its connections are asked. */
const noting = (pool: pg.Pool, asked: string[]): PgPool => ({
  query: (text, values) => {
    asked.push(text);
    return pool.query(text, values);
  },
  connect: async () => {
    const client = await pool.connect();
    return {
      query: (text, values) => {
        asked.push(text);
        return client.query(text, values);
      },
      release: (broken) => client.release(broken),
      on: (...event) => client.on(...(event as Parameters<pg.PoolClient["on"]>)),
      removeListener: (...event) =>
        client.removeListener(...(event as Parameters<pg.PoolClient["removeListener"]>)),
    };
  },
});

/** A pool that hears nothing. */
const deaf = (pool: pg.Pool): PgPool => ({
  query: (text, values) => pool.query(text, values),
  connect: async () => {
    const client = await pool.connect();
    return {
      query: (text, values) => client.query(text, values),
      release: (broken) => client.release(broken),
      on: () => {},
      removeListener: () => {},
    };
  },
});
