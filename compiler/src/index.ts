export { closures } from "./closures/closures.ts";
export { type EmitOptions, type EmittedModule, emitModule } from "./emit/emit.ts";
export { explain } from "./explain/explain.ts";
export type { DecidingPart, Explanation, RuleExplanation, SeenValue } from "./explain/explanation.ts";
export { type ConditionOutcome, traceOutcomes } from "./explain/outcomes.ts";
export { type ImportOptions, importAgentiam } from "./import/agentiam.ts";
export { type WrittenRules, writeRules } from "./import/write-rules.ts";
export { interpret } from "./interpret/interpret.ts";
export { canonicalJson } from "./plan/canonical.ts";
export { policyHash } from "./plan/hash.ts";
export { makePlan } from "./plan/make.ts";
export { manifestOf } from "./plan/manifest.ts";
export type { Check, Level, Plan, RulePlan, ToolPlan } from "./plan/plan.ts";
export { type ConservativeOptions, conservativePolicy } from "./rules/conservative.ts";
export { definePolicy, policyFromRules } from "./rules/define.ts";
export type {
  EvidenceItem,
  EvidenceMatcher,
  FieldMatchers,
  Matcher,
  NumberMatcher,
  Operators,
  PolicyObject,
  RuleConditions,
  RuleObject,
  TextMatcher,
} from "./rules/rule-objects.ts";
export { type CheckedObject, checkPolicyObject, validatePolicy } from "./rules/validate.ts";
export { type PolicyFailure, PolicyValidationError } from "./rules/validation-error.ts";
export { coverageOf, type Reached, type TestCoverage } from "./testing/coverage.ts";
export { afterRunning, figuresFor, type History, NO_HISTORY } from "./testing/keeper.ts";
export { coverageOfTests } from "./testing/reach.ts";
export {
  disagreements,
  type Mismatch,
  runTests,
  type TestCall,
  type TestFailure,
  type TestRequest,
  type TestResult,
} from "./testing/run.ts";
