export { canonicalJson } from "./plan/canonical.ts";
export { policyHash } from "./plan/hash.ts";
export { makePlan } from "./plan/make.ts";
export type { Check, Level, Plan, RulePlan, ToolPlan } from "./plan/plan.ts";
