import type { PgClient } from "./pool.ts";

/** Parts of one statement, `WITH …` before the last of them, and the values that they name. */
export interface Statement {
  readonly parts: string[];
  readonly values: unknown[];
}

export const statement = (): Statement => ({ parts: [], values: [] });

/** A value as the statement names it: `$1`. */
export const named = ({ values }: Statement, value: unknown): string => `$${values.push(value)}`;

/** Columns as a list of rows: `unnest($1::text[], $2::bigint[])`. */
export const unnested = <R>(
  to: Statement,
  rows: readonly R[],
  columns: readonly (readonly [type: string, value: (row: R) => unknown])[],
): string =>
  `unnest(${columns.map(([type, value]) => `${named(to, rows.map(value))}::${type}[]`).join(", ")})`;

/** Runs it, in one round trip: the rows of `answer`, which comes after its parts. */
export async function answerOf(
  client: PgClient,
  { parts, values }: Statement,
  answer: string,
): Promise<readonly unknown[]> {
  return (await client.query(`WITH ${parts.join(",\n")}\n${answer}`, values)).rows;
}
