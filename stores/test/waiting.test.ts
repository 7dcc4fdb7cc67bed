import { createAgentIAM, whenDecided } from "@agentpolicy/runtime";
import { type PgPool, postgres } from "@agentpolicy/store-postgres";
import type pg from "pg";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { inDatabase, poolAt } from "./support/places.ts";
import { recordOf } from "./support/records.ts";
import { callOf, limitedTo, peopleOf } from "./support/rules.ts";
import { startPostgres } from "./support/server.ts";

const server = await startPostgres();
const database = inDatabase(server?.url ?? "");
const later = setTimeout;
const pause = (ms: number) => new Promise((resolve) => later(resolve, ms));
/** Longer than any test may last: what waits so long ends in time only where it is woken. */
const FAR = 3_600_000;
/** From here on no timer rings: only those wake who are told of a change, and nobody looks again by themselves. */
const stopTimers = () =>
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"], shouldClearNativeTimers: true });

describe.skipIf(server === null)("waiting on Postgres", () => {
  afterEach(() => {
    vi.useRealTimers();
  });
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
      /** Cuts the connection that listens, once there is one. */
      cut: () =>
        expect
          .poll(
            async () =>
              (
                await others.query(
                  "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle' AND query LIKE 'SELECT 1 FROM%' AND pid <> pg_backend_pid()",
                )
              ).rowCount,
          )
          .toBeGreaterThan(0),
      end: () => Promise.all([pool.ending ? undefined : pool.end(), others.end()]),
    };
  };

  test("is listening, not asking: one connection, and three statements until the change is told", async () => {
    const asked: string[] = [];
    const { pool, store, ids, change, end } = await waiting(3, (pool) => noting(pool, asked));
    asked.length = 0;
    stopTimers();
    const wait = store.changed("w0", 0, FAR);
    await expect
      .poll(() => asked)
      .toEqual(["LISTEN agentpolicy_changed", expect.stringMatching(/^SELECT 1 FROM .*records/)]);
    await pause(300);
    expect(asked).toHaveLength(2);
    expect(pool.totalCount - pool.idleCount).toBe(1);
    await change("w0");
    await wait;
    await expect.poll(() => asked.slice(2)).toEqual(["UNLISTEN agentpolicy_changed"]);

    // However many wait, one connection does.
    asked.length = 0;
    const waits = ids.slice(1).map((id) => store.changed(id, 0, FAR));
    await expect.poll(() => asked).toHaveLength(1 + 99);
    expect(asked.filter((text) => text.startsWith("LISTEN"))).toHaveLength(1);
    expect(pool.totalCount - pool.idleCount).toBe(1);
    for (const id of ids.slice(1)) await change(id);
    await Promise.all(waits);
    await expect.poll(() => asked).toHaveLength(1 + 99 + 1);
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
    stopTimers();
    const waits = ids.slice(0, 5).map((id) => store.changed(id, 0, FAR));
    await cut();
    await Promise.all(waits);
    const again = store.changed("w0", 0, FAR);
    await pause(300);
    await change("w0");
    await again;
    await end();
  });

  test("where the host ends its pool nobody holds it up", async () => {
    const { pool, store, end } = await waiting(3);
    stopTimers();
    const waits = [store.changed("w0", 0, FAR), store.changed("w1", 0, FAR)];
    await pause(300);
    await pool.end();
    await Promise.all(waits);
    await end();
  });

  test("a pool of one is enough: nobody listens, and everybody looks again soon", async () => {
    const { pool, end } = await waiting(1);
    const store = postgres(pool, { schema: schemaOf() });
    const iam = createAgentIAM({ policy: limitedTo(10), store });
    const id = (await iam.guard(callOf("pay", 1), () => 0)).checkpoint?.id ?? "";
    const decided = whenDecided(store, id, { wait: FAR });
    await pause(300);
    expect(await peopleOf(store).approve(id, { id: "ann" })).toMatchObject({ ok: true });
    expect(await decided).toBe("approved");
    expect(await iam.resume(id, (input) => input)).toMatchObject({ executed: true, value: { id: 1 } });
    await end();
  });

  test("where no connection is to be had nobody waits for one", async () => {
    const { pool, store, end } = await waiting(2);
    const held = await Promise.all([pool.connect(), pool.connect()]);
    await store.changed("w0", 0, FAR);
    expect(pool.idleCount).toBe(0);
    for (const client of held) client.release();
    // What came too late is given back.
    await expect.poll(() => pool.idleCount).toBe(pool.totalCount);
    await end();
  });

  test("where a pooler loses what is said, everybody looks again after some seconds", async () => {
    const { store, end, change } = await waiting(3, deaf);
    const wait = store.changed("w0", 0, FAR);
    await pause(300);
    await change("w0");
    await wait;
    expect((await store.read("checkpoint", "w0"))?.revision).toBe(1);
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
