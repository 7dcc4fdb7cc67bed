import {
  type Approver,
  type Changed,
  createAgentIAM,
  createCheckpoints,
  createStandingApprovals,
  type GuardedCall,
  type GuardResult,
  guardAll,
  memory,
  type Policy,
  type State,
  type Stopped,
  standingApprovals,
  whenDecided,
} from "@agentpolicy/runtime";
import { expect, expectTypeOf, test } from "vitest";
import { policyOf } from "./support.ts";

/** What a compiled policy's `.d.ts` says about its tools. */
type Bank = {
  "bank.transfer": { readonly to: string; readonly amount: number };
  "bank.balance": { readonly account?: string };
};

const bank = policyOf({ decide: () => ({}) }) as Policy<Bank>;
const actor = { type: "agent", id: "bot-1" };

test("calls are typed by the compiled policy's tools: a wrong one does not compile", async () => {
  const iam = createAgentIAM({ policy: bank });
  const action = { name: "bank.transfer", input: { to: "x", amount: 5 } } as const;
  const result = await iam.guard({ actor, action }, (input) => input.amount * 2);
  if (!result.executed) throw new Error("allowed calls run");
  const doubled: number = result.value;
  expect(doubled).toBe(10);

  // @ts-expect-error no such tool
  await iam.guard({ actor, action: { name: "bank.transfr", input: { to: "x", amount: 5 } } }, () => 0);
  // @ts-expect-error an argument of another type
  await iam.guard({ actor, action: { name: "bank.transfer", input: { to: "x", amount: "5" } } }, () => 0);
  // @ts-expect-error an argument is missing
  await iam.evaluate({ actor, action: { name: "bank.transfer", input: { to: "x" } } });
  // @ts-expect-error no such argument
  await iam.guard({ actor, action }, (input) => input.amonut);
  // @ts-expect-error there is no value where nothing ran
  const value: number = (await iam.guard({ actor, action }, () => 0)).value;
  expect(value).toBe(0);
});

test("a policy without types takes any call", async () => {
  const iam = createAgentIAM({ policy: policyOf({ decide: () => ({}) }) });
  const result = await iam.guard(
    { actor, action: { name: "any.tool", input: { a: [1] } } },
    (input) => input,
  );
  expect(result.value).toEqual({ a: [1] });
});

test("calls made at once are typed each by its own tool, and their results by what they give", async () => {
  const iam = createAgentIAM({ policy: bank });
  const transfer = { name: "bank.transfer", input: { to: "x", amount: 5 } } as const;
  const results = await guardAll(iam, [
    { request: { actor, action: transfer }, execute: (input) => input.amount * 2 },
    { request: { actor, action: transfer }, execute: async (input) => input.amount },
  ]);
  expectTypeOf(results).toEqualTypeOf<PromiseSettledResult<GuardResult<number>>[]>();
  expect(results.map((result) => result.status === "fulfilled" && result.value.value)).toEqual([10, 5]);

  // Of different tools: each says itself whose input it takes.
  const one: GuardedCall<Bank, "bank.transfer", number> = {
    request: { actor, action: transfer },
    execute: (input) => input.amount,
  };
  const mixed = await guardAll(iam, [
    one,
    {
      request: { actor, action: { name: "bank.balance", input: { account: "abc" } } },
      execute: (input: Bank["bank.balance"]) => input.account?.length ?? 0,
    },
  ]);
  expectTypeOf(mixed).toEqualTypeOf<PromiseSettledResult<GuardResult<number>>[]>();
  expect(mixed.map((result) => result.status === "fulfilled" && result.value.value)).toEqual([5, 3]);
  const untyped = createAgentIAM({ policy: policyOf({ decide: () => ({}) }) });
  const names = ["a", "b"].map((name) => ({ request: { actor, action: { name } }, execute: () => name }));
  expectTypeOf(await guardAll(untyped, names)).toEqualTypeOf<PromiseSettledResult<GuardResult<string>>[]>();

  const misspelt = { actor, action: { name: "bank.transfr", input: {} } } as const;
  // @ts-expect-error no such tool
  await guardAll(iam, [{ request: misspelt, execute: () => 0 }]);
  const mistaken = { actor, action: { ...transfer, input: { to: "x", amount: "5" } } } as const;
  // @ts-expect-error an argument of another type
  await guardAll(iam, [{ request: mistaken, execute: () => 0 }]);
  // @ts-expect-error no such argument
  await guardAll(iam, [{ request: { actor, action: transfer }, execute: (input) => input.amonut }]);
});

test("what did not run says why, and what ran has a value", () => {
  expectTypeOf<Extract<GuardResult<string>, { readonly executed: true }>["value"]>().toEqualTypeOf<string>();
  expectTypeOf<Extract<GuardResult<string>, { readonly executed: false }>>().toEqualTypeOf<Stopped>();
  expectTypeOf<Extract<Changed, { readonly ok: true }>["refused"]>().toEqualTypeOf<undefined>();
});

test("people are who the host's `authenticate` takes", async () => {
  const store = memory();
  const checkpoints = createCheckpoints({
    store,
    authenticate: (token: { readonly token: string }): Approver | undefined =>
      token.token === "t" ? { id: "ann" } : undefined,
  });
  expect(await checkpoints.approve("chk_0", { token: "t" })).toMatchObject({ refused: "unknown" });
  // @ts-expect-error a name is nothing that it could look at
  await checkpoints.approve("chk_0", "ann");
  // @ts-expect-error an answer is by request path
  await checkpoints.answer("chk_0", "T-1");
  // @ts-expect-error there is no approval without somebody
  await checkpoints.approve("chk_0");
  // @ts-expect-error who somebody is must come from somewhere
  createCheckpoints({ store });
  expectTypeOf(whenDecided(store, "chk_0", { wait: 0 })).resolves.toEqualTypeOf<State | undefined>();
});

test("approvals given ahead are for one actor, one tool, until a time", async () => {
  const store = memory();
  const standing = createStandingApprovals({ store, authenticate: async (id: string) => ({ id }) });
  const grant = { actor: { type: "agent", id: "bot-1" }, tool: "bank.transfer", until: 1e15 };
  expect(await standing.grant({ ...grant, when: { "input.amount": { lte: 5 } } }, "ann")).toMatchObject({
    ok: true,
  });
  // @ts-expect-error it must end
  await standing.grant({ actor: grant.actor, tool: grant.tool }, "ann");
  // @ts-expect-error no such bound
  await standing.grant({ ...grant, when: { "input.amount": { max: 5 } } }, "ann");
  // @ts-expect-error a condition is no list
  await standing.grant({ ...grant, when: { "input.to": ["a"] } }, "ann");
  createAgentIAM({ policy: bank, store, standing: standingApprovals });
  // @ts-expect-error what finds them is a function
  createAgentIAM({ policy: bank, store, standing: true });
});
