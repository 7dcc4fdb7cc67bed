import type { ApproverRequirement, Decision } from "../abi/decision.ts";
import type { Approval } from "./store.ts";

/** Whether a person counts towards a requirement: `from` names roles or ids, and nobody in particular where empty. */
export const counts = ({ from }: ApproverRequirement, by: string, roles: readonly string[]): boolean =>
  from.length === 0 || [by, ...roles].some((name) => from.includes(name));

/** Whether every requirement has its number of approvals, each of another person. There is at least one. */
export const isMet = ({ approval }: Decision, given: readonly Approval[]): boolean | undefined =>
  given.length > 0 &&
  approval?.approvers.every(
    (requirement) =>
      given.filter(({ by, roles }) => counts(requirement, by, roles)).length >=
      Math.max(requirement.approvals, 1),
  );
