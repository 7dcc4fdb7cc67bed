import { parseFile } from "@agentpolicy/language";

/** Gives each id a name that the language takes for a rule, like the id and no other's. */
export function nameRules(ids: readonly string[]): ReadonlyMap<string, string> {
  const wanted = new Map(
    ids.map((id) => [id, nameFrom(id, "rule", (name) => `on unknown { deny ${name} when true }`)]),
  );
  const names = new Map<string, string>();
  const taken = new Set(ids.filter((id) => wanted.get(id) === id));
  for (const [id, base] of wanted) {
    let name = base;
    for (let i = 2; name !== id && taken.has(name); i++) name = `${base}-${i}`;
    taken.add(name);
    names.set(id, name);
  }
  return names;
}

/** A name for a policy, like a text. */
export function namePolicy(text: string): string {
  return nameFrom(text, "policy", (name) => `policy ${name}`);
}

/**
 * Letters, digits, `_` and inner `-`; ASCII, for letters that look like others help nobody. `inPlace` shows the name where
 * it is to stand: a word of the language that means something else there is no name.
 */
function nameFrom(text: string, otherwise: string, inPlace: (name: string) => string): string {
  const plain = text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^A-Za-z0-9_]+/g, "-")
    .replace(/^-+|-+$/g, "");
  if (plain === "") return otherwise;
  const isName = !/^[0-9]/.test(plain) && parseFile(inPlace(plain), "name").diagnostics.length === 0;
  return isName ? plain : `${otherwise}-${plain}`;
}
