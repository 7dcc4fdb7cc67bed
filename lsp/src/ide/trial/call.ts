import { type Explanation, explain, figuresFor, NO_HISTORY } from "@agentpolicy/compiler";
import type { Figures } from "@agentpolicy/runtime/abi";
import type { Snapshot } from "../snapshot.ts";
import { readyPolicy } from "./ready.ts";

/** What a policy decides on a request, and why. */
export interface TriedCall {
  readonly request: unknown;
  readonly figures: Figures;
  /** Has the decision, too. */
  readonly explanation: Explanation;
}

export interface TryOptions {
  /** What tracks are to say, by id; those not given say what they say before the first call. */
  readonly figures?: Figures;
  /** The moment of a request that names none, in epoch milliseconds. */
  readonly now: number;
}

/** Decides on a request; null where the policy has errors. */
export function tryCall(snapshot: Snapshot, raw: unknown, { figures, now }: TryOptions): TriedCall | null {
  const ready = readyPolicy(snapshot);
  if (ready === null) return null;
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) {
    return { request: raw, figures: {}, explanation: explain(ready.checked, raw, {}) };
  }
  const request: { readonly [root: string]: unknown } = { now, ...raw };
  const all = { ...figuresFor(ready.policy, request, NO_HISTORY, now), ...figures };
  return { request, figures: all, explanation: explain(ready.checked, request, all) };
}
