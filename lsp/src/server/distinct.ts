/** Each value once, where several policies give the same. */
export function distinct<T>(values: readonly T[]): readonly T[] {
  const seen = new Map<string, T>();
  for (const value of values) {
    const key = JSON.stringify(value);
    if (!seen.has(key)) seen.set(key, value);
  }
  return [...seen.values()];
}
