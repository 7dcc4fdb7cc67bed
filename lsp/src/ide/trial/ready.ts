import { closures, makePlan } from "@agentpolicy/compiler";
import type { CheckedPolicy } from "@agentpolicy/language";
import type { Policy } from "@agentpolicy/runtime/abi";
import type { Snapshot } from "../snapshot.ts";

/** A policy without errors, ready to decide. */
export interface Ready {
  readonly checked: CheckedPolicy;
  readonly policy: Policy;
}

const known = new WeakMap<Snapshot, Ready>();

/** Null where the policy has errors: nothing is decided by half of a policy. */
export function readyPolicy(snapshot: Snapshot): Ready | null {
  const before = known.get(snapshot);
  if (before) return before;
  const checked = snapshot.result.policy;
  if (checked === null) return null;
  const ready = { checked, policy: closures(makePlan(checked)) };
  known.set(snapshot, ready);
  return ready;
}
