import type { Checkpoint } from "@agentpolicy/runtime";
import { about } from "./moments.ts";
import { brief } from "./safe.ts";
import { shortIds } from "./short-id.ts";
import { givenFor, stateText, whoText } from "./state.ts";
import type { Style } from "./style.ts";
import { table } from "./table.ts";

/** Checkpoints as a table, oldest first. With `states` the state is a column, too. */
export const checkpointList = (
  checkpoints: readonly Checkpoint[],
  { now, states, style }: { readonly now: number; readonly states: boolean; readonly style: Style },
): string => {
  const short = shortIds(checkpoints.map(({ id }) => id));
  const headings = [
    "ID",
    ...(states ? ["STATE"] : []),
    "AGE",
    "EXPIRES IN",
    "TOOL",
    "ACTOR",
    "RISK",
    "WAITS FOR",
  ];
  const rows = checkpoints.map((checkpoint) => {
    const { id, state, request, decision, createdAt, expiresAt } = checkpoint;
    return [
      style.bold(short(id)),
      ...(states ? [stateText(state, style)] : []),
      about(now - createdAt),
      expires(checkpoint, now, expiresAt),
      brief(request.action.name, 40),
      brief(`${request.actor.type} ${request.actor.id}`, 32),
      riskText(decision.risk, style),
      waitsFor(checkpoint),
    ];
  });
  return table(headings, rows, style);
};

const expires = ({ state }: Checkpoint, now: number, at: number): string =>
  state === "pending" || state === "approved" || state === "answered" ? about(at - now) : "–";

/** A risk, in red where it is high. */
export const riskText = (risk: string, style: Style): string =>
  risk === "high" || risk === "critical" ? style.red(risk) : risk;

/** What a checkpoint waits for: `1 of 2 by finance-lead`, `an answer: context.ticket`. */
const waitsFor = (checkpoint: Checkpoint): string => {
  const { state, decision, by } = checkpoint;
  if (state === "approved" || state === "answered") return "the agent";
  if (state !== "pending") return by === undefined ? "–" : `– (by ${brief(by, 32)})`;
  if (decision.clarification !== undefined)
    return `an answer: ${brief(decision.clarification.needs.join(", "), 60)}`;
  const parts = (decision.approval?.approvers ?? []).map((requirement) => {
    const given = Math.min(givenFor(requirement, checkpoint), requirement.approvals);
    return `${given} of ${requirement.approvals} by ${brief(whoText(requirement.from), 60)}`;
  });
  return parts.join(", ");
};
