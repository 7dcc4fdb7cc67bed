export type { Check, Level, Plan, RulePlan, ToolPlan } from "./plan/plan.ts";
