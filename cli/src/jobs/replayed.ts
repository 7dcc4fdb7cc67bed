import type { AuditRecord, Replayed } from "@agentpolicy/runtime";
import type { Effect } from "@agentpolicy/runtime/abi";

/** What becomes of recorded judgements under another policy. */
export interface Replay {
  judged: number;
  readonly changes: Change[];
  readonly undecided: Undecided[];
}

/** How a change matters, what matters most first. `demands`: the same effect, but others must say yes, or something else is asked. */
export type Group = "newly-allowed" | "loosened" | "newly-denied" | "tightened" | "demands" | "words";

export const GROUPS: readonly Group[] = [
  "newly-allowed",
  "loosened",
  "newly-denied",
  "tightened",
  "demands",
  "words",
];

export interface Change {
  readonly record: AuditRecord;
  readonly answer: Replayed & { readonly kind: "changed" };
  readonly group: Group;
}

export interface Undecided {
  readonly record: AuditRecord;
  readonly answer: Replayed & { readonly kind: "undecided" };
}

export const emptyReplay = (): Replay => ({ judged: 0, changes: [], undecided: [] });

export const addTo = (replay: Replay, record: AuditRecord, answer: Replayed): void => {
  replay.judged += 1;
  if (answer.kind === "changed") replay.changes.push({ record, answer, group: groupOf(answer) });
  else if (answer.kind === "undecided") replay.undecided.push({ record, answer });
};

const STRICTNESS: Readonly<Record<Effect, number>> = {
  allow: 0,
  approval_required: 1,
  clarification_required: 2,
  deny: 3,
};

const groupOf = ({ before, after, fields }: Replayed & { readonly kind: "changed" }): Group => {
  const [from, to] = [before.decision, after.decision];
  if (from !== to) {
    if (to === "allow") return "newly-allowed";
    if (to === "deny") return "newly-denied";
    return STRICTNESS[to] < STRICTNESS[from] ? "loosened" : "tightened";
  }
  return fields.includes("approval") || fields.includes("clarification") ? "demands" : "words";
};
