import {
  type Contribution,
  memory,
  type Request,
  type Store,
  type TrackDeclaration,
} from "@agentpolicy/runtime";
import { describe, expect, test } from "vitest";
import { approval, counter, guarded, MINUTE, request, type Written } from "./support.ts";

const track = (
  figure: TrackDeclaration["figure"],
  per: TrackDeclaration["per"],
  within: number | null = null,
) => ({ id: "p.n", figure, per, within }) as const;

const amountOf = ({ action }: Request) => (action.input as { amount?: number }).amount ?? 1;

/** Allows calls while the figure and what they add stay within a limit. */
const limited = (declared: TrackDeclaration, limit: number, more: Partial<Written> = {}): Written => ({
  tracks: [declared],
  reads: [declared.id],
  adds: (asked): readonly Contribution[] => [{ track: declared.id, amount: amountOf(asked) }],
  decide: (asked, figures) =>
    Number(figures[declared.id]) + amountOf(asked) <= limit ? { decision: "allow" } : { decision: "deny" },
  ...more,
});

const of = (id: string, session?: string): Partial<Request> => ({
  actor: { type: "agent", id },
  ...(session && { session: { id: session } }),
});

describe("a limit", () => {
  test("is never exceeded, with any number of callers at once", async () => {
    const { iam } = guarded(limited(track("count", "policy"), 100));
    const { runs, execute } = counter();
    const results = await Promise.all(Array.from({ length: 1000 }, () => iam.guard(request(), execute)));
    expect(results.filter(({ executed }) => executed)).toHaveLength(100);
    expect(runs).toHaveLength(100);
  });

  test("counts what ran: not what was denied, evaluated or waits", async () => {
    const { iam } = guarded(
      limited(track("sum", "policy"), 10, {
        decide: (asked, figures) => {
          if (amountOf(asked) === 4) return approval();
          return Number(figures["p.n"]) + amountOf(asked) <= 10 ? {} : { decision: "deny" };
        },
      }),
    );
    const { runs, execute } = counter();
    await iam.guard(request({ amount: 11 }), execute);
    await iam.evaluate(request({ amount: 10 }));
    const id = (await iam.guard(request({ amount: 4 }), execute)).checkpoint?.id ?? "";
    await iam.guard(request({ amount: 6 }), execute);
    expect(await iam.evaluate(request({ amount: 5 }))).toMatchObject({ decision: "deny" });
    expect(await iam.evaluate(request({ amount: 3 }))).toMatchObject({ decision: "allow" });
    await iam.approve(id, { id: "ann" });
    await Promise.all(Array.from({ length: 16 }, () => iam.resume(id, execute)));
    expect(await iam.evaluate(request({ amount: 1 }))).toMatchObject({ decision: "deny" });
    expect(await iam.evaluate(request({ amount: 0 }))).toMatchObject({ decision: "allow" });
    expect(runs).toEqual([{ amount: 6 }, { amount: 4 }]);
  });

  test.each([null, MINUTE])("releases what a call that fails had taken (window %j)", async (within) => {
    const { iam } = guarded(limited(track("sum", "policy", within), 10));
    await iam.guard(request({ amount: 2 }), () => 0);
    for (let tries = 0; tries < 3; tries++) {
      const failing = iam.guard(request({ amount: 8 }), async () => Promise.reject(new Error("x")));
      await expect(failing).rejects.toThrow("x");
    }
    expect((await iam.guard(request({ amount: 9 }), () => 0)).executed).toBe(false);
    expect((await iam.guard(request({ amount: 8 }), () => 0)).executed).toBe(true);
  });

  test("holds what a running call has taken until it fails", async () => {
    const { iam } = guarded(limited(track("count", "policy"), 1));
    let fail = (_: Error) => {};
    const first = iam.guard(
      request(),
      () =>
        new Promise((_, reject) => {
          fail = reject;
        }),
    );
    expect((await iam.guard(request(), () => 0)).executed).toBe(false);
    fail(new Error("x"));
    await expect(first).rejects.toThrow("x");
    expect((await iam.guard(request(), () => 0)).executed).toBe(true);
  });

  test("slides with its window", async () => {
    const { iam, time } = guarded(limited(track("sum", "policy", 10 * MINUTE), 10));
    const spend = async (amount: number) => (await iam.guard(request({ amount }), () => 0)).executed;
    expect(await spend(6)).toBe(true);
    time.now += 4 * MINUTE;
    expect(await spend(4)).toBe(true);
    expect(await spend(1)).toBe(false);
    time.now += 6 * MINUTE - 1;
    expect(await spend(1)).toBe(false);
    time.now += 1;
    expect(await spend(7)).toBe(false);
    expect(await spend(6)).toBe(true);
    time.now -= 20 * MINUTE;
    expect(await spend(1)).toBe(false);
  });
});

