import type { Figures } from "@agentpolicy/runtime/abi";

/**
 * One call while it is judged. `slots` hold the parts of the request that step 2 has loaded, `locals` the values of
 * parameters: functions do not recurse, so each parameter has a place of its own.
 */
export interface Frame {
  readonly slots: unknown[];
  readonly locals: unknown[];
  readonly figures: Figures;
  /** The whole name of the tool called. */
  readonly tool: string;
}

/** A compiled expression. `undefined` is absent; a value that cannot be had is thrown as `FAULT`. */
export type Run = (frame: Frame) => unknown;

/** Thrown, and caught again at the rule, where a value cannot be had. */
export const FAULT: unique symbol = Symbol("fault");

export function fault(): never {
  throw FAULT;
}

/** What a parser gave; a fault where it refused. */
export function need<T>(value: T | null | undefined): T {
  return value === null || value === undefined ? fault() : value;
}

/** Whether a value is what JSON calls an object. */
export function isRecord(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An own property of a record, `undefined` where it is absent. May throw what the request throws. */
export function own(of: object, name: string): unknown {
  return Object.hasOwn(of, name) ? (of as { readonly [name: string]: unknown })[name] : undefined;
}
