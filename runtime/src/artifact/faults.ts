import type { Decision, PolicyIdentity } from "../abi/decision.ts";
import { denied } from "./decisions.ts";

/** What is thrown, inside a compiled policy only, where a value cannot be had. */
const FAULT = {};

/** What a parser gave; a fault where it refused. */
export const need = <T>(value: T | null): T => {
  if (value === null) throw FAULT;
  return value;
};

/** The result of arithmetic; a fault where it is not finite. */
export const finite = (value: number): number => {
  if (!Number.isFinite(value)) throw FAULT;
  return value;
};

/** The decision that a fault makes; what is no fault is thrown on. */
export const failed = (error: unknown, decision: Decision): Decision => {
  if (error !== FAULT) throw error;
  return decision;
};

/** The denial for rules that could not be evaluated. */
export const unread = (policy: PolicyIdentity, ...rules: readonly string[]): Decision =>
  denied(policy, "invalid_value", `A value could not be read by \`${rules.join("`, `")}\`.`, rules);

/** A text that may be tried against a pattern; a fault where it is longer than `limit` UTF-16 units. */
export const atMost = (text: string, limit: number): string => {
  if (text.length > limit) throw FAULT;
  return text;
};

/** A shown value; `…` where it cannot be had. */
export const tried = (show: () => string): string => {
  try {
    return show();
  } catch {
    return "…";
  }
};
