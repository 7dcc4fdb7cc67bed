import {
  createAgentIAM,
  createCheckpoints,
  type LoggedStore,
  loggedMemory,
  memory,
  type SinksOptions,
  verifyChain,
  withSinks,
} from "@agentpolicy/runtime";
import { describe, expect, test } from "vitest";
import { approval, policyOf, request } from "../guard/support.ts";
import { factsOf, fails, sha256, sinkOf, until } from "./support.ts";

const track = { id: "n", figure: "count", per: "policy", within: null } as const;
const counting = policyOf({
  tracks: [track],
  reads: ["n"],
  adds: () => [{ track: "n", amount: 1 }],
  decide: (_, { n }) => (Number(n) < 5 ? {} : { decision: "deny" }),
});
const plain = policyOf({ decide: () => ({}) });

function over(options: Partial<SinksOptions> = {}, store: LoggedStore = loggedMemory()) {
  const kept = sinkOf();
  const sinking = withSinks(store, { sinks: [kept.sink], timeout: 100, pause: 5, ...options });
  const guard = (policy = plain) => createAgentIAM({ policy, store: sinking });
  const events = async () => (await store.log.read({ limit: 1000 })).map(({ event }) => event);
  return { ...kept, store, sinking, guard, events };
}
const executed = { executed: true };
const unavailable = { executed: false, decision: { code: "state_unavailable" } };

describe("sinks", () => {
  test("have each record of the log before a step counts, and what was left behind before", async () => {
    const store = loggedMemory();
    await store.log.append([factsOf(), factsOf()]);
    const { taken, guard } = over({}, store);
    let had = 0;
    const result = await guard().guard(request(), () => {
      had = taken.length;
    });
    expect(result).toMatchObject(executed);
    expect(had).toBe(3);
    expect(taken).toEqual(await store.log.read({}));
    expect(taken.map(({ event }) => event)).toEqual(["refused", "refused", "evaluated", "executed"]);
  });

  test("are handed what comes at once together, in order, never two batches at a time", async () => {
    const { taken, control, guard, store } = over();
    control.does = () => new Promise((resolve) => setTimeout(resolve, 2));
    const iam = guard();
    const results = await Promise.all(Array.from({ length: 100 }, () => iam.guard(request(), () => 0)));
    expect(results.every((result) => result.executed && !result.unrecorded)).toBe(true);
    expect(taken.map(({ seq }) => seq)).toEqual(Array.from({ length: 200 }, (_, at) => at + 1));
    expect(control.most).toBe(1);
    expect(control.writes).toBeLessThan(100);
    expect(await verifyChain(taken, { sha256, head: await store.log.head() })).toMatchObject({
      ok: true,
      open: [],
    });
  });

  test("may be behind by more than one batch", async () => {
    const store = loggedMemory();
    await store.log.append(Array.from({ length: 1700 }, () => factsOf()));
    const { taken, sinking, control } = over({}, store);
    await sinking.flush();
    expect(taken).toHaveLength(1700);
    expect(control.writes).toBe(4);
  });

  test("need a store that keeps a log", () => {
    expect(() => withSinks(memory(), { sinks: [] })).toThrow("the store keeps no log");
  });
});

