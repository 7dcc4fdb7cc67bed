import type { Decision } from "../abi/decision.ts";
import type { Calls, Policy, Who } from "../abi/policy.ts";
import type { Request } from "../abi/request.ts";
import { type DeskOptions, deskOf } from "./desk.ts";
import { type Call, type GuardResult, resume, run, settle } from "./guard.ts";
import { type Bench, judge } from "./judge.ts";
import { memory } from "./memory.ts";
import { prepare, type Validate } from "./prepare.ts";
import { stoppedBy } from "./stop.ts";
import type { Store } from "./store.ts";

/** What a guard is made of. Only the policy must be there. */
export interface IamOptions<C extends Calls = Calls> extends Partial<DeskOptions> {
  readonly policy: Policy<C>;
  /** Where checkpoints and tracks live; this process's memory, where absent. */
  readonly store?: Store;
  readonly validate?: Validate;
  /** Whether approvals given ahead count: `standingApprovals`, or a host's own way to find those for a request, each person once. */
  readonly standing?: Bench["standing"];
}

/** What to run once the call may run. `input` is the frozen copy that was judged. */
export type Execute<Input, V> = (input: Input, call: Call) => V | PromiseLike<V>;

/**
 * A guard over one policy. Whatever it is given, it denies rather than throws; `guard` and `resume` throw only what
 * `execute` throws.
 */
export interface AgentIAM<C extends Calls = Calls> {
  /** The decision alone: nothing runs, waits or is counted. */
  evaluate<N extends keyof C & string>(request: Request<N, C[N]>): Promise<Decision>;
  /** Runs the call if the policy allows it; else says why not, with a checkpoint where it waits for somebody. */
  guard<N extends keyof C & string, V>(
    request: Request<N, C[N]>,
    execute: Execute<C[N], V>,
    options?: { readonly resumeCheckpointId?: string },
  ): Promise<GuardResult<V>>;
  /** Takes up a paused call with the request that was paused, for hosts that do not have it at hand. */
  resume<V>(checkpointId: string, execute: Execute<C[keyof C], V>): Promise<GuardResult<V>>;
  /** Whether a call to the tool could end in anything but `deny`. */
  visible(tool: string, who: Who): boolean;
}

/** Makes a guard. */
export function createAgentIAM<C extends Calls>(options: IamOptions<C>): AgentIAM<C> {
  const bench: Bench = { ...options, ...deskOf({ ...options, store: options.store ?? memory() }) };
  const taken = async (given: unknown, id: string | undefined) =>
    id === undefined ? settle(bench, await prepare(bench, given)) : resume(bench, id, given);

  return {
    evaluate: async (request) => {
      const { decision } = await prepare(bench, request)
        .then((ready) => judge(bench, ready, () => false))
        .catch((error: unknown) => stoppedBy(error, bench));
      return decision;
    },
    guard: (request, execute, options) => run(bench, taken(request, options?.resumeCheckpointId), execute),
    resume: (id, execute) => run(bench, taken(undefined, id), execute),
    visible(tool, who) {
      try {
        return bench.policy.visible(tool, who);
      } catch {
        return false;
      }
    },
  };
}
