import { memory, type Store, whenDecided } from "@agentpolicy/runtime";
import { afterEach, describe, expect, test, vi } from "vitest";
import { approval, clarification, counter, guarded, MINUTE, request } from "../guard/support.ts";

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Longer than any test may last: what waits so long ends in time only where it is woken. */
const FAR = 3_600_000;

/** A paused call in a store, and the waiting until somebody has decided. */
async function paused(store: Store = memory(), demand = approval()) {
  const made = guarded({ decide: () => demand }, { store });
  const id = (await made.iam.guard(request(), () => 0)).checkpoint?.id ?? "";
  const decided = (wait: number, of = id) => whenDecided(store, of, { wait, clock: () => made.time.now });
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
  afterEach(() => {
    vi.useRealTimers();
  });
  /** From here on time stands still, but where the test moves it. */
  const stopTime = () => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });

  test("ends soon after, with what was decided; the call then runs", async () => {
    const { iam, id, decided } = await paused();
    const { runs, execute } = counter();
    const wait = decided(FAR);
    await pause(30);
    await iam.approve(id, { id: "ann" });
    expect(await wait).toBe("approved");
    expect((await iam.resume(id, execute)).executed).toBe(true);
    expect(runs).toHaveLength(1);
    expect(await decided(FAR)).toBe("consumed");
  });

  test("goes on while only some have approved", async () => {
    const { iam, id, decided } = await paused(memory(), approval([{ approvals: 2 }]));
    await iam.approve(id, { id: "ann" });
    expect(await decided(120)).toBe("pending");
    await iam.approve(id, { id: "bob" });
    expect(await decided(FAR)).toBe("approved");
  });

  test("ends for a rejection, a cancellation and an answer, too", async () => {
    const rejected = await paused();
    await rejected.iam.reject(rejected.id, { id: "ann" });
    expect(await rejected.decided(FAR)).toBe("rejected");
    const cancelled = await paused();
    await cancelled.iam.cancel(cancelled.id);
    expect(await cancelled.decided(FAR)).toBe("cancelled");
    const answered = await paused(memory(), clarification(["context.ticket"]));
    await answered.iam.answer(answered.id, { "context.ticket": 1 });
    expect(await answered.decided(FAR)).toBe("answered");
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
      stopTime();
      const ended: unknown[] = [];
      const wait = decided(150).then((state) => ended.push(state));
      await vi.advanceTimersByTimeAsync(149);
      expect(ended).toEqual([]);
      // A timer that is begun while others ring rings one later.
      await vi.advanceTimersByTimeAsync(5);
      expect(ended).toEqual(["pending"]);
      await wait;
      vi.useRealTimers();
    }
  });

  test.each([0, -1, Number.NaN])("of %d milliseconds only looks", async (wait) => {
    const { store, counts } = counting(() => new Promise(() => {}));
    const { decided, iam, id } = await paused(store);
    stopTime();
    const { reads } = counts;
    expect(await decided(wait)).toBe("pending");
    expect(counts).toEqual({ reads: reads + 1, waits: 0 });
    await iam.approve(id, { id: "ann" });
    expect(await decided(wait)).toBe("approved");
  });

  test("for what there is not does not begin", async () => {
    const { decided } = await paused();
    stopTime();
    expect(await decided(FAR, "chk_0")).toBeUndefined();
  });

  test("ends when its time is up, written down or not", async () => {
    const { decided, time, iam } = await paused();
    const wait = decided(FAR);
    await pause(20);
    time.now += 30 * MINUTE;
    expect(await wait).toBe("expired");
    await iam.expire();
    expect(await decided(FAR)).toBe("expired");
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
    const wait = decided(FAR);
    await expect.poll(() => counts.waits).toBe(1);
    await pause(300);
    const { reads } = counts;
    // One look, one wait, however long it lasts.
    expect(counts.waits).toBe(1);
    await iam.approve(id, { id: "ann" });
    tell();
    expect(await wait).toBe("approved");
    expect(counts.reads - reads).toBeLessThanOrEqual(2);
  });

  test("asks a store that cannot tell, or fails at once, some times a second and no more", async () => {
    const failing = async () => Promise.reject(new Error("down"));
    for (const { store, counts } of [counting(), counting(failing)]) {
      const { decided } = await paused(store);
      stopTime();
      const wait = decided(450);
      await vi.advanceTimersByTimeAsync(460);
      await wait;
      vi.useRealTimers();
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
