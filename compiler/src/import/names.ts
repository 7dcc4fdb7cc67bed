/** Gives each id a name that the language takes, like the id and no other's. */
export function nameRules(ids: readonly string[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set(ids.filter((id) => nameFrom(id, "rule") === id));
  for (const id of ids) {
    const base = nameFrom(id, "rule");
    let name = base;
    for (let i = 2; name !== id && taken.has(name); i++) name = `${base}-${i}`;
    taken.add(name);
    names.set(id, name);
  }
  return names;
}

/** Letters, digits, `_` and inner `-`; ASCII, for letters that look like others help nobody. */
export function nameFrom(text: string, otherwise: string): string {
  const plain = text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^A-Za-z0-9_]+/g, "-")
    .replace(/^-+|-+$/g, "");
  if (plain === "") return otherwise;
  return /^[0-9]/.test(plain) ? `${otherwise}-${plain}` : plain;
}
