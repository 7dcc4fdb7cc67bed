import type { ApproverRequirement, Decision } from "../abi/decision.ts";
import type { Approval } from "./store.ts";

/** Whether an approval counts towards a requirement: `from` names roles or ids, and nobody in particular where empty. */
const counts = ({ from }: ApproverRequirement, { by, roles }: Approval): boolean =>
  from.length === 0 || [by, ...roles].some((name) => from.includes(name));

/** Whether it counts towards anything that a decision demands. */
export const isAllowed = ({ approval: demand }: Decision, approval: Approval): boolean =>
  demand?.approvers.some((requirement) => counts(requirement, approval)) === true;

/** Whether every requirement has its number of approvals, each of another person. */
export const isMet = ({ approval: demand }: Decision, approvals: readonly Approval[]): boolean =>
  approvals.length > 0 &&
  demand?.approvers.every(
    (requirement) =>
      approvals.filter((approval) => counts(requirement, approval)).length >=
      Math.max(requirement.approvals, 1),
  ) === true;
