import type { State } from "@agentpolicy/runtime";
import type { StoreOptions } from "../store-job.ts";

/** Where checkpoints can stand, in the order of a life. */
export const STATES: readonly State[] = [
  "pending",
  "approved",
  "answered",
  "consumed",
  "rejected",
  "expired",
  "cancelled",
  "failed",
];

/** The options of `agentpolicy checkpoints list`, as commander gives them. */
export interface ListOptions extends StoreOptions {
  readonly state: State | "all";
  readonly actor?: string;
  readonly limit: number;
  readonly after?: string;
}
