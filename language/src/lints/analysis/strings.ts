import { glob } from "@agentpolicy/runtime/values/glob";
import { codePoints } from "@agentpolicy/runtime/values/text";

/** A test that a text passes or fails. `lower`: lower-casing changes nothing. */
export interface TextTest {
  readonly kind: "startsWith" | "endsWith" | "contains" | "like" | "matches" | "lower";
  readonly text: string;
  readonly holds: boolean;
}

/** A set of texts: those of `only` (any, where null), less `not`, within the lengths (code points), that pass `tests`. */
export interface Strings {
  readonly only: ReadonlySet<string> | null;
  readonly not: ReadonlySet<string>;
  readonly min: number;
  readonly max: number;
  readonly tests: readonly TextTest[];
}

export const ALL_STRINGS: Strings = {
  only: null,
  not: new Set(),
  min: 0,
  max: Number.POSITIVE_INFINITY,
  tests: [],
};

export const stringsOf = (values: Iterable<string>): Strings => ({ ...ALL_STRINGS, only: new Set(values) });

const passes = (text: string, { kind, text: wanted, holds }: TextTest): boolean => {
  switch (kind) {
    case "startsWith":
    case "endsWith":
      return text[kind](wanted) === holds;
    case "contains":
      return text.includes(wanted) === holds;
    case "like":
      return glob(wanted)(text) === holds;
    case "matches":
      return new RegExp(wanted, "us").test(text) === holds;
    case "lower":
      return (text.toLowerCase() === text) === holds;
  }
};

/** Texts that every text in the set surely begins with, ends with or holds, by what the tests ask for. */
const implied = (test: TextTest): readonly TextTest[] => {
  if (test.kind !== "like") return [test];
  const pieces = test.text.split(/[*?]/u);
  const first = pieces[0]!;
  const last = pieces.at(-1)!;
  const test_ = (kind: TextTest["kind"], text: string): TextTest => ({ kind, text, holds: test.holds });
  if (test.holds)
    return [
      test,
      test_("startsWith", first),
      test_("endsWith", last),
      ...pieces.map((piece) => test_("contains", piece)),
    ];
  const only = test.text.replace(/^\*/u, "").replace(/\*$/u, "");
  if (/[*?]/u.test(only)) return [test];
  if (test.text === `${only}*`) return [test, test_("startsWith", only)];
  if (test.text === `*${only}`) return [test, test_("endsWith", only)];
  return test.text === `*${only}*` ? [test, test_("contains", only)] : [test];
};

/** Whether a text that passes `a` cannot pass `b`. */
const excludes = (a: TextTest, b: TextTest): boolean => {
  if (!a.holds) return false;
  if (!b.holds) {
    if (b.kind === "contains")
      return (
        (a.kind === "startsWith" || a.kind === "endsWith" || a.kind === "contains") && a.text.includes(b.text)
      );
    if (a.kind !== b.kind) return false;
    if (a.kind === "startsWith" || a.kind === "endsWith") return a.text[a.kind](b.text);
    return a.text === b.text;
  }
  if (b.kind === "lower" && (a.kind === "startsWith" || a.kind === "endsWith" || a.kind === "contains"))
    return [...a.text].some((char) => char.toLowerCase() !== char);
  if (a.kind === "startsWith" && b.kind === "startsWith")
    return !a.text.startsWith(b.text) && !b.text.startsWith(a.text);
  if (a.kind === "endsWith" && b.kind === "endsWith")
    return !a.text.endsWith(b.text) && !b.text.endsWith(a.text);
  return false;
};

/** The same set written as a list where it is one; null where no text is left. */
const settle = (set: Strings): Strings | null => {
  if (set.min > set.max) return null;
  if (set.only === null && set.max === 0) return settle({ ...set, only: new Set([""]) });
  if (set.only === null) {
    const tests = set.tests;
    const clash = tests.some(
      (a, i) =>
        (a.holds && a.kind !== "like" && a.kind !== "matches" && codePoints(a.text) > set.max) ||
        tests.some((b, j) => i !== j && excludes(a, b)),
    );
    return clash ? null : set;
  }
  const left = [...set.only].filter((text) => {
    const length = codePoints(text);
    return (
      !set.not.has(text) &&
      length >= set.min &&
      length <= set.max &&
      set.tests.every((test) => passes(text, test))
    );
  });
  return left.length === 0 ? null : { ...ALL_STRINGS, only: new Set(left) };
};

const isSame = (a: TextTest, b: TextTest): boolean =>
  a === b || (a.kind === b.kind && a.text === b.text && a.holds === b.holds);

/** The texts that are in both sets; null where there are none. */
export const meetStrings = (a: Strings, b: Strings): Strings | null =>
  settle({
    only:
      a.only === null
        ? b.only
        : b.only === null
          ? a.only
          : new Set([...a.only].filter((text) => b.only!.has(text))),
    not: new Set([...a.not, ...b.not]),
    min: Math.max(a.min, b.min),
    max: Math.min(a.max, b.max),
    tests: [...a.tests, ...b.tests.filter((test) => !a.tests.some((known) => isSame(known, test)))],
  });

/** The set of texts that pass a test (with `holds` false: that fail it). */
export const passing = (kind: TextTest["kind"], text: string, holds: boolean): Strings => {
  if (kind === "like" && !/[*?]/u.test(text))
    return holds ? stringsOf([text]) : { ...ALL_STRINGS, not: new Set([text]) };
  const exact = kind === "like" && holds && !text.includes("*");
  const least = kind === "like" && holds ? codePoints(text.replaceAll("*", "")) : 0;
  return {
    ...ALL_STRINGS,
    min: least,
    max: exact ? least : Number.POSITIVE_INFINITY,
    tests: implied({ kind, text, holds }),
  };
};
