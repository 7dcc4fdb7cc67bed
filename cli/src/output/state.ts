import type { Checkpoint, State } from "@agentpolicy/runtime";
import type { ApproverRequirement } from "@agentpolicy/runtime/abi";
import type { Style } from "./style.ts";

const SIGNS: Readonly<Record<State, readonly [sign: string, paint: "yellow" | "green" | "red" | "dim"]>> = {
  pending: ["‖", "yellow"],
  approved: ["✓", "green"],
  answered: ["✓", "green"],
  consumed: ["●", "dim"],
  rejected: ["✗", "red"],
  failed: ["!", "red"],
  expired: ["○", "dim"],
  cancelled: ["○", "dim"],
};

/** A state in its colour, with a sign that tells it apart where there is no colour. */
export const stateText = (state: State, style: Style): string => {
  const [sign, paint] = SIGNS[state];
  return style[paint](`${sign} ${state}`);
};

/** Who an approval may come from, in words. */
export const whoText = (from: readonly string[]): string =>
  from.length === 0 ? "anyone who may approve" : from.join(" or ");

/** How many of the approvals given count towards a requirement. */
export const givenFor = ({ from }: ApproverRequirement, { approvals }: Checkpoint): number =>
  approvals.filter(({ by, roles }) => from.length === 0 || [by, ...roles].some((name) => from.includes(name)))
    .length;