describe("keys", () => {
  test.each<[TrackDeclaration["per"], readonly boolean[]]>([
    ["actor", [true, false, true, true, false]],
    ["session", [true, true, true, false, false]],
    ["policy", [true, false, false, false, false]],
  ])("per %s", async (per, expected) => {
    const { iam } = guarded(limited(track("count", per), 1));
    const calls: Partial<Request>[] = [
      of("a", "1"),
      of("a", "2"),
      { ...of("a", "3"), actor: { type: "user", id: "a" } },
      of("b", "1"),
      of("a", "1"),
    ];
    const ran: boolean[] = [];
    for (const call of calls) ran.push((await iam.guard(request({}, call), () => 0)).executed);
    expect(ran).toEqual(expected);
  });

  test("two parts cannot be taken for others", async () => {
    const { iam } = guarded(limited(track("count", "actor"), 1));
    const actors = [
      { type: "a", id: 'b","c' },
      { type: 'a","b', id: "c" },
      { type: "a,b", id: "c" },
      { type: "a", id: "b,c" },
      { type: "__proto__", id: "x" },
      { type: "constructor", id: "x" },
    ];
    for (const actor of actors)
      expect((await iam.guard(request({}, { actor }), () => 0)).executed).toBe(true);
  });

  test("calls without a session share one where a policy lets them through", async () => {
    const { iam } = guarded(limited(track("count", "session"), 1));
    expect((await iam.guard(request(), () => 0)).executed).toBe(true);
    expect((await iam.guard(request({}, of("b")), () => 0)).executed).toBe(false);
  });
});

test("seen is a truth value, count and sum are numbers, and 0.1 and 0.2 are what they are", async () => {
  const figures: unknown[] = [];
  const tracks = (["count", "sum", "seen"] as const).map((figure) => ({
    ...track(figure, "policy"),
    id: figure,
  }));
  const { iam } = guarded({
    tracks,
    reads: ["count", "seen", "sum"],
    adds: (asked) => [
      { track: "count", amount: 1 },
      { track: "seen", amount: 1 },
      { track: "sum", amount: amountOf(asked) },
    ],
    decide: (_, found) => {
      figures.push({ ...found });
      return {};
    },
  });
  await iam.guard(request({ amount: 0.1 }), () => 0);
  await iam.guard(request({ amount: 0.2 }), () => 0);
  await iam.evaluate(request());
  expect(figures).toEqual([
    { count: 0, sum: 0, seen: false },
    { count: 1, sum: 0.1, seen: true },
    { count: 2, sum: 0.1 + 0.2, seen: true },
  ]);
});

describe("a store that answers late", () => {
  const slow = (store: Store, ms: number): Store => ({
    ...store,
    track: async (...given) => {
      await store.track(...given);
      await new Promise((resolve) => setTimeout(resolve, ms));
    },
  });

  test("denies the call and takes back what it recorded", async () => {
    const store = memory();
    const late = guarded(limited(track("count", "policy"), 1), { store: slow(store, 40), timeout: 20 });
    const { runs, execute } = counter();
    expect(await late.iam.guard(request(), execute)).toMatchObject({
      executed: false,
      decision: { code: "state_unavailable" },
    });
    await new Promise((resolve) => setTimeout(resolve, 60));
    const prompt = guarded(limited(track("count", "policy"), 1), { store });
    expect((await prompt.iam.guard(request(), execute)).executed).toBe(true);
    expect(runs).toHaveLength(1);
  });

  test("one that asks twice, for it had to start again, counts once", async () => {
    const store = memory();
    const again: Store = {
      ...store,
      track: async (tracks, now, decide) => {
        decide({ "p.n": 0 });
        return store.track(tracks, now, decide);
      },
    };
    const { iam } = guarded(limited(track("count", "policy"), 2), { store: again });
    const { runs, execute } = counter();
    for (let call = 0; call < 3; call++) await iam.guard(request(), execute);
    expect(runs).toHaveLength(2);
  });

  test("a clock that is no number never makes a limit forget", async () => {
    const { iam, time } = guarded(limited(track("count", "policy", MINUTE), 1));
    const { runs, execute } = counter();
    await iam.guard(request(), execute);
    time.now = Number.NaN;
    for (let call = 0; call < 3; call++) await iam.guard(request(), execute);
    expect(runs).toHaveLength(1);
  });

  test("a failing release does not hide what execute threw", async () => {
    const store: Store = { ...memory(), release: async () => Promise.reject(new Error("down")) };
    const { iam } = guarded(limited(track("count", "policy"), 1), { store });
    await expect(iam.guard(request(), async () => Promise.reject(new Error("mine")))).rejects.toThrow("mine");
  });
});
