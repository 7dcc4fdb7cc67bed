import type { AuditEvent, AuditRecord } from "@agentpolicy/runtime";
import { effectText } from "./decision.ts";
import { momentText } from "./moments.ts";
import { brief, safe } from "./safe.ts";
import type { Style } from "./style.ts";

const PAINTS: Readonly<Partial<Record<AuditEvent, "green" | "red" | "yellow" | "blue" | "dim">>> = {
  executed: "green",
  approved: "green",
  granted: "green",
  failed: "red",
  rejected: "red",
  refused: "red",
  revoked: "red",
  paused: "yellow",
  answered: "blue",
  expired: "dim",
  cancelled: "dim",
};

export interface RecordOptions {
  readonly style: Style;
  /** Whether each line also says which checkpoint, call and tool it is of. */
  readonly checkpoint: boolean;
  readonly indent?: string;
}

/** Records of an audit log, one line each. */
export const recordLines = (records: readonly AuditRecord[], options: RecordOptions): string =>
  records.map((record) => `${recordLine(record, options)}\n`).join("");

const recordLine = (record: AuditRecord, { style, checkpoint, indent = "" }: RecordOptions): string => {
  const { seq, event, at, actor, tool } = record;
  const paint = PAINTS[event];
  const name = event.padEnd(9);
  const who = actor?.id === undefined ? "" : `${actor.type} ${actor.id}`;
  const parts = [
    `${indent}${style.dim(momentText(at))}`,
    paint === undefined ? name : style[paint](name),
    ...(checkpoint ? [tool === undefined ? "" : style.bold(brief(tool, 60)), brief(who, 40)] : []),
    ...detailsOf(record, style),
    ...(checkpoint && record.checkpoint !== undefined ? [style.dim(safe(record.checkpoint))] : []),
    style.dim(`#${seq}`),
  ];
  return parts.filter((part) => part !== "").join("  ");
};

/** What is particular to what happened. */
const detailsOf = (record: AuditRecord, style: Style): readonly string[] => {
  const { event, decision, by, roles, reason, error, refused, standing, request, until } = record;
  const as = roles === undefined || roles.length === 0 ? "" : ` (${brief(roles.join(", "), 60)})`;
  return [
    ...(decision === undefined ? [] : [effectText(decision.decision, style), ...rulesOf(decision)]),
    ...(refused === undefined ? [] : [style.red(refused.replaceAll("_", " "))]),
    ...(by === undefined ? [] : [`by ${brief(by, 40)}${as}`]),
    ...(request !== undefined && event === "approved" ? ["arguments changed"] : []),
    ...(standing === undefined ? [] : [`standing ${standing.map(safe).join(", ")}`]),
    ...(event === "granted" && until !== undefined ? [`until ${momentText(until)}`] : []),
    ...(reason === undefined || reason === "" ? [] : [`“${brief(reason, 200)}”`]),
    ...(error === undefined ? [] : [style.red(brief(error, 200))]),
  ];
};

const rulesOf = ({ rules, code }: { readonly rules: readonly string[]; readonly code: string }) =>
  rules.length > 0 ? [rules.join(", ")] : [`code ${code}`];
