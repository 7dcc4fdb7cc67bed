import { kind } from "./misfit.ts";

/** What was found where certain values were expected: `other string` for a string that is none of them. */
export const other = (value: unknown, ...kinds: readonly string[]): string => {
  const found = kind(value);
  return kinds.includes(found) ? `other ${found}` : found;
};
