export * from "./abi/index.ts";
export type { Refusal } from "./guard/change.ts";
export type { Checkpoint } from "./guard/checkpoint.ts";
export type { Json } from "./guard/copy.ts";
export type { Call, GuardResult } from "./guard/guard.ts";
export { type AgentIAM, type Changed, createAgentIAM, type Execute, type IamOptions } from "./guard/iam.ts";
export { memory } from "./guard/memory.ts";
export type { Validate } from "./guard/prepare.ts";
export { type State, TRANSITIONS } from "./guard/states.ts";
export type { Stopped } from "./guard/stop.ts";
export type {
  Approval,
  Approver,
  CheckpointFilter,
  CheckpointRecord,
  KeyedTrack,
  Store,
  TrackEntry,
} from "./guard/store.ts";
