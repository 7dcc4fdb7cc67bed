/**
 * One import for everything that a host needs: `import { createAgentIAM, definePolicy } from "agentpolicy"`. The guard
 * alone, without the compiler, is `@agentpolicy/runtime`.
 */

export { definePolicy, emitModule, explain, interpret, makePlan, runTests } from "@agentpolicy/compiler";
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
  type Checkpoint,
  createAgentIAM,
  type GuardResult,
  type IamOptions,
  memory,
  type Store,
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
export {
  type CheckedFile,
  type CompiledPolicy,
  checkPolicyFile,
  compilePolicyFile,
  loadPolicyFile,
} from "./library.ts";
