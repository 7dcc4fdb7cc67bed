import type { Decision } from "../abi/decision.ts";
import type { Request } from "../abi/request.ts";
import type { AuditFacts } from "../audit/record.ts";
import { isMet } from "./approvers.ts";
import { change } from "./change.ts";
import { type Checkpoint, view } from "./checkpoint.ts";
import { filled } from "./filled.ts";
import { type Bench, type Judged, judge } from "./judge.ts";
import { type Masks, masked } from "./masks.ts";
import { boundTo, inputOf, isSame, prepare } from "./prepare.ts";
import { refuse } from "./refuse.ts";
import { leads } from "./states.ts";
import { type Stopped, stop, stoppedBy } from "./stop.ts";
import type { Approval, CheckpointRecord } from "./store.ts";

/** What the guard did with a call. */
export type GuardResult<V = unknown> =
  | {
      readonly executed: true;
      readonly decision: Decision;
      readonly value: V;
      readonly checkpoint?: Checkpoint | undefined;
      /** The call ran, and the store did not take the record of it. */
      readonly unrecorded: boolean;
    }
  | Stopped;

/** What is run: the frozen request that was judged, and the decision on it. */
export interface Call {
  readonly request: Request;
  readonly decision: Decision;
}

/** A call that may run, what was recorded for it, and the checkpoint that it had to pass. */
export interface Ready extends Judged {
  readonly record?: CheckpointRecord | undefined;
}

/** An approval that was given ahead, and its id. */
export interface StandingApproval extends Approval {
  readonly id: string;
}

/** Whether a call runs: it is allowed, or approved by as many as its decision demands. */
const isOpen = (decision: Decision, given: readonly Approval[]): boolean | undefined =>
  decision.decision === "allow" || (decision.decision === "approval_required" && isMet(decision, given));

/** Judges a call that was not paused before. */
export async function settle(bench: Bench, request: Request): Promise<Ready> {
  const given = (await bench.standing?.(bench, request)) ?? [];
  const standing = given.map(({ id }) => id);
  const judged = await judge(bench, request, (decision) => isOpen(decision, given), { standing });
  return judged.isRun ? judged : pause(bench, judged);
}

/** The end of a call that is denied; a checkpoint for one that waits. */
async function pause(bench: Bench, { decision, facts: { request, masks, call } }: Judged): Promise<never> {
  const demand = decision.approval ?? decision.clarification;
  if (decision.decision === "deny" || !demand) return stop(decision);
  const createdAt = request.now as number;
  const record: CheckpointRecord = {
    kind: "checkpoint",
    id: `chk_${bench.id()}`,
    revision: 0,
    state: "pending",
    actor: request.actor.id,
    call,
    request: boundTo(request),
    decision,
    // A policy that cannot name them decides nothing but denials.
    masks: masks as Masks,
    createdAt,
    changedAt: createdAt,
    expiresAt: createdAt + demand.within,
    approvals: [],
  };
  // An id that is taken is no answer of a store that works.
  if (!(await bench.ask(bench.store.put(record)))) throw record;
  return stop(decision, view(bench, record));
}

/**
 * Takes up a paused call. It must be the call that was paused; the policy judges again; an approval stands for the same
 * policy's `approval_required` and only while it has all that is demanded now; the checkpoint is claimed before
 * anything runs. Where more is asked than before, a new checkpoint takes the place of this one. Without a request it is
 * the one that was paused.
 */
export async function resume(bench: Bench, id: string, asked: unknown): Promise<Ready> {
  const record = await bench.ask(bench.store.read("checkpoint", id));
  const wanted = asked ?? record?.request;
  // Of what is not there nobody needs to know more than that.
  const given = (wanted && (await prepare(bench, wanted))) as Request;
  const facts = { checkpoint: id, request: given, masks: record?.masks };
  if (!record) return refuse(bench, "unknown", facts);
  if (!isSame(given, record.request)) return refuse(bench, "other_request", facts);
  const checkpoint = view(bench, record);
  const { state } = checkpoint;
  if (state === "pending") return stop(record.decision, checkpoint, state);
  if (!leads(state, "consumed")) {
    // What has expired once stays so, whatever the clock says later.
    await change(bench, id, () => state);
    return refuse(bench, state, facts, record);
  }

  const request = record.answer ? await prepare(bench, filled(record)) : given;
  const runs = (decision: Decision): boolean | undefined =>
    isOpen(decision, decision.policy.hash === record.decision.policy.hash ? record.approvals : []);
  const judged = await judge(bench, request, runs, { checkpoint: id });
  const { decision, isRun } = judged;
  if (decision.decision === "deny") return stop(decision, checkpoint);
  try {
    const to = isRun || record.answer ? "consumed" : "cancelled";
    const [refused, claimed] = await change(bench, id, (found) =>
      found.revision === record.revision ? { state: to, call: judged.facts.call } : found.state,
    );
    if (refused) return await refuse(bench, refused, facts, claimed);
    if (!isRun) await pause(bench, judged);
    return { ...judged, record: claimed };
  } catch (error) {
    await judged.release();
    throw error;
  }
}

/** Runs what may run. Throws only what `execute` throws; the checkpoint is then `failed` and nothing is counted. */
export async function run<V>(
  bench: Bench,
  settling: Promise<Ready>,
  execute: (input: never, call: Call) => V | PromiseLike<V>,
): Promise<GuardResult<V>> {
  const ready = await settling.catch((error: unknown) => stoppedBy(error, bench));
  if ("executed" in ready) return ready;
  const { decision, facts, release, record } = ready;
  const { request } = facts;
  let value: V;
  try {
    value = await execute(inputOf(request) as never, { request, decision });
  } catch (thrown) {
    let error = "";
    try {
      error = masked(request, facts.masks as Masks, `${(thrown as Error).message ?? thrown}`)[1] as string;
    } catch {
      // It has no words.
    }
    const failed: AuditFacts = { ...facts, at: bench.clock(), event: "failed", error };
    // A checkpoint that fails says so itself.
    await release(record ? undefined : failed).catch(() => {});
    if (record) await change(bench, record.id, () => ({ state: "failed", error })).catch(() => {});
    throw thrown;
  }
  let unrecorded = false;
  await bench.keep({ ...facts, event: "executed" }).catch(() => {
    unrecorded = true;
  });
  return { executed: true, decision, value, checkpoint: record && view(bench, record), unrecorded };
}
