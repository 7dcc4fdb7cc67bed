import { roleOf } from "./words.ts";

/** Letters of other scripts that are taken for Latin ones, and what they look like. Full-width forms fall to NFKC. */
const LATIN: ReadonlyMap<string, string> = new Map(
  Object.entries({
    а: "a",
    е: "e",
    о: "o",
    р: "p",
    с: "c",
    у: "y",
    х: "x",
    і: "i",
    ј: "j",
    ѕ: "s",
    һ: "h",
    ԁ: "d",
    ԛ: "q",
    ԝ: "w",
    к: "k",
    м: "m",
    н: "h",
    т: "t",
    в: "b",
    г: "r",
    п: "n",
    ո: "n",
    ս: "u",
    հ: "h",
    օ: "o",
    ց: "g",
    ա: "w",
    α: "a",
    ο: "o",
    ρ: "p",
    ν: "v",
    τ: "t",
    υ: "u",
    ι: "i",
    κ: "k",
    η: "n",
    ε: "e",
    γ: "y",
    χ: "x",
    ω: "w",
    μ: "u",
    ı: "i",
    ɡ: "g",
    ɑ: "a",
    ⅼ: "l",
    ӏ: "l",
    ł: "l",
    ø: "o",
  }),
);

/** The word of the language that a word with foreign letters looks like. */
export const lookedLikeKeyword = (word: string): string | undefined => {
  const plain = [...word.normalize("NFKC").toLowerCase().normalize("NFD").replace(/\p{M}/gu, "")]
    .map((letter) => LATIN.get(letter) ?? letter)
    .join("");
  return plain !== word && roleOf(plain) !== undefined ? plain : undefined;
};

/** `U+2019`. */
export const codePointName = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
