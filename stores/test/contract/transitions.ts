import { type CheckpointRecord, type Decision, type Store, TRANSITIONS } from "@agentpolicy/runtime";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import {
  approval,
  clarification,
  counter,
  guarded,
  MINUTE,
  request,
  type Written,
} from "../../../runtime/test/guard/support.ts";

const ROLES: { readonly [who: string]: readonly string[] } = {
  ann: ["lead"],
  bob: ["lead"],
  eve: ["guest"],
  "bot-1": ["lead"],
};
const people = fc.constantFrom(...Object.keys(ROLES));

const deeds = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ deed: fc.constant("approve" as const), who: people, version: fc.nat(1) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ deed: fc.constant("edit" as const), who: people, version: fc.nat(1) }),
  },
  { weight: 1, arbitrary: fc.record({ deed: fc.constant("reject" as const), who: people }) },
  {
    weight: 3,
    arbitrary: fc.record({ deed: fc.constantFrom("resume" as const, "other" as const, "fail" as const) }),
  },
  { weight: 1, arbitrary: fc.record({ deed: fc.constantFrom("cancel" as const, "expire" as const) }) },
  { weight: 2, arbitrary: fc.record({ deed: fc.constant("answer" as const) }) },
);

/** What several people, agents and sweeps do at once; then time goes on, and the policy may be another one. */
const rounds = fc.array(
  fc.record({
    at: fc.array(fc.tuple(deeds, fc.boolean()), { minLength: 1, maxLength: 4 }),
    minutes: fc.constantFrom(0, 1, 12, 29),
    policy: fc.constantFrom("same", "same", "same", "allow", "deny", "other"),
  }),
  { maxLength: 7 },
);

/** Every record that took effect, in the order of its revisions. */
function watched(store: Store, done: CheckpointRecord[]): Store {
  return {
    ...store,
    put: async (record) => {
      const fits = await store.put(record);
      if (fits && record.kind === "checkpoint") done.push(record);
      return fits;
    },
  };
}

/** Whether one record may come after another: the whole of what may change about a checkpoint. */
function expectNext(before: CheckpointRecord, after: CheckpointRecord): void {
  expect(after.revision).toBe(before.revision + 1);
  const fixed = ({ id, kind, request, actor, decision, masks, createdAt, expiresAt }: CheckpointRecord) =>
    JSON.stringify({ id, kind, request, actor, decision, masks, createdAt, expiresAt });
  expect(fixed(after)).toBe(fixed(before));
  const isStill = after.state === "pending" && before.state === "pending";
  if (!isStill) expect((TRANSITIONS[before.state] ?? "").split(" ")).toContain(after.state);
  // Time ends what could still be used, and nothing else does not go on after it.
  const isOver = after.changedAt >= before.expiresAt;
  if (after.state !== "failed") expect(isOver).toBe(after.state === "expired");
  const added = after.approvals.at(-1);
  if (before.state !== "pending" || !["pending", "approved"].includes(after.state)) {
    expect(after.approvals).toEqual(before.approvals);
    expect(after.version).toBe(before.version);
  } else {
    const isEdit = (after.version ?? 0) > (before.version ?? 0);
    expect(after.version ?? 0).toBe((before.version ?? 0) + (isEdit ? 1 : 0));
    expect(after.approvals.slice(0, -1)).toEqual(isEdit ? [] : before.approvals);
    expect(ROLES[added?.by ?? ""]).toEqual(["lead"]);
    expect(added?.by).not.toBe("bot-1");
  }
  const who = new Set(after.approvals.map(({ by }) => by));
  expect(who.size).toBe(after.approvals.length);
  if (after.decision.decision === "approval_required" && after.state === "approved") expect(who.size).toBe(2);
}

