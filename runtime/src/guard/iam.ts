import type { Decision } from "../abi/decision.ts";
import type { Calls, Policy, Who } from "../abi/policy.ts";
import type { Request } from "../abi/request.ts";
import { type Change, change, type Refusal, type Step } from "./change.ts";
import { type Checkpoint, view } from "./checkpoint.ts";
import { inTime, randomId, systemClock } from "./defaults.ts";
import { type Call, type GuardResult, refuse, resume, run, settle } from "./guard.ts";
import { type Bench, judge } from "./judge.ts";
import { memory } from "./memory.ts";
import { prepare, type Validate } from "./prepare.ts";
import { answer, cancel, vote } from "./steps.ts";
import { stoppedBy } from "./stop.ts";
import type { Approver, CheckpointFilter, CheckpointRecord, Store } from "./store.ts";

/** What a guard is made of. Only the policy must be there. */
export interface IamOptions<C extends Calls = Calls> {
  readonly policy: Policy<C>;
  /** Where checkpoints and tracks live; this process's memory, where absent. */
  readonly store?: Store;
  readonly validate?: Validate;
  /** Epoch milliseconds. */
  readonly clock?: () => number;
  /** Unguessable text, different each time: ids of checkpoints (after `chk_`) and of recorded calls. */
  readonly id?: () => string;
  /** How long the store may take for one answer, in milliseconds; 5000 where absent. */
  readonly timeout?: number;
}

/** What became of an approval, rejection, answer or cancellation. */
export type Changed =
  | { readonly ok: true; readonly refused?: undefined; readonly checkpoint: Checkpoint }
  | { readonly ok: false; readonly refused: Refusal; readonly checkpoint?: Checkpoint | undefined };

/** What to run once the call may run. `input` is the frozen copy that was judged. */
export type Execute<Input, V> = (input: Input, call: Call) => V | PromiseLike<V>;

/**
 * A guard over one policy. Whatever it is given, it denies rather than throws; `guard` and `resume` throw only what
 * `execute` throws. `checkpoint` and `checkpoints` reject where the store does not answer.
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
  /** The host answers for who the approver is. */
  approve(checkpointId: string, approver: Approver): Promise<Changed>;
  reject(checkpointId: string, approver: Approver, reason?: string): Promise<Changed>;
  /** `values` by request path: `{ "context.ticket": "OPS-7" }`. */
  answer(checkpointId: string, values: { readonly [path: string]: unknown }): Promise<Changed>;
  cancel(checkpointId: string, reason?: string): Promise<Changed>;
  checkpoint(checkpointId: string): Promise<Checkpoint | undefined>;
  checkpoints(filter?: CheckpointFilter): Promise<readonly Checkpoint[]>;
  /** Writes down which checkpoints' time is up, and how many. They are of no use before that either. */
  expire(): Promise<number>;
}

/** Makes a guard. */
export function createAgentIAM<C extends Calls>(options: IamOptions<C>): AgentIAM<C> {
  const { policy, validate, store = memory(), clock = systemClock, id = randomId, timeout = 5000 } = options;
  const ask: Bench["ask"] = (answer, late) => inTime(answer, timeout, late);
  const bench: Bench = { policy, store, ask, clock, id };
  const prepared = (request: unknown) => prepare(bench, validate, request);
  const shown = (record: CheckpointRecord) => view(bench, record);

  const changed = async (id: string, step: Step): Promise<Changed> => {
    const [refused, record] = await change(bench, id, step).catch((): Change => ["unavailable"]);
    return { ok: !refused, refused, checkpoint: record && shown(record) } as Changed;
  };
  const taken = async (given: unknown, id: string | undefined) => {
    const request = await prepared(given);
    return id === undefined
      ? settle(bench, request)
      : resume(bench, await ask(store.read(id)), request, prepared);
  };
  const again = async (id: string) =>
    taken((await ask(store.read(id)))?.request ?? refuse(bench, "unknown"), id);

  return {
    evaluate: async (request) => {
      const { decision } = await prepared(request)
        .then((ready) => judge(bench, ready, () => false))
        .catch((error: unknown) => stoppedBy(error, policy));
      return decision;
    },
    guard: (request, execute, options) => run(bench, taken(request, options?.resumeCheckpointId), execute),
    resume: (id, execute) => run(bench, again(id), execute),
    visible(tool, who) {
      try {
        return policy.visible(tool, who);
      } catch {
        return false;
      }
    },
    approve: (id, approver) => changed(id, vote(approver)),
    reject: (id, approver, reason = "") => changed(id, vote(approver, reason)),
    answer: (id, values) => changed(id, answer(values)),
    cancel: (id, reason) => changed(id, cancel(reason)),
    async checkpoint(id) {
      const record = await ask(store.read(id));
      return record && shown(record);
    },
    checkpoints: async (filter = {}) => (await ask(store.list(filter))).map(shown),
    async expire() {
      const overdue = await ask(store.list({ overdue: clock(), limit: 1e9 }));
      // What is overdue changes to `expired` whatever is asked of it.
      await Promise.all(overdue.map(({ id }) => change(bench, id, () => "unknown")));
      return overdue.length;
    },
  };
}
