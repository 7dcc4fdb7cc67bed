// The policy ops, compiled. Do not edit.
import type { Policy } from "@agentpolicy/runtime/abi";

/** The tools that the policy knows, and what they take. */
export type Calls = {
  "delete_database": {};
  "read_logs": {};
  "transfer_money": { amount: number };
};

declare const policy: Policy<Calls>;
export default policy;
