/**
 * One import for everything that a host needs: `import { createAgentIAM, sqlite } from "agentpolicy"`. The guard alone,
 * without the compiler, is `@agentpolicy/runtime`. Nothing native is loaded before the first `sqlite(…)`.
 */

export {
  conservativePolicy,
  definePolicy,
  emitModule,
  explain,
  interpret,
  makePlan,
  type PolicyFailure,
  type PolicyObject,
  PolicyValidationError,
  policyFromRules,
  runTests,
  validatePolicy,
} from "@agentpolicy/compiler";
export {
  type CheckedPolicy,
  checkText,
  type Diagnostic,
  format,
  renderDiagnostic,
} from "@agentpolicy/language";
export {
  type AgentIAM,
  type Approver,
  type AuditEvent,
  type AuditLog,
  type AuditRecord,
  type AuditSink,
  type Authenticate,
  type ChainReport,
  type Changed,
  type Checkpoint,
  type Checkpoints,
  changesOf,
  createAgentIAM,
  createCheckpoints,
  createStandingApprovals,
  disagrees,
  type GuardResult,
  guardAll,
  type IamOptions,
  loggedMemory,
  memory,
  type Replayed,
  replayed,
  type Standing,
  type StandingApprovals,
  type Store,
  shadowed,
  standingApprovals,
  verifyChain,
  whenDecided,
  withSinks,
} from "@agentpolicy/runtime";
export type {
  Actor,
  Calls,
  Code,
  Decision,
  Effect,
  Evidence,
  Manifest,
  Policy,
  Request,
  Risk,
  Who,
} from "@agentpolicy/runtime/abi";
export { type AuditLine, type JsonLinesOptions, jsonLines, readJsonLines } from "@agentpolicy/sink-jsonl";
export { type PgPool, type PostgresOptions, type PostgresStore, postgres } from "@agentpolicy/store-postgres";
export { type SqliteStore, sqlite } from "@agentpolicy/store-sqlite";
export {
  type CheckedFile,
  type CompiledPolicy,
  checkPolicyFile,
  compilePolicyFile,
  loadPolicyFile,
} from "./library.ts";
