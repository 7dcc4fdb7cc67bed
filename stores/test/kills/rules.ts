import type { KeyedTrack, Policy, Request } from "@agentpolicy/runtime";
import { approval, clarification, policyOf } from "../../../runtime/test/guard/support.ts";

const DAY = 86_400_000;
/** Values of `input.secret` begin with this, and nobody may find it in a log. */
export const SECRET = "hush";

/** The tracks that all lives have in common: how many small calls ran, and how much was paid. */
export const SMALL: KeyedTrack = {
  id: "p.small",
  key: '["p.small"]',
  figure: "count",
  per: "policy",
  within: null,
};
export const PAID: KeyedTrack = {
  id: "p.paid",
  key: '["p.paid"]',
  figure: "sum",
  per: "policy",
  within: null,
};

const declared = ({ key, ...track }: KeyedTrack) => track;

/** The highest amount of a call, and the usual one. */
export const MOST = 100;

/** The arguments of each call. `id` is told apart by nothing else; with `fail` it throws when it runs. */
export interface Input {
  readonly id: string;
  readonly amount: number;
  readonly fail?: boolean;
  readonly secret: string;
}

/** `small` runs at once, `pay` waits for one person, `wire` for two, `ask` for an answer; all but `ask` count. */
export const policy = (): Policy =>
  policyOf({
    tracks: [declared(SMALL), declared(PAID), { id: "p.mine", figure: "count", per: "actor", within: DAY }],
    reads: ["p.mine"],
    adds: ({ action }) => {
      const { amount } = action.input as Input;
      const mine = { track: "p.mine", amount: 1 };
      if (action.name === "small") return [mine, { track: "p.small", amount: 1 }];
      return action.name === "ask" ? [] : [mine, { track: "p.paid", amount }];
    },
    masks: [["input", "secret"]],
    decide: ({ action, context }) => {
      if (action.name === "pay") return approval();
      if (action.name === "wire") return approval([{ from: ["lead"], approvals: 2 }]);
      if (action.name === "ask" && context === undefined) return clarification(["context.ticket"]);
      return action.name === "small" || action.name === "ask" ? {} : { decision: "deny" };
    },
  });

export const callOf = (actor: string, name: string, number: number, more: Partial<Input> = {}): Request => ({
  actor: { type: "agent", id: actor },
  action: { name, input: { id: `${actor}/${number}`, amount: MOST, secret: `${SECRET}-${number}`, ...more } },
});

export const inputOf = (request: Request): Input => request.action.input as Input;