/** Only what the table says happens to checkpoints, whatever is tried by whomever at once. */
export function transitionContract(
  given: () => { readonly one: Store; readonly other: Store },
  numRuns: number,
): void {
  describe("transitions", () => {
    let one: Store;
    let other: Store;
    beforeAll(() => {
      ({ one, other } = given());
    });

    test.each<[string, Partial<Decision>]>([
      ["an approval", approval([{ from: ["lead"], approvals: 2 }])],
      ["a question", clarification(["context.ticket"])],
    ])("of %s are the table's, and it runs once, for two leads or an answer, in time", async (_, asks) => {
      await fc.assert(
        fc.asyncProperty(rounds, async (rounds) => {
          const done: CheckpointRecord[] = [];
          const stores = [watched(one, done), watched(other, done)];
          let policy = "same";
          const written: Written = {
            decide: ({ context }) => {
              if (policy === "deny") return { decision: "deny" };
              if (policy === "allow" || context?.ticket !== undefined) return {};
              return asks;
            },
          };
          const makers = stores.map((store) => [
            guarded(written, { store }),
            guarded({ ...written, hash: "h2" }, { store }),
          ]);
          const here = (at: boolean) =>
            makers[at ? 1 : 0]?.[policy === "other" ? 1 : 0] as ReturnType<typeof guarded>;
          const { runs, execute } = counter();
          const call = request({ amount: 1 });
          const id = (await here(false).iam.guard(call, execute)).checkpoint?.id ?? "";
          const resumed = { resumeCheckpointId: id };
          let failed = 0;
          const failing = () => {
            failed++;
            throw new Error("x");
          };
          const act = async (deed: (typeof rounds)[number]["at"][number]): Promise<unknown> => {
            const [{ deed: name, ...more }, at] = deed;
            const { iam } = here(at);
            const { who = "", version = 0 } = more as { readonly who?: string; readonly version?: number };
            const approver = { id: who, roles: ROLES[who] ?? [] };
            if (name === "approve") return iam.approve(id, approver, { version });
            if (name === "edit") return iam.approve(id, approver, { version, edit: { "input.amount": 2 } });
            if (name === "reject") return iam.reject(id, approver, "no");
            if (name === "cancel") return iam.cancel(id);
            if (name === "expire") return iam.expire();
            if (name === "answer") return iam.answer(id, { "context.ticket": 1 });
            if (name === "fail") return iam.guard(call, failing, resumed).catch(() => {});
            const asked = name === "other" ? request({ amount: 2 }) : call;
            const result = await iam.guard(asked, execute, resumed);
            if (name === "other") expect(result.executed).toBe(false);
            return result;
          };
          for (const round of rounds) {
            policy = round.policy;
            await Promise.all(round.at.map(act));
            for (const { time } of makers.flat()) time.now += round.minutes * MINUTE;
          }
          const history = done.filter((record) => record.id === id).sort((a, b) => a.revision - b.revision);
          expect(history[0]).toMatchObject({ revision: 0, state: "pending", approvals: [] });
          for (const [at, record] of history.entries()) {
            const before = history[at - 1];
            if (before) expectNext(before, record);
          }
          const states = history.map(({ state }) => state);
          // What ran was claimed, and what was claimed ran but where its place was taken by another checkpoint.
          const claims = states.filter((state) => state === "consumed").length;
          const others = new Set(done.map(({ id }) => id)).size - 1;
          expect(runs.length + failed).toBeLessThanOrEqual(1);
          expect(claims).toBeGreaterThanOrEqual(runs.length + failed);
          expect(claims - runs.length - failed).toBeLessThanOrEqual(others);
          expect(states.includes("failed")).toBe(failed === 1);
          // What ran is what was approved last, or what it had become by the answer.
          const last = history.at(-1);
          if (runs.length === 1) expect(runs).toEqual([{ amount: last?.version ? 2 : 1 }]);
          expect(await one.read("checkpoint", id)).toEqual(JSON.parse(JSON.stringify(last)));
          const log = await other.log?.read({ checkpoint: id, limit: 1000 });
          const events = log?.flatMap(({ event }) => (event in EVENTS ? [event] : []));
          if (events) expect(events).toEqual(history.map(eventOf));
        }),
        { numRuns },
      );
    });
  });
}

const EVENTS = {
  paused: 1,
  approved: 1,
  rejected: 1,
  answered: 1,
  consumed: 1,
  expired: 1,
  cancelled: 1,
  failed: 1,
};

const eventOf = ({ state, revision }: CheckpointRecord) =>
  revision === 0 ? "paused" : state === "pending" ? "approved" : state;
