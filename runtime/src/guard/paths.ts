import type { Json } from "./copy.ts";

/** The steps of a request path as decisions write it (`context.ticket`, `input["odd key"]`), seen from the request. */
export const stepsOf = (path: string): readonly string[] =>
  fromRequest(
    [...path.matchAll(/\[("(?:[^"\\]|\\.)*")]|[^.[\]]+/g)].map(([step, quoted]) =>
      quoted ? (JSON.parse(quoted) as string) : step,
    ),
  );

/** Steps from a policy's root: `input` lies in `action`. */
export const fromRequest = (steps: readonly string[]): readonly string[] =>
  steps[0] === "input" ? ["action", ...steps] : steps;

/**
 * A value with another one at a path; what lies beside the path is shared. Records on the way are made where they
 * are absent and `make` is set, lists are entered at each element. The value itself where nothing is replaced.
 */
export function replaced(
  value: Json | undefined,
  steps: readonly string[],
  by: Json,
  make: boolean,
): Json | undefined {
  if (value === undefined && !make) return value;
  const [name, ...rest] = steps;
  if (name === undefined) return by;
  const fields = value ?? {};
  if (typeof fields !== "object" || value === null) return value;
  if (Array.isArray(fields)) return fields.map((item) => replaced(item, steps, by, make) as Json);
  const record = fields as { readonly [field: string]: Json };
  const field = Object.hasOwn(record, name) ? record[name] : undefined;
  const next = replaced(field, rest, by, make);
  return next === undefined || next === field ? value : { ...record, [name]: next };
}
