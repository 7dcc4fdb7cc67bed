import type { ClauseNode, Effect } from "./ast.ts";

/** The clauses in canonical order, and the effects on which each has a meaning. */
export const CLAUSES: readonly { readonly clause: ClauseNode["kind"]; readonly on: readonly Effect[] }[] = [
  { clause: "when", on: ["allow", "approval_required", "clarification_required", "deny"] },
  { clause: "unless", on: ["allow", "approval_required", "clarification_required", "deny"] },
  { clause: "from", on: ["approval_required"] },
  { clause: "approvals", on: ["approval_required"] },
  { clause: "within", on: ["approval_required", "clarification_required"] },
  { clause: "risk", on: ["allow", "approval_required", "clarification_required", "deny"] },
  { clause: "requires", on: ["allow", "approval_required", "clarification_required", "deny"] },
  { clause: "because", on: ["allow", "approval_required", "clarification_required", "deny"] },
  { clause: "ask", on: ["clarification_required"] },
  { clause: "needs", on: ["clarification_required"] },
];

/** An effect as the language writes it. */
export const effectWords = (effect: Effect): string => {
  switch (effect) {
    case "approval_required":
      return "require approval";
    case "clarification_required":
      return "require clarification";
    default:
      return effect;
  }
};

/** The effects that take a clause, as a phrase for messages. */
export const takersOf = (clause: ClauseNode["kind"]): string =>
  (CLAUSES.find((entry) => entry.clause === clause)?.on ?? [])
    .map((effect) => `\`${effectWords(effect)}\``)
    .join(" and ");

/** Whether the clause has a meaning on the effect. */
export const takesClause = (effect: Effect, clause: ClauseNode["kind"]): boolean =>
  CLAUSES.some((entry) => entry.clause === clause && entry.on.includes(effect));
