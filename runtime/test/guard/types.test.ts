import { createAgentIAM, type Policy } from "@agentpolicy/runtime";
import { expect, test } from "vitest";
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
