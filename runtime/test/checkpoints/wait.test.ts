import { memory, type Store, whenDecided } from "@agentpolicy/runtime";
import { describe, expect, test } from "vitest";
import { approval, clarification, counter, guarded, MINUTE, request } from "../guard/support.ts";

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A paused call in a store, and how long it takes until somebody has decided. */
async function paused(store: Store = memory(), demand = approval()) {
  const made = guarded({ decide: () => demand }, { store });
  const id = (await made.iam.guard(request(), () => 0)).checkpoint?.id ?? "";
  const decided = async (wait: number, of = id) => {
    const begin = performance.now();
    const state = await whenDecided(store, of, { wait, clock: () => made.time.now });
    return { state, ms: performance.now() - begin };
  };
  return { ...made, store, id, decided };
}

/** Counts how often a store is asked, and tells of changes where it is told how. */
function counting(changed?: Store["changed"]) {
  const store = memory();
  const counts = { reads: 0, waits: 0 };
  const counted: Store = {
    ...store,
    read: async (kind, id) => {
      counts.reads++;
      return store.read(kind, id);
    },
    ...(changed && {
      changed: async (...given: Parameters<typeof changed>) => {
        counts.waits++;
        return changed(...given);
      },
    }),
  };
  return { counts, store: counted };
}

describe("waiting until somebody has decided", () => {
  test("ends soon after, with what was decided; the call then runs", async () => {
    const { iam, id, decided } = await paused();
    const { runs, execute } = counter();
    const wait = decided(10_000);
    await pause(30);
    await iam.approve(id, { id: "ann" });
    const { state, ms } = await wait;
    expect(state).toBe("approved");
    expect(ms).toBeLessThan(2000);
    expect((await iam.resume(id, execute)).executed).toBe(true);
    expect(runs).toHaveLength(1);
    expect(await decided(10_000)).toMatchObject({ state: "consumed" });
  });

  test("goes on while only some have approved", async () => {
    const { iam, id, decided } = await paused(memory(), approval([{ approvals: 2 }]));
    await iam.approve(id, { id: "ann" });
    expect((await decided(120)).state).toBe("pending");
    await iam.approve(id, { id: "bob" });
    expect((await decided(120)).state).toBe("approved");
  });

  test("ends for a rejection, a cancellation and an answer, too", async () => {
    const rejected = await paused();
    await rejected.iam.reject(rejected.id, { id: "ann" });
    expect((await rejected.decided(5000)).state).toBe("rejected");
    const cancelled = await paused();
    await cancelled.iam.cancel(cancelled.id);
    expect((await cancelled.decided(5000)).state).toBe("cancelled");
    const answered = await paused(memory(), clarification(["context.ticket"]));
    await answered.iam.answer(answered.id, { "context.ticket": 1 });
    expect((await answered.decided(5000)).state).toBe("answered");
  });

  test("lasts no longer than it may, whatever the store does", async () => {
    const stores: readonly Store[] = [
      memory(),
      counting(() => new Promise(() => {})).store,
      counting((_, __, ms) => pause(ms)).store,
      counting(async () => Promise.reject(new Error("down"))).store,
    ];
    for (const store of stores) {
      const { decided } = await paused(store);
      const { state, ms } = await decided(150);
      expect(state).toBe("pending");
      expect(ms).toBeGreaterThan(140);
      expect(ms).toBeLessThan(1500);
    }
  });

  test.each([0, -1, Number.NaN])("of %d milliseconds only looks", async (wait) => {
    const { decided, iam, id } = await paused();
    const { state, ms } = await decided(wait);
    expect(state).toBe("pending");
    expect(ms).toBeLessThan(90);
    await iam.approve(id, { id: "ann" });
    expect((await decided(wait)).state).toBe("approved");
  });

  test("for what there is not does not begin", async () => {
    const { decided } = await paused();
    const { state, ms } = await decided(10_000, "chk_0");
    expect(state).toBeUndefined();
    expect(ms).toBeLessThan(1000);
  });

  test("ends when its time is up, written down or not", async () => {
    const { decided, time, iam } = await paused();
    const wait = decided(10_000);
    await pause(20);
    time.now += 30 * MINUTE;
    const { state, ms } = await wait;
    expect(state).toBe("expired");
    expect(ms).toBeLessThan(2000);
    await iam.expire();
    expect((await decided(10_000)).state).toBe("expired");
  });

  test("is told at once where the store can tell", async () => {
    let tell = () => {};
    const { store, counts } = counting((_, __, ms) => {
      const told = new Promise<void>((resolve) => {
        tell = resolve;
      });
      return Promise.race([told, pause(ms)]);
    });
    const { iam, id, decided } = await paused(store);
    const wait = decided(30_000);
    await expect.poll(() => counts.waits).toBe(1);
    await pause(300);
    const { reads } = counts;
    // One look, one wait, however long it lasts.
    expect(counts.waits).toBe(1);
    await iam.approve(id, { id: "ann" });
    tell();
    const { state } = await wait;
    expect(state).toBe("approved");
    expect(counts.reads - reads).toBeLessThanOrEqual(2);
  });

  test("asks a store that cannot tell, or fails at once, some times a second and no more", async () => {
    const failing = async () => Promise.reject(new Error("down"));
    for (const { store, counts } of [counting(), counting(failing)]) {
      const { decided } = await paused(store);
      await decided(450);
      expect(counts.reads).toBeGreaterThan(2);
      expect(counts.reads).toBeLessThan(12);
    }
  });

  test("for longer than timers can is no busier than that", async () => {
    const { store, counts } = counting((_, __, ms) => pause(Math.min(ms, 2 ** 31 - 1)));
    const { iam, id, decided } = await paused(store, approval([{}], 1e12));
    const wait = decided(Number.POSITIVE_INFINITY);
    await pause(100);
    expect(counts.reads).toBeLessThan(4);
    await iam.approve(id, { id: "ann" });
    // Nobody tells it; only looking would.
    const undecided = await Promise.race([wait, pause(50)]);
    expect(undecided).toBeUndefined();
  });

  test("rejects where the store does not answer", async () => {
    const store: Store = { ...memory(), read: () => new Promise(() => {}) };
    await expect(whenDecided(store, "chk_0", { wait: 1000, timeout: 20 })).rejects.toBeDefined();
  });
});
