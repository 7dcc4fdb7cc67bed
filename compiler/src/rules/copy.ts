/** A value that holds itself, where a policy object should go on. */
export const CYCLE: unique symbol = Symbol("a record that holds itself");

/**
 * A copy of plain data, so that an object is read once and what was checked is what decides. Own enumerable fields
 * that are not `undefined`; whatever is neither a list nor an object stays what it is.
 */
export function copyOf(value: unknown, above: readonly unknown[] = []): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (above.includes(value)) return CYCLE;
  const path = [...above, value];
  if (Array.isArray(value)) return Array.from(value as readonly unknown[], (item) => copyOf(item, path));
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(fields.map(([name, field]) => [name, copyOf(field, path)]));
}
