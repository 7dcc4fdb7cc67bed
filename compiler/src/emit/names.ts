/** Words that a module may not use as names, and those that every emitted module uses itself. */
const TAKEN =
  "abstract arguments async await break case catch class const continue debugger default delete do else enum eval export extends false finally for from function get if implements import in instanceof interface let new null of package private protected public return set static super switch this throw true try typeof undefined var void while with yield " +
  "Array Infinity NaN Map Number Object Proxy RegExp Set String Symbol globalThis " +
  "action added at error figures hits item length list manifest me misfit name path position request tools type value who";

/** Gives out JavaScript names: each once, and the same one for the same thing. */
export interface Names {
  /** A new name like the hint. */
  readonly fresh: (hint: string) => string;
  /** The name of a thing, by key; a new one like the hint when it is first asked for. */
  readonly of: (key: string, hint: string) => string;
}

export const makeNames = (): Names => {
  const taken = new Set(TAKEN.split(" "));
  const known = new Map<string, string>();
  /** How often each name was wanted, so that ten thousand of a kind do not try all numbers before theirs. */
  const wanted = new Map<string, number>();
  const fresh = (hint: string): string => {
    const base = identifier(hint);
    let count = wanted.get(base) ?? 1;
    let name = base;
    while (taken.has(name)) name = `${base}_${++count}`;
    wanted.set(base, count);
    taken.add(name);
    return name;
  };
  return {
    fresh,
    of: (key, hint) => {
      let name = known.get(key);
      if (name === undefined) {
        name = fresh(hint);
        known.set(key, name);
      }
      return name;
    },
  };
};

const LONGEST = 40;

/** ASCII letters, digits and `_`; other characters become `_`. */
const identifier = (hint: string): string => {
  const plain = hint.replace(/[^A-Za-z0-9]+/g, "_").slice(0, LONGEST);
  return /^[A-Za-z]/.test(plain) ? plain : `_${plain.replace(/^_/, "")}`;
};
