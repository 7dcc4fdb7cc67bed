export type {
  ApprovalDemand,
  ApproverRequirement,
  ClarificationDemand,
  Code,
  Decision,
  Effect,
  Misfit,
  PolicyIdentity,
  Risk,
} from "./decision.ts";
export type {
  Calls,
  Contribution,
  Figures,
  Manifest,
  Policy,
  SourcePlace,
  TrackDeclaration,
  Who,
} from "./policy.ts";
export { ABI } from "./policy.ts";
export type { Actor, Evidence, Request } from "./request.ts";
