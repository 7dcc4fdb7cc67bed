import type { Calls } from "../abi/policy.ts";
import type { Request } from "../abi/request.ts";
import type { GuardResult } from "./guard.ts";
import type { AgentIAM, Execute } from "./iam.ts";

/** One of several calls. */
export interface GuardedCall<C extends Calls, N extends keyof C & string, V> {
  readonly request: Request<N, C[N]>;
  readonly execute: Execute<C[N], V>;
  readonly resumeCheckpointId?: string;
}

/** One of several calls of different tools. `execute` then says itself whose input it takes. */
export type AnyGuardedCall<C extends Calls, V> = {
  [N in keyof C & string]: GuardedCall<C, N, V>;
}[keyof C & string];

/**
 * Calls that were made at once: judged one after another in this order, each seeing those before it, and each run as soon as
 * it may. What each came to, in this order; `rejected` is one whose `execute` threw. A call that is still running counts for
 * those after it; one that has failed by then does not.
 */
export function guardAll<C extends Calls, N extends keyof C & string, V>(
  iam: AgentIAM<C>,
  calls: readonly GuardedCall<C, N, V>[],
): Promise<PromiseSettledResult<GuardResult<V>>[]>;
export function guardAll<C extends Calls, V>(
  iam: AgentIAM<C>,
  calls: readonly AnyGuardedCall<C, V>[],
): Promise<PromiseSettledResult<GuardResult<V>>[]>;
export async function guardAll<C extends Calls, N extends keyof C & string, V>(
  iam: AgentIAM<C>,
  calls: readonly GuardedCall<C, N, V>[],
): Promise<PromiseSettledResult<GuardResult<V>>[]> {
  const results: Promise<GuardResult<V>>[] = [];
  for (const { request, execute, resumeCheckpointId } of calls) {
    await new Promise<unknown>((judged) => {
      const run: Execute<C[N], V> = (input, call) => {
        judged(input);
        return execute(input, call);
      };
      const result = iam.guard(request, run, resumeCheckpointId === undefined ? {} : { resumeCheckpointId });
      results.push(result);
      result.then(judged, judged);
    });
  }
  return Promise.allSettled(results);
}
