import type { Request } from "../abi/request.ts";
import { filled } from "../guard/filled.ts";
import { MASK, type Masks, masked } from "../guard/masks.ts";
import { fromRequest, stepsOf } from "../guard/paths.ts";
import type { CheckpointRecord, Kind, RecordKinds } from "../guard/store.ts";
import type { Conditions, StandingRecord } from "../standing/record.ts";
import type { AuditFacts, AuditNote } from "./record.ts";

/**
 * What may be kept of what a log is told. Of a tool that nobody knows nobody knows what its calls hold, so all but who calls
 * which tool is hidden.
 */
export function noteOf({ masks, request, error, standing, ...facts }: AuditFacts): AuditNote {
  const { decision, event, runs } = facts;
  const isKnown = decision?.code !== "unknown_tool" && typeof request?.action?.name === "string";
  const [shown, text] = masked(
    (isKnown || !request ? request : covered(request)) as Request,
    masks ?? [],
    error,
  );
  // Those that were looked at and not needed, or not enough, stood for nothing.
  const isTold = event === "refused" || (runs && decision?.decision === "approval_required");
  return {
    ...(shown && whose(shown)),
    ...facts,
    ...(masks && event === "evaluated" && { request: shown }),
    ...(error !== undefined && { error: masks ? text : MASK }),
    ...(standing?.length && isTold && { standing }),
  };
}

/** Only who calls which tool, and when. */
const covered = (request: Request): Request => ({
  ...(but(request, ["now"]) as object),
  actor: but(request.actor, ["type", "id"]) as Request["actor"],
  action: but(request.action, ["name"]) as Request["action"],
});

/** A record with everything hidden but some fields; what is none is hidden whole. */
const but = (value: unknown, open: readonly string[]): unknown =>
  Object(value) === value
    ? Object.fromEntries(
        Object.entries(value as object).map(([name, field]) => [
          name,
          open.includes(name) && Object(field) !== field ? field : MASK,
        ]),
      )
    : MASK;

const whose = ({ actor, action }: Request) => ({
  actor: { type: actor?.type, id: actor?.id },
  tool: action?.name,
});

/** What may be kept of a record's having become what it is. */
export const noteOfRecord = (record: RecordKinds[Kind]): AuditNote =>
  record.kind === "checkpoint" ? noteOfCheckpoint(record) : noteOfStanding(record);

function noteOfCheckpoint(record: CheckpointRecord): AuditNote {
  const { id, revision, state, call, changedAt: at, request, masks, answer, expiresAt } = record;
  const note = { at, call, checkpoint: id, ...whose(masked(request, masks)[0]) };
  const becomes = (): AuditNote["request"] => answer && masked({ ...filled(record), now: at }, masks)[0];
  /** Both what was asked and what it became may be mentioned. */
  const hidden = (text: string | undefined) =>
    masked(filled(record), masks, masked(request, masks, text)[1])[1];
  const wordsOf = ({ by, roles, reason }: Pick<CheckpointRecord, "by" | "roles" | "reason">) => ({
    ...(by !== undefined && { by }),
    ...(roles && { roles }),
    ...(reason !== undefined && { reason: hidden(reason) ?? MASK }),
  });
  switch (state) {
    case "pending":
    case "approved": {
      const approval = record.approvals.at(-1);
      if (!approval) return { event: "paused", ...note, until: expiresAt };
      const changed = answer && revision > 0 ? { request: becomes() } : {};
      return { event: "approved", ...note, ...wordsOf(approval), ...changed };
    }
    case "rejected":
    case "cancelled":
      return { event: state, ...note, ...wordsOf(record) };
    case "answered":
      return { event: state, ...note, ...wordsOf(record), request: becomes() };
    case "failed":
      return { event: state, ...note, error: hidden(record.error) };
    default:
      return { event: state, ...note };
  }
}

function noteOfStanding(record: StandingRecord): AuditNote {
  const { id, changedAt: at, actor, actorType, tool, when, masks, approval, revoked, expiresAt } = record;
  const note = { at, standing: [id], actor: { type: actorType, id: actor }, tool };
  const { at: _, ...people } = revoked ?? approval;
  return revoked
    ? { event: "revoked", ...note, ...people }
    : { event: "granted", ...note, ...people, when: hidden(when, masks), until: expiresAt };
}

/** Conditions as they may be kept. A mask hides what lies on its way, too. */
function hidden(when: Conditions, masks: Masks | null): Conditions {
  const isHidden = (path: string) => {
    const steps = stepsOf(path);
    return masks?.some((mask) => fromRequest(mask).every((step, at) => (steps[at] ?? step) === step)) ?? true;
  };
  return Object.fromEntries(
    Object.entries(when).map(([path, condition]) => [path, isHidden(path) ? MASK : condition]),
  );
}
