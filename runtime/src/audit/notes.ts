import type { Request } from "../abi/request.ts";
import { filled } from "../guard/filled.ts";
import { MASK, type Masks, masked } from "../guard/masks.ts";
import { fromRequest, stepsOf } from "../guard/paths.ts";
import type { CheckpointRecord, Kind, RecordKinds } from "../guard/store.ts";
import type { Conditions, StandingRecord } from "../standing/record.ts";
import type { AuditFacts, AuditNote } from "./record.ts";

/**
 * What may be kept of what a log is told. Of a tool that nobody knows nobody knows what its arguments hold, so they are
 * hidden.
 */
export function noteOf({ masks, request, error, standing, ...facts }: AuditFacts): AuditNote {
  const { decision } = facts;
  const isKnown = decision?.code !== "unknown_tool" && typeof request?.action?.name === "string";
  const [shown, text] = masked(request as Request, isKnown ? (masks ?? []) : [["input"]], error);
  return {
    ...(request && whose(request)),
    ...facts,
    ...(request && masks && facts.event === "evaluated" && { request: shown }),
    ...(error !== undefined && { error: masks ? text : MASK }),
    // Where nobody's approval was needed, none stood for it.
    ...(standing?.length && decision?.decision !== "allow" && { standing }),
  };
}

const whose = ({ actor, action }: Request) => ({
  actor: { type: actor?.type, id: actor?.id },
  tool: action?.name,
});

/** What may be kept of a record's having become what it is. */
export const noteOfRecord = (record: RecordKinds[Kind]): AuditNote =>
  record.kind === "checkpoint" ? noteOfCheckpoint(record) : noteOfStanding(record);

function noteOfCheckpoint(record: CheckpointRecord): AuditNote {
  const { id, revision, state, call, changedAt: at, request, masks, answer, error, expiresAt } = record;
  const note = { at, call, checkpoint: id, ...whose(request) };
  const becomes = (): AuditNote["request"] => answer && masked({ ...filled(record), now: at }, masks)[0];
  switch (state) {
    case "pending":
    case "approved": {
      const approval = record.approvals.at(-1);
      if (!approval) return { event: "paused", ...note, until: expiresAt };
      const { at: _, ...people } = approval;
      const changed = answer && revision > 0 ? { request: becomes() } : {};
      return { event: "approved", ...note, ...people, ...changed };
    }
    case "rejected":
    case "cancelled":
      return { event: state, ...note, ...wordsOf(record) };
    case "answered":
      return { event: state, ...note, ...wordsOf(record), request: becomes() };
    case "failed":
      return { event: state, ...note, error: masked(request, masks, error)[1] };
    default:
      return { event: state, ...note };
  }
}

const wordsOf = ({ by, roles, reason }: CheckpointRecord) => ({
  ...(by !== undefined && { by }),
  ...(roles && { roles }),
  ...(reason !== undefined && { reason }),
});

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