describe("a sink that does not take a record", () => {
  test("lets nothing run, and the log says so", async () => {
    const { control, guard, events, store, sinking, taken } = over();
    const iam = guard(counting);
    control.does = fails;
    const runs: number[] = [];
    expect(await iam.guard(request(), () => runs.push(1))).toMatchObject(unavailable);
    expect(runs).toEqual([]);
    expect(await events()).toEqual(["evaluated", "failed"]);
    expect(await store.log.read({ event: "failed" })).toMatchObject([
      { error: "audit sink `s`: no room", tool: "t", actor: { type: "agent", id: "bot-1" } },
    ]);
    // While that is known nothing is begun.
    expect(await iam.guard(request(), () => runs.push(2))).toMatchObject(unavailable);
    expect(await events()).toHaveLength(2);

    control.does = async () => {};
    const results = [];
    for (let at = 0; at < 6; at++) results.push(await iam.guard(request(), () => runs.push(3)));
    // What was refused is not counted.
    expect(results.filter((result) => result.executed)).toHaveLength(5);
    await sinking.flush();
    expect(await verifyChain(taken, { sha256, head: await store.log.head() })).toMatchObject({
      ok: true,
      open: [],
    });
  });

  test("where the call counts on no track, either", async () => {
    const { control, guard, events } = over();
    control.does = fails;
    expect(await guard().guard(request(), () => expect.fail("it ran"))).toMatchObject(unavailable);
    expect(await events()).toEqual(["evaluated", "failed"]);
  });

  test("at a denial: nothing failed that was never to run", async () => {
    const { control, guard, events } = over();
    control.does = fails;
    const iam = guard(policyOf({ decide: () => ({ decision: "deny" }) }));
    expect(await iam.guard(request(), () => 0)).toMatchObject(unavailable);
    expect(await events()).toEqual(["evaluated"]);
  });

  test("at the claim of a checkpoint: it has failed, and what was counted is given back", async () => {
    const { control, guard, sinking, store } = over();
    const policy = policyOf({
      tracks: [track],
      reads: ["n"],
      adds: () => [{ track: "n", amount: 1 }],
      decide: () => approval(),
    });
    const iam = guard(policy);
    const id = (await iam.guard(request(), () => 0)).checkpoint?.id ?? "";
    const people = createCheckpoints({ store: sinking, authenticate: (who: string) => ({ id: who }) });
    expect(await people.approve(id, "ann")).toMatchObject({ ok: true });
    control.does = async (records) => {
      if (records.some(({ event }) => event === "consumed")) await fails();
    };
    const resumed = await iam.guard(request(), () => expect.fail("it ran"), { resumeCheckpointId: id });
    expect(resumed).toMatchObject(unavailable);
    expect(await people.get(id)).toMatchObject({ state: "failed", error: "audit sink `s`: no room" });
    const records = await store.log.read({});
    expect(records.slice(-2).map(({ event }) => event)).toEqual(["consumed", "failed"]);
    expect(await verifyChain(records, { sha256 })).toMatchObject({ ok: true, open: [] });
    control.does = async () => {};
    let figure: unknown;
    const last = policyOf({
      ...{ tracks: [track], reads: ["n"] },
      decide: (_, { n }) => {
        figure = n;
        return {};
      },
    });
    await guard(last).evaluate(request());
    expect(figure).toBe(0);
  });

  test("lets nobody approve while it is known to fail; what it failed at stands", async () => {
    const { control, guard, sinking, events } = over();
    const iam = guard(policyOf({ decide: () => approval() }));
    const [one, other] = [await iam.guard(request(), () => 0), await iam.guard(request(), () => 0)];
    const people = createCheckpoints({ store: sinking, authenticate: (who: string) => ({ id: who }) });
    control.does = fails;
    const before = await events();
    const refused = { ok: false, refused: "unavailable" };
    expect(await people.approve(one.checkpoint?.id ?? "", "ann")).toMatchObject(refused);
    expect(await people.approve(other.checkpoint?.id ?? "", "ann")).toMatchObject(refused);
    expect((await people.get(one.checkpoint?.id ?? ""))?.state).toBe("approved");
    expect((await people.get(other.checkpoint?.id ?? ""))?.state).toBe("pending");
    expect(await events()).toEqual([...before, "approved"]);
  });

  test("after the call has run: the outcome is in the log all the same", async () => {
    const { control, guard, events, sinking, taken } = over();
    control.does = async (records) => {
      if (records.some(({ event }) => event === "executed")) await fails();
    };
    expect(await guard().guard(request(), () => 7)).toMatchObject({
      ...executed,
      value: 7,
      unrecorded: true,
    });
    // The sink is known to fail now; what has happened is written down for all that.
    const other = guard();
    expect(await events()).toEqual(["evaluated", "executed"]);
    expect(await other.guard(request(), () => 0)).toMatchObject(unavailable);
    control.does = async () => {};
    await sinking.flush();
    expect(taken.map(({ event }) => event)).toEqual(["evaluated", "executed"]);
  });

  test("keeps no other sink from having it", async () => {
    const good = sinkOf("good");
    const bad = sinkOf("bad", fails);
    const { guard, sinking } = over({ sinks: [bad.sink, good.sink] });
    expect(await guard().guard(request(), () => 0)).toMatchObject(unavailable);
    expect(good.taken.map(({ event }) => event)).toEqual(["evaluated"]);
    await expect(sinking.flush()).rejects.toThrow("audit sink `bad`: no room");
    expect(good.taken.map(({ event }) => event)).toEqual(["evaluated", "failed"]);
  });

  test.each([
    [
      "throws",
      () => {
        throw new Error("at once");
      },
      "at once",
    ],
    ["rejects with nothing", () => Promise.reject(), "undefined"],
    ["rejects with a text", () => Promise.reject("full"), "full"],
  ] as const)("because it %s", async (_, write, message) => {
    const { sinking } = over({ sinks: [{ name: "s", write }] });
    await expect(sinking.log.append([factsOf()])).rejects.toThrow(`audit sink \`s\`: ${message}`);
  });
});

