import type { Decision } from "../abi/decision.ts";
import type { Request } from "../abi/request.ts";
import { isMet } from "./approvers.ts";
import { change, type Refusal } from "./change.ts";
import { type Checkpoint, view } from "./checkpoint.ts";
import { type Bench, judge } from "./judge.ts";
import { boundTo, inputOf, isSame } from "./prepare.ts";
import { filled } from "./steps.ts";
import { type Stopped, stop, stoppedBy, unfit } from "./stop.ts";
import type { CheckpointRecord } from "./store.ts";

/** What the guard did with a call. */
export type GuardResult<V = unknown> =
  | {
      readonly executed: true;
      readonly decision: Decision;
      readonly value: V;
      readonly checkpoint?: Checkpoint | undefined;
    }
  | Stopped;

/** What is run: the frozen request that was judged, and the decision on it. */
export interface Call {
  readonly request: Request;
  readonly decision: Decision;
}

/** A call that may run, what was recorded for it, and the checkpoint that it had to pass. */
export interface Ready extends Call {
  readonly release: () => Promise<void>;
  readonly record?: CheckpointRecord | undefined;
}

const isAllow = ({ decision }: Decision): boolean => decision === "allow";

/** Judges a call that was not paused before. */
export async function settle(bench: Bench, request: Request): Promise<Ready> {
  const { decision, release } = await judge(bench, request, isAllow);
  return isAllow(decision) ? { request, decision, release } : pause(bench, request, decision);
}

/** The end of a call that is denied; a checkpoint for one that waits. */
async function pause(bench: Bench, asked: Request, decision: Decision): Promise<never> {
  const demand = decision.approval ?? decision.clarification;
  if (decision.decision === "deny" || !demand) return stop(decision);
  const createdAt = asked.now as number;
  const record: CheckpointRecord = {
    id: `chk_${bench.id()}`,
    revision: 0,
    state: "pending",
    request: boundTo(asked),
    decision,
    masks: bench.policy.masks(asked.action.name),
    createdAt,
    expiresAt: createdAt + demand.within,
    approvals: [],
  };
  // An id that is taken is no answer of a store that works.
  if (!(await bench.ask(bench.store.put(record)))) throw record;
  return stop(decision, view(bench, record));
}

/** The denial of a resume that is none. */
export const refuse = (bench: Bench, found: Refusal, record?: CheckpointRecord): never =>
  stop(
    unfit(bench.policy, { path: "resumeCheckpointId", expected: "checkpoint", found }),
    record && view(bench, record),
    found,
  );

/**
 * Takes up a paused call. It must be the call that was paused; the policy judges again; an approval stands for the same
 * policy's `approval_required` and only while it has all that is demanded now; the checkpoint is claimed before
 * anything runs. Where more is asked than before, a new checkpoint takes the place of this one.
 */
export async function resume(
  bench: Bench,
  record: CheckpointRecord | undefined,
  given: Request,
  prepared: (request: unknown) => Promise<Request>,
): Promise<Ready> {
  if (!record) return refuse(bench, "unknown");
  if (!isSame(given, record.request)) return refuse(bench, "other_request");
  const checkpoint = view(bench, record);
  const { state } = checkpoint;
  if (state === "pending") return stop(record.decision, checkpoint, state);
  if (state !== "approved" && state !== "answered") return refuse(bench, state, record);

  const request = record.answer ? await prepared(filled(record, record.answer)) : given;
  const stands = (decision: Decision): boolean | undefined =>
    isAllow(decision) ||
    (decision.decision === "approval_required" &&
      decision.policy.hash === record.decision.policy.hash &&
      isMet(decision, record.approvals));
  const { decision, release } = await judge(bench, request, stands);
  if (decision.decision === "deny") return stop(decision, checkpoint);
  const runs = stands(decision);
  try {
    const to = runs || state === "answered" ? "consumed" : "cancelled";
    const [refused, claimed] = await change(bench, record.id, (found) =>
      found.state === state ? { state: to } : found.state,
    );
    if (refused) refuse(bench, refused, claimed);
    if (!runs) await pause(bench, request, decision);
    return { request, decision, release, record: claimed };
  } catch (error) {
    await release();
    throw error;
  }
}

/** Runs what may run. Throws only what `execute` throws; the checkpoint is then `failed` and nothing is counted. */
export async function run<V>(
  bench: Bench,
  settling: Promise<Ready>,
  execute: (input: never, call: Call) => V | PromiseLike<V>,
): Promise<GuardResult<V>> {
  const ready = await settling.catch((error: unknown) => stoppedBy(error, bench.policy));
  if ("executed" in ready) return ready;
  const { request, decision, release, record } = ready;
  try {
    const value = await execute(inputOf(request) as never, { request, decision });
    return { executed: true, decision, value, checkpoint: record && view(bench, record) };
  } catch (error) {
    await release().catch(() => {});
    if (record)
      await change(bench, record.id, () => ({
        state: "failed",
        error: `${(error as Error)?.message}`,
      })).catch(() => {});
    throw error;
  }
}
