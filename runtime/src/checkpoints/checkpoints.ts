import type { Decision } from "../abi/decision.ts";
import { type Change, change, type Refusal, type Step } from "../guard/change.ts";
import { type Checkpoint, view } from "../guard/checkpoint.ts";
import { type Desk, type DeskOptions, deskOf } from "../guard/desk.ts";
import type { AgentIAM } from "../guard/iam.ts";
import type { RecordFilter } from "../guard/store.ts";
import { type Authenticate, authenticated } from "./approver.ts";
import { type ApproveOptions, answer, approve, cancel, edited, reject, type Values } from "./steps.ts";

export interface CheckpointsOptions<Who> extends DeskOptions {
  readonly authenticate: Authenticate<Who>;
  /** A guard's `evaluate`, so that an edit to a call that is denied is refused at once, and not only when it is resumed. */
  readonly evaluate?: AgentIAM["evaluate"];
}

/** What became of an approval, rejection, answer or cancellation; `decision` where it is what an edit was refused for. */
export type Changed =
  | { readonly ok: true; readonly refused?: undefined; readonly checkpoint: Checkpoint }
  | {
      readonly ok: false;
      readonly refused: Refusal;
      readonly checkpoint?: Checkpoint | undefined;
      readonly decision?: Decision | undefined;
    };

/**
 * The checkpoints of a store, for people and their tools; it needs no policy, and guards may be anywhere. Each change and
 * each refusal is in the store's log. `get`, `list` and `expire` reject where the store does not answer; nothing else
 * throws.
 */
export interface Checkpoints<Who> {
  get(checkpointId: string): Promise<Checkpoint | undefined>;
  /** Oldest first. */
  list(filter?: RecordFilter): Promise<readonly Checkpoint[]>;
  approve(checkpointId: string, who: Who, options?: ApproveOptions): Promise<Changed>;
  reject(checkpointId: string, who: Who, reason?: string): Promise<Changed>;
  /** `values` by request path: `{ "context.ticket": "OPS-7" }`. `by` is for the log. */
  answer(checkpointId: string, values: Values, by?: string): Promise<Changed>;
  /** The end of a call that nobody waits for any more. `by` is for the log. */
  cancel(
    checkpointId: string,
    options?: { readonly reason?: string; readonly by?: string },
  ): Promise<Changed>;
  /** Writes down which checkpoints' time is up: how many it has. They are of no use before that either. */
  expire(): Promise<number>;
}

/** Opens the checkpoints of a store. */
export function createCheckpoints<Who>(options: CheckpointsOptions<Who>): Checkpoints<Who> {
  const desk = deskOf(options);
  const { store, ask, keep } = desk;
  const { authenticate, evaluate } = options;

  /** A change by somebody, and what is noted where it is refused. */
  const changed = async (
    id: string,
    by: { readonly by?: string; readonly roles?: readonly string[] },
    step: Step | Refusal,
    decision?: Decision,
  ): Promise<Changed> => {
    try {
      const [refused, record]: Change =
        typeof step === "string"
          ? [step, await ask(store.read("checkpoint", id))]
          : await change(desk, id, step);
      const { request, masks } = record ?? {};
      if (refused) await keep({ event: "refused", request, masks, checkpoint: id, refused, ...by });
      return {
        ok: !refused,
        refused,
        checkpoint: record && view(desk, record),
        ...(decision && { decision }),
      } as Changed;
    } catch {
      return { ok: false, refused: "unavailable" };
    }
  };

  return {
    async get(id) {
      const record = await ask(store.read("checkpoint", id));
      return record && view(desk, record);
    },
    list: async (filter = {}) =>
      (await ask(store.list("checkpoint", filter))).map((record) => view(desk, record)),
    async approve(id, who, options = {}) {
      const approver = await authenticated(authenticate, who);
      if (!approver) return changed(id, {}, "not_authenticated");
      const by = { by: approver.id, roles: approver.roles };
      const step = approve(approver, options);
      const decision = await denied(desk, evaluate, id, step, options).catch(() => undefined);
      return changed(id, by, decision ? "invalid_edit" : step, decision);
    },
    async reject(id, who, reason = "") {
      const approver = await authenticated(authenticate, who);
      if (!approver) return changed(id, {}, "not_authenticated");
      return changed(id, { by: approver.id, roles: approver.roles }, reject(approver, reason));
    },
    answer: (id, values, by) => changed(id, { ...(by && { by }) }, answer(values, by)),
    cancel: (id, { reason, by } = {}) => changed(id, { ...(by && { by }) }, cancel(reason, by)),
    expire: () => sweep(desk),
  };
}

/** Why an edit is refused before it has taken effect; only those who could approve it are told. */
async function denied(
  { store, ask, clock }: Desk,
  evaluate: AgentIAM["evaluate"] | undefined,
  id: string,
  step: Step,
  { edit }: ApproveOptions,
): Promise<Decision | undefined> {
  const record = edit && evaluate && (await ask(store.read("checkpoint", id)));
  if (!record || typeof step(record, clock()) === "string") return;
  const call = edited(record, edit);
  const decision = call && (await evaluate(call.request as never));
  return decision?.decision === "deny" ? decision : undefined;
}

/** Writes down whose time is up, page by page, so that no store is asked for all at once. */
async function sweep(desk: Desk): Promise<number> {
  const { store, ask, clock } = desk;
  for (let expired = 0; ; ) {
    const overdue = await ask(store.list("checkpoint", { overdue: clock() }));
    // What is overdue changes to `expired` whatever is asked of it.
    const changes = await Promise.all(overdue.map(({ id }) => change(desk, id, () => "unknown")));
    const done = changes.filter(([refused]) => refused === "expired").length;
    // Where nothing is left to do, or somebody else does it.
    if (done === 0) return expired;
    expired += done;
  }
}
