// Statements that go together in one round trip take no parameters: what they are about is written into them.

/** Well-formed text, as a statement can say it, whatever is in it and however the server reads quotes. */
export const said = (text: string): string =>
  `convert_from(decode('${Buffer.from(text).toString("hex")}', 'hex'), 'UTF8')`;

/** Rows, with the types of their columns: `id text, seq bigint`. */
export const rowsSaid = (rows: readonly object[], columns: string): string =>
  `json_to_recordset(${said(JSON.stringify(rows))}::json) AS given (${columns})`;

/** Collects the values that a statement names. */
export interface Values {
  readonly all: unknown[];
  /** A value's name: `$1`. */
  readonly name: (value: unknown) => string;
}

export function values(): Values {
  const all: unknown[] = [];
  return { all, name: (value) => `$${all.push(value)}` };
}
