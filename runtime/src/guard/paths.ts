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
 * A value with another one at a path; what lies beside the path is shared. Lists are entered at each element. With `make`,
 * records on the way are made where they are absent, and what is no record is no way. Without it nothing is made, and what
 * stands in the way is replaced. The value itself where nothing is replaced.
 */
export function replaced(
  value: Json | undefined,
  steps: readonly string[],
  by: (value: Json) => Json,
  make: boolean,
): Json | undefined {
  if (value === undefined && !make) return value;
  const [name, ...rest] = steps;
  if (name === undefined) return by(value as Json);
  const fields = value ?? {};
  if (value === null) return value;
  if (Object(fields) !== fields) return make ? value : by(fields);
  if (Array.isArray(fields)) return fields.map((item) => replaced(item, steps, by, make) as Json);
  const record = fields as { readonly [field: string]: Json };
  const field = Object.hasOwn(record, name) ? record[name] : undefined;
  const next = replaced(field, rest, by, make);
  return next === undefined || next === field ? value : { ...record, [name]: next };
}
