import type { AST } from "@eslint-community/regexpp";

/** A set of code points: sorted, disjoint, inclusive ranges, flattened to `[from, to, from, to, …]`. */
export type CharSet = readonly number[];

export const LAST_CODE_POINT = 0x10ffff;

export const EVERY_CHAR: CharSet = [0, LAST_CODE_POINT];

const DIGIT: CharSet = [0x30, 0x39];
const WORD: CharSet = [0x30, 0x39, 0x41, 0x5a, 0x5f, 0x5f, 0x61, 0x7a];
/** WhiteSpace and LineTerminator of ECMA-262, sections 12.2 and 12.3. */
const SPACE: CharSet = [
  0x09, 0x0d, 0x20, 0x20, 0xa0, 0xa0, 0x1680, 0x1680, 0x2000, 0x200a, 0x2028, 0x2029, 0x202f, 0x202f, 0x205f,
  0x205f, 0x3000, 0x3000, 0xfeff, 0xfeff,
];

/** The smallest set that holds all of these ranges, given in any order. */
export const unionOf = (sets: readonly CharSet[]): CharSet => {
  const ranges: [number, number][] = [];
  for (const set of sets) for (let i = 0; i < set.length; i += 2) ranges.push([set[i]!, set[i + 1]!]);
  ranges.sort((a, b) => a[0] - b[0]);
  const out: number[] = [];
  for (const [from, to] of ranges) {
    const last = out.length - 1;
    if (last > 0 && from <= out[last]! + 1) out[last] = Math.max(out[last]!, to);
    else out.push(from, to);
  }
  return out;
};

export const complement = (set: CharSet): CharSet => {
  const out: number[] = [];
  let next = 0;
  for (let i = 0; i < set.length; i += 2) {
    if (set[i]! > next) out.push(next, set[i]! - 1);
    next = set[i + 1]! + 1;
  }
  if (next <= LAST_CODE_POINT) out.push(next, LAST_CODE_POINT);
  return out;
};

export const intersection = (a: CharSet, b: CharSet): CharSet => {
  const out: number[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const from = Math.max(a[i]!, b[j]!);
    const to = Math.min(a[i + 1]!, b[j + 1]!);
    if (from <= to) out.push(from, to);
    if (a[i + 1]! < b[j + 1]!) i += 2;
    else j += 2;
  }
  return out;
};

const properties = new Map<string, CharSet>();

/** `\p{…}`: asked of the engine that will run the pattern, code point by code point, once for each property. */
const propertySet = (raw: string): CharSet => {
  const known = properties.get(raw);
  if (known !== undefined) return known;
  const test = new RegExp(`^${raw}$`, "u");
  const out: number[] = [];
  for (let code = 0; code <= LAST_CODE_POINT; code += 1) {
    if (!test.test(String.fromCodePoint(code))) continue;
    if (out.at(-1) === code - 1) out[out.length - 1] = code;
    else out.push(code, code);
  }
  properties.set(raw, out);
  return out;
};

const setOfKind = (node: AST.CharacterSet): CharSet => {
  switch (node.kind) {
    case "any":
      return EVERY_CHAR;
    case "digit":
      return node.negate ? complement(DIGIT) : DIGIT;
    case "word":
      return node.negate ? complement(WORD) : WORD;
    case "space":
      return node.negate ? complement(SPACE) : SPACE;
    case "property":
      return propertySet(node.raw);
  }
};

/** The code points that one piece of a pattern (flags `u` and `s`) stands for. */
export const charSetOf = (
  node: AST.Character | AST.CharacterSet | AST.CharacterClass | AST.CharacterClassRange,
): CharSet => {
  switch (node.type) {
    case "Character":
      return [node.value, node.value];
    case "CharacterSet":
      return setOfKind(node);
    case "CharacterClassRange":
      return [node.min.value, node.max.value];
    case "CharacterClass": {
      const parts: CharSet[] = [];
      for (const element of node.elements) {
        if (
          element.type === "Character" ||
          element.type === "CharacterSet" ||
          element.type === "CharacterClassRange"
        )
          parts.push(charSetOf(element));
      }
      const all = unionOf(parts);
      return node.negate ? complement(all) : all;
    }
  }
};

/** Gives equal sets the same small number, and remembers which of them meet. */
export interface CharSets {
  readonly intern: (set: CharSet) => number;
  /** The number of what both hold; `EMPTY` where they hold nothing in common. */
  readonly meet: (a: number, b: number) => number;
  readonly isEvery: (a: number) => boolean;
}

export const EMPTY = 0;

export const charSets = (): CharSets => {
  const sets: CharSet[] = [[]];
  const numbers = new Map<string, number>([["", EMPTY]]);
  const meets = new Map<number, number>();
  const intern = (set: CharSet): number => {
    const key = set.join();
    const known = numbers.get(key);
    if (known !== undefined) return known;
    sets.push(set);
    numbers.set(key, sets.length - 1);
    return sets.length - 1;
  };
  const meet = (a: number, b: number): number => {
    if (a === b) return a;
    const key = a < b ? a * 0x100000 + b : b * 0x100000 + a;
    const known = meets.get(key);
    if (known !== undefined) return known;
    const result = intern(intersection(sets[a]!, sets[b]!));
    meets.set(key, result);
    return result;
  };
  return { intern, meet, isEvery: (a) => sets[a]!.join() === EVERY_CHAR.join() };
};
