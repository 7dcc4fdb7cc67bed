export * from "./abi/index.ts";
export type { OpenCall } from "./audit/calls.ts";
export { changesOf, type DecisionField, disagrees } from "./audit/compare.ts";
export type { AuditSink } from "./audit/delivery.ts";
export { type Forwarding, type SinksOptions, withSinks } from "./audit/forward.ts";
export { type LoggedMemoryOptions, type LoggedStore, loggedMemory } from "./audit/memory-log.ts";
export type {
  AuditEvent,
  AuditFacts,
  AuditFilter,
  AuditHead,
  AuditLog,
  AuditNote,
  AuditRecord,
} from "./audit/record.ts";
export { type Replayed, replayed } from "./audit/replay.ts";
export { shadowed } from "./audit/shadow.ts";
export {
  type ChainFinding,
  type ChainReport,
  isAuditRecord,
  type VerifyOptions,
  verifyChain,
} from "./audit/verify.ts";
export type { Approver, Authenticate } from "./checkpoints/approver.ts";
export {
  type Changed,
  type Checkpoints,
  type CheckpointsOptions,
  createCheckpoints,
} from "./checkpoints/checkpoints.ts";
export type { ApproveOptions, Values } from "./checkpoints/steps.ts";
export { type WaitOptions, whenDecided } from "./checkpoints/wait.ts";
export { type AnyGuardedCall, type GuardedCall, guardAll } from "./guard/all.ts";
export type { Refusal } from "./guard/change.ts";
export type { Checkpoint } from "./guard/checkpoint.ts";
export type { Json } from "./guard/copy.ts";
export type { Call, GuardResult, StandingApproval } from "./guard/guard.ts";
export {
  type AgentIAM,
  createAgentIAM,
  type Execute,
  type IamOptions,
} from "./guard/iam.ts";
export { memory } from "./guard/memory.ts";
export type { Validate } from "./guard/prepare.ts";
export { type State, TRANSITIONS } from "./guard/states.ts";
export type { Stopped } from "./guard/stop.ts";
export type {
  Approval,
  CheckpointRecord,
  KeyedTrack,
  Kind,
  RecordFilter,
  RecordKinds,
  Store,
  StoreRecord,
  TrackEntry,
  Tracked,
} from "./guard/store.ts";
export {
  createStandingApprovals,
  type Grant,
  type Standing,
  type StandingApprovals,
  type StandingChanged,
  type StandingOptions,
  type StandingRefusal,
} from "./standing/create.ts";
export type { Condition, Conditions, StandingRecord } from "./standing/record.ts";
export { standingApprovals } from "./standing/standing.ts";
