import type { Decision } from "../abi/decision.ts";
import { canonical } from "../guard/canonical.ts";
import type { Json } from "../guard/copy.ts";

/** The parts of a decision that may differ: all but whose it is. */
export type DecisionField = Exclude<keyof Decision, "policy" | "shadow">;

const FIELDS: readonly DecisionField[] = [
  "decision",
  "code",
  "rules",
  "reasons",
  "risk",
  "requirements",
  "approval",
  "clarification",
  "misfit",
];

const textOf = (value: unknown): string => (value === undefined ? "" : canonical(value as Json));

/** In which parts two decisions differ. */
export const changesOf = (before: Decision, after: Decision): readonly DecisionField[] =>
  FIELDS.filter((field) => textOf(before[field]) !== textOf(after[field]));

/** What becomes of a call: its effect, and what is demanded for it, whichever rules say so. */
const outcomeOf = ({ decision, approval, clarification }: Decision): string =>
  textOf([
    decision,
    approval
      ? [
          approval.within,
          ...approval.approvers.map(({ from, approvals }) => textOf([approvals, ...from])).sort(),
        ]
      : [],
    clarification ? [clarification.within, ...clarification.needs] : [],
  ]);

/** Whether another effect or other demands would have come of the call by the policy that only watches. */
export const disagrees = (decision: Decision): boolean =>
  decision.shadow !== undefined && outcomeOf(decision) !== outcomeOf(decision.shadow);
