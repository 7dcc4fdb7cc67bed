import type { Decision, PolicyIdentity } from "../abi/decision.ts";
import { decision } from "./decisions.ts";

/** An own property, `undefined` where it is absent. Whatever a prototype says does not count. */
export const own = (of: object, name: PropertyKey): unknown =>
  Object.hasOwn(of, name) ? (of as { readonly [name: PropertyKey]: unknown })[name] : undefined;

/** Whether a value is what JSON calls an object. */
export const isRecord = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What kind of value was found; never the value itself. Source: decision 0002. */
export const kind = (value: unknown, expected?: string): string => {
  if (value === undefined) return "absent";
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  if (typeof value === "object") return "record";
  if (typeof value !== "number") return typeof value;
  if (!Number.isFinite(value)) return "number that is not finite";
  return expected === "integer" ? "number that is not an integer" : "number";
};

/** The denial of a request with a part that does not fit. */
export const unfit = (
  policy: PolicyIdentity,
  path: string,
  expected: string,
  value: unknown,
  found: string = kind(value, expected),
): Decision =>
  decision(
    policy,
    "deny",
    "invalid_request",
    [],
    [`\`${path}\` does not fit: expected ${expected}, found ${found}.`],
    undefined,
    undefined,
    { misfit: { path, expected, found } },
  );
