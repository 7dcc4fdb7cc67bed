import type { Decision, PolicyIdentity, Risk } from "../abi/decision.ts";
import { decision } from "./decisions.ts";

/** `default deny`. */
export const denyByDefault = (
  policy: PolicyIdentity,
  risk?: Risk,
  requirements?: readonly string[],
): Decision =>
  decision(policy, "deny", "default", [], ["No rule matched; the default is deny."], risk, requirements);

/** `default require approval`: one approval of anyone who may approve, within a day. */
export const askByDefault = (
  policy: PolicyIdentity,
  risk?: Risk,
  requirements?: readonly string[],
): Decision =>
  decision(
    policy,
    "approval_required",
    "default",
    [],
    ["No rule matched; the default is to require approval."],
    risk,
    requirements,
    { approval: { approvers: [{ rule: null, from: [], approvals: 1 }], within: 86_400_000 } },
  );
