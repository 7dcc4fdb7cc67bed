import type {
  Contribution,
  Decision,
  Figures,
  Policy,
  Request,
  TrackDeclaration,
} from "@agentpolicy/runtime";
import {
  ABI,
  type Approver,
  createAgentIAM,
  createCheckpoints,
  type IamOptions,
  memory,
} from "@agentpolicy/runtime";

/** A policy written as a function, for guards. */
export interface Written {
  readonly decide: (request: Request, figures: Figures) => Partial<Decision>;
  readonly hash?: string;
  readonly abi?: number;
  readonly tracks?: readonly TrackDeclaration[];
  readonly reads?: readonly string[];
  readonly adds?: (request: Request) => readonly Contribution[];
  readonly masks?: readonly (readonly string[])[];
}

export function policyOf(written: Written): Policy {
  const { hash = "h1", abi = ABI, tracks = [], reads = [], adds = () => [], masks = [] } = written;
  const identity = { name: "p", version: null, hash };
  return {
    manifest: { ...identity, abi, sources: {}, tools: {}, rules: {}, tracks },
    decide: (request, figures = {}) => ({
      decision: "allow",
      code: "rule",
      rules: ["p.r"],
      reasons: [],
      risk: "medium",
      requirements: [],
      policy: identity,
      ...written.decide(request as Request, figures),
    }),
    visible: (tool) => tool === "t",
    reads: () => reads,
    contributions: (request) => adds(request as Request),
    masks: () => masks,
  };
}

export const MINUTE = 60_000;

/** What waits for one approval of anyone, or for those given. */
export const approval = (
  approvers: readonly { readonly from?: readonly string[]; readonly approvals?: number }[] = [{}],
  within = 30 * MINUTE,
): Partial<Decision> => ({
  decision: "approval_required",
  approval: {
    approvers: approvers.map(({ from = [], approvals = 1 }, at) => ({ rule: `p.r${at}`, from, approvals })),
    within,
  },
});

export const clarification = (needs: readonly string[], within = 30 * MINUTE): Partial<Decision> => ({
  decision: "clarification_required",
  clarification: { questions: [{ rule: "p.q", ask: "Which?" }], needs, within },
});

export const request = (input: unknown = {}, more: Partial<Request> = {}): Request => ({
  actor: { type: "agent", id: "bot-1" },
  action: { name: "t", input },
  ...more,
});

/** A guard at a clock that stands until it is set. */
export const guarded = (written: Written, options?: Omit<IamOptions, "policy">) =>
  guardedBy(policyOf(written), options);

export function guardedBy(policy: Policy, options: Omit<IamOptions, "policy"> = {}) {
  const time = { now: 1_000_000 };
  const { store = memory(), ...rest } = options;
  const given = { store, clock: () => time.now, ...rest };
  const { get, list, ...people } = createCheckpoints({ ...given, authenticate: (who: Approver) => who });
  /** The guard, and beside it what people do with the checkpoints of its store. */
  const iam = { ...createAgentIAM({ policy, ...given }), ...people, checkpoint: get, checkpoints: list };
  return { iam, time, policy, store };
}

/** Counts its runs and gives back the input that it got. */
export function counter() {
  const runs: unknown[] = [];
  return {
    runs,
    execute: async (input: unknown) => {
      runs.push(input);
      return input;
    },
  };
}
