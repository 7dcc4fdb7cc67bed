import fc from "fast-check";

/** A change of a text: from a place on so much is taken out, and something put in. */
export interface Edit {
  /** Of the text's length, 0 to 1. */
  readonly at: number;
  readonly removed: number;
  readonly inserted: string;
}

/** What is typed, well and badly. */
const TYPED = [
  "a",
  "x",
  "-",
  ".",
  " ",
  "\n",
  "\n\n",
  "1",
  '"',
  "{",
  "}",
  "(",
  ")",
  "[",
  ",",
  "/",
  "//",
  "///",
  "/*",
  "*/",
  "*",
  "@",
  "§",
  "é",
  ";",
  "=",
  " and ",
  " input.",
  "when ",
  "unless false",
  "on * {",
  "\n}\n",
  "\ndeny other when true\n",
  "\nallow some\n",
  "\nlet added = 3\n",
  "\nfn added(n: number) = n > 3\n",
  '\ntest "more" { }\n',
  "tools t { run(n: number) }",
  "default deny",
  "type Role = 3",
  '"{input}"',
] as const;

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 3 }), fc.nat(60)),
  inserted: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...TYPED) },
    { weight: 1, arbitrary: fc.constant("") },
  ),
});

export const edits = (most: number): fc.Arbitrary<readonly Edit[]> =>
  fc.array(edit, { minLength: 1, maxLength: most });

export const apply = (text: string, { at, removed, inserted }: Edit): string => {
  const start = Math.floor(at * text.length);
  return text.slice(0, start) + inserted + text.slice(start + removed);
};
