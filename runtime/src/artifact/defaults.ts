import type { Decision, PolicyIdentity } from "../abi/decision.ts";
import { decision, denied } from "./decisions.ts";

/** `default deny`. */
export const denyByDefault = (policy: PolicyIdentity): Decision =>
  denied(policy, "default", "No rule matched; the default is deny.");

/** `default require approval`: one approval of anyone who may approve, within a day. */
export const askByDefault = (policy: PolicyIdentity): Decision =>
  decision(
    policy,
    "approval_required",
    "default",
    [],
    ["No rule matched; the default is to require approval."],
    "medium",
    [],
    { approval: { approvers: [{ rule: null, from: [], approvals: 1 }], within: 86_400_000 } },
  );
