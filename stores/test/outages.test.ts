import { createHash } from "node:crypto";
import { createAgentIAM, type Store, verifyChain } from "@agentpolicy/runtime";
import { postgres } from "@agentpolicy/store-postgres";
import { afterAll, describe, expect, test } from "vitest";
import { figuresAt } from "./contract/tracks.ts";
import { inDatabase, poolAt } from "./support/places.ts";
import { callOf, limitedTo, peopleOf } from "./support/rules.ts";
import { startPostgres } from "./support/server.ts";

const server = await startPostgres();
const database = inDatabase(server?.url ?? "");
const CALLERS = 12;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe.skipIf(!server?.restart)("a Postgres that goes away under load", () => {
  afterAll(async () => {
    await database.end();
    await server?.stop();
  });

  test.each([
    ["is stopped and started", () => server?.restart?.()],
    ["breaks, with what it had not written yet", () => server?.crash?.()],
  ])("and %s: calls are denied meanwhile, and what was answered is there", async (_, outage) => {
    const place = database.place();
    if (place.kind !== "postgres") throw new Error("not a database");
    // What commits is written to the disk, as on a server that is not for tests.
    const pool = poolAt(place.url, 6, "-c synchronous_commit=on");
    const store = postgres(pool, { schema: place.schema });
    const load = underLoad(store);
    await expect.poll(load.ran, { timeout: 20_000 }).toBeGreaterThan(3 * CALLERS);
    await outage();
    const before = load.ran();
    await expect.poll(load.ran, { timeout: 20_000 }).toBeGreaterThan(before + 3 * CALLERS);
    const { ran, recorded, approved, unavailable } = await load.end();
    expect(unavailable).toBeGreaterThan(0);

    // Every run is counted. Those whose answer to the last statement was lost are counted and did not run.
    const track = { id: "p.n", key: '["p.n"]', figure: "count", per: "policy", within: null } as const;
    const counted = Number((await figuresAt(store, [track], Date.now()))["p.n"]);
    expect(new Set(ran).size).toBe(ran.length);
    expect(counted).toBeGreaterThanOrEqual(ran.length);
    expect(counted - ran.length).toBeLessThanOrEqual(CALLERS);

    // Whatever was answered is in the log, which is one chain.
    const { log } = store;
    const records = await log.read({ limit: 1e6 });
    const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
    const report = await verifyChain(records, { sha256, head: await log.head() });
    expect(report).toMatchObject({ ok: true, findings: [] });
    const letRun = records.filter(({ event, runs }) => event === "evaluated" && runs);
    const ids = new Map(
      letRun.map(({ call, request }) => [call, (request?.action.input as { id?: string } | undefined)?.id]),
    );
    const judged = new Set(ids.values());
    const ended = new Set(
      records.flatMap(({ event, call }) => (event === "executed" ? [ids.get(call)] : [])),
    );
    expect(ran.filter((id) => !judged.has(id))).toEqual([]);
    expect(recorded.filter((id) => !ended.has(id))).toEqual([]);
    expect(ran.length - recorded.length).toBeLessThanOrEqual(CALLERS);
    expect(report.open.length).toBeLessThanOrEqual(2 * CALLERS);
    for (const id of approved) {
      expect((await store.read("checkpoint", id))?.state).toMatch(/^(approved|consumed)$/);
    }
    await pool.end();
  });
});

/** Guards and people who go on whatever happens, and write down what they were answered. */
function underLoad(store: Store) {
  const iam = createAgentIAM({ policy: limitedTo(1e6), store });
  const people = peopleOf(store);
  const ran: string[] = [];
  /** Those of them whose record was kept. */
  const recorded: string[] = [];
  /** Checkpoints whose approval was answered. */
  const approved: string[] = [];
  let unavailable = 0;
  let going = true;

  const attempt = async (id: string, call: (run: () => void) => ReturnType<typeof iam.resume>) => {
    const result = await call(() => ran.push(id));
    if (result.executed && !result.unrecorded) recorded.push(id);
    if (!result.executed && result.decision.code === "state_unavailable") {
      unavailable++;
      await pause(10);
    }
    return result.checkpoint;
  };
  const caller = async (name: number): Promise<void> => {
    for (let call = 0; going; call++) {
      const id = `${name}-${call}`;
      const tool = name % 3 > 0 ? "small" : "pay";
      const checkpoint = await attempt(id, (run) => iam.guard(callOf(tool, id), run));
      if (!checkpoint) continue;
      const { ok } = await people.approve(checkpoint.id, { id: "ann" });
      if (ok) approved.push(checkpoint.id);
      await attempt(id, (run) => iam.resume(checkpoint.id, run));
    }
  };
  const callers = Promise.all(Array.from({ length: CALLERS }, (_, name) => caller(name)));
  return {
    ran: () => ran.length,
    end: async () => {
      going = false;
      await callers;
      return { ran, recorded, approved, unavailable };
    },
  };
}
