import type { AuditRecord, Checkpoint } from "@agentpolicy/runtime";
import { riskText } from "./checkpoint-list.ts";
import { fieldsText, leavesOf } from "./fields.ts";
import { momentFrom } from "./moments.ts";
import { recordLines } from "./record.ts";
import { safe } from "./safe.ts";
import { givenFor, stateText, whoText } from "./state.ts";
import type { Style } from "./style.ts";

type Field = readonly [name: string, text: string];

/** Everything that somebody needs to decide on a checkpoint; `history` is what the log has of it. */
export const checkpointView = (
  checkpoint: Checkpoint,
  history: readonly AuditRecord[] | null,
  { now, style }: { readonly now: number; readonly style: Style },
): string => {
  const { id, state, request } = checkpoint;
  const { actor, action, ...rest } = request;
  const { name, input, ...aboutAction } = action;
  const section = (title: string, body: string): string =>
    body === "" ? "" : `\n  ${style.bold(title)}\n${body}`;
  const edition = checkpoint.version ?? 0;
  const changed = edition > 0 ? ` (edition ${edition}, changed by an approver)` : "";
  const leaves = [
    ...leavesOf(input ?? {}, "input"),
    ...Object.entries(aboutAction).flatMap(([field, value]) => leavesOf(value, `action.${field}`)),
    ...Object.entries(rest).flatMap(([field, value]) => leavesOf(value, field)),
  ];
  return [
    `${stateText(state, style)}  ${style.bold(safe(name))}  ${style.dim(id)}\n`,
    fieldsText(facts(checkpoint, now, style), style),
    section("actor", fieldsText(leavesOf(actor, "actor"), style, "    ")),
    section(`call${changed}`, fieldsText(leaves, style, "    ")),
    section("approvers", fieldsText(approvers(checkpoint, now), style, "    ")),
    section("questions", fieldsText(questions(checkpoint), style, "    ")),
    section(
      "history",
      history === null ? "" : recordLines(history, { style, checkpoint: false, indent: "    " }),
    ),
    section("what you can do", whatToDo(checkpoint)),
  ].join("");
};

const facts = (checkpoint: Checkpoint, now: number, style: Style): readonly Field[] => {
  const { decision, createdAt, expiresAt, state, by, reason, error } = checkpoint;
  const { rules, reasons, risk, requirements, policy } = decision;
  const lasts = state === "pending" || state === "approved" || state === "answered" || state === "expired";
  return [
    ["asked", momentFrom(createdAt, now)],
    ...(lasts ? [[state === "expired" ? "expired" : "expires", momentFrom(expiresAt, now)] as const] : []),
    ...reasons.map((text): Field => ["reason", safe(text)]),
    ["risk", riskText(risk, style)],
    ...(requirements.length > 0 ? [["requires", safe(requirements.join(", "))] as const] : []),
    [rules.length === 1 ? "rule" : "rules", rules.join(", ") || "none"],
    [
      "policy",
      `${policy.name}${policy.version === null ? "" : ` ${policy.version}`} ${style.dim(policy.hash)}`,
    ],
    ...(by === undefined ? [] : [[`${state} by`, safe(by)] as const]),
    ...(reason === undefined || reason === "" ? [] : [["because", safe(reason)] as const]),
    ...(error === undefined ? [] : [["error", style.red(safe(error))] as const]),
  ];
};

const approvers = (checkpoint: Checkpoint, now: number): readonly Field[] => [
  ...(checkpoint.decision.approval?.approvers ?? []).map((requirement): Field => {
    const given = givenFor(requirement, checkpoint);
    const rule = requirement.rule === null ? "" : ` (${requirement.rule})`;
    return [`${given} of ${requirement.approvals}`, `by ${safe(whoText(requirement.from))}${rule}`];
  }),
  ...checkpoint.approvals.map(({ by, roles, at, reason = "" }): Field => {
    const as = roles.length === 0 ? "" : ` (${safe(roles.join(", "))})`;
    const words = reason === "" ? "" : `: ${safe(reason)}`;
    return ["approved", `by ${safe(by)}${as} ${momentFrom(at, now)}${words}`];
  }),
];

const questions = ({ decision: { clarification } }: Checkpoint): readonly Field[] => [
  ...(clarification?.questions ?? []).map(({ ask, rule }): Field => ["ask", `${safe(ask)} (${rule})`]),
  ...(clarification?.needs ?? []).map((path): Field => ["needs", path]),
];

const whatToDo = ({ id, state, version = 0, decision, request }: Checkpoint): string => {
  const line = (text: string): string => `    agentpolicy checkpoints ${text}\n`;
  const cancel = line(`cancel ${id} --reason "…"`);
  if (state === "approved" || state === "answered") return cancel;
  if (state !== "pending") return "";
  if (decision.clarification !== undefined)
    return line(`answer ${id} ${decision.clarification.needs.map((path) => `${path}=…`).join(" ")}`) + cancel;
  const edition = version > 0 ? ` --edition ${version}` : "";
  const [argument] = Object.entries(request.action.input ?? {}).filter(
    ([, value]) => typeof value !== "object",
  );
  const edit =
    argument === undefined
      ? ""
      : line(`approve ${id}${edition} --edit ${leavesOf({ [argument[0]]: 0 }, "input")[0]?.[0]}=…`);
  return line(`approve ${id}${edition}`) + edit + line(`reject ${id} --reason "…"`) + cancel;
};