describe("a sink that hangs", () => {
  test("is given up after its time, and handed nothing more until it has answered", async () => {
    const { control, guard, taken, sinking } = over({ timeout: 20 });
    let answer = () => {};
    control.does = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    const iam = guard();
    const [one, other] = await Promise.all([
      iam.guard(request(), () => expect.fail("it ran")),
      iam.guard(request(), () => expect.fail("it ran")),
    ]);
    expect([one, other]).toMatchObject([unavailable, unavailable]);
    expect(control.writes).toBe(1);
    control.does = async () => {};
    answer();
    await sinking.flush();
    expect(control.most).toBe(1);
    // What it took after all comes again; nothing is missing and nothing is out of order.
    expect(await verifyChain(taken, { sha256 })).toMatchObject({ ok: true });
    expect(await iam.guard(request(), () => 7)).toMatchObject(executed);
  });
});

describe("a sink with a buffer", () => {
  test("may be so many records behind, and no more", async () => {
    const failures: string[] = [];
    const { control, guard, taken, store, sinking, events } = over({
      buffer: 6,
      report: ({ message }) => failures.push(message),
    });
    control.does = fails;
    const iam = guard();
    const runs: boolean[] = [];
    for (let at = 0; at < 8; at++) {
      runs.push((await iam.guard(request(), () => 0)).executed);
      // As long as nothing has failed yet, nobody knows.
      await until(() => failures.length > 0);
    }
    // Six records are three calls; the fourth begins at six, not beyond.
    expect(runs).toEqual([true, true, true, true, false, false, false, false]);
    expect(await store.log.behind("s")).toBe(8);
    expect(await events()).toHaveLength(8);
    expect(new Set(failures)).toEqual(new Set(["audit sink `s`: no room"]));

    control.does = async () => {};
    await until(async () => (await store.log.behind("s")) === 0);
    expect(taken.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    await until(async () => (await iam.guard(request(), () => 0)).executed);
    await sinking.close();
    expect(await store.log.behind("s")).toBe(0);
  });

  test("holds nothing up while it is slow, until the buffer is full", async () => {
    const { control, guard, sinking, store } = over({ buffer: 4, timeout: 10_000 });
    let answer = () => {};
    control.does = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    const iam = guard();
    const runs: boolean[] = [];
    for (let at = 0; at < 5; at++) runs.push((await iam.guard(request(), () => 0)).executed);
    expect(runs).toEqual([true, true, true, false, false]);
    control.does = async () => {};
    await until(() => control.writes > 0);
    answer();
    await sinking.flush();
    expect(await store.log.behind("s")).toBe(0);
    expect(await iam.guard(request(), () => 0)).toMatchObject(executed);
  });

  test("what another process left behind counts, too", async () => {
    const store = loggedMemory();
    const { control, guard } = over({ buffer: 3 }, store);
    control.does = fails;
    const iam = guard();
    expect(await iam.guard(request(), () => 0)).toMatchObject(executed);
    await until(() => control.writes > 0);
    await store.log.append([factsOf(), factsOf()]);
    expect(await iam.guard(request(), () => 0)).toMatchObject(unavailable);
  });

  test("writes outcomes down however full it is", async () => {
    const { control, guard, events } = over({ buffer: 0 });
    control.does = fails;
    const iam = guard();
    const result = await iam.guard(request(), () => 0);
    expect(result).toMatchObject(executed);
    expect(result.executed && result.unrecorded).toBeFalsy();
    expect(await iam.guard(request(), () => 0)).toMatchObject(unavailable);
    expect(await events()).toEqual(["evaluated", "executed"]);
  });
});

describe("the end", () => {
  test("delivers what is left, and closes the store, whatever comes of it", async () => {
    let closed = 0;
    const store = { ...loggedMemory(), close: () => void closed++ };
    const { control, sinking, guard } = over({ buffer: 10 }, store);
    control.does = fails;
    await guard().guard(request(), () => 0);
    await expect(sinking.close()).rejects.toThrow("audit sink `s`: no room");
    expect(closed).toBe(1);
    // Nothing is tried any more.
    const { writes } = control;
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(control.writes).toBe(writes);
    expect(await store.log.behind("s")).toBe(2);
  });
});
