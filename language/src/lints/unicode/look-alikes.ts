/**
 * Letters of other scripts that cannot be told from Latin ones, or hardly.
 * Source: Unicode Technical Standard 39, confusables, those of single letters.
 */
const PAIRS: Readonly<Record<string, string>> = {
  // Cyrillic
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
  ӏ: "l",
  ү: "y",
  А: "A",
  В: "B",
  Е: "E",
  Н: "H",
  І: "I",
  Ј: "J",
  К: "K",
  М: "M",
  О: "O",
  Р: "P",
  С: "C",
  Ѕ: "S",
  Т: "T",
  Х: "X",
  У: "Y",
  Ӏ: "I",
  Ԍ: "G",
  Ԛ: "Q",
  Ԝ: "W",
  к: "k",
  ѵ: "v",
  Ѵ: "V",
  ё: "ë",
  ь: "b",
  // Greek
  α: "a",
  ο: "o",
  ν: "v",
  ρ: "p",
  τ: "t",
  υ: "u",
  ι: "i",
  κ: "k",
  γ: "y",
  ϲ: "c",
  ϳ: "j",
  Α: "A",
  Β: "B",
  Ε: "E",
  Ζ: "Z",
  Η: "H",
  Ι: "I",
  Κ: "K",
  Μ: "M",
  Ν: "N",
  Ο: "O",
  Ρ: "P",
  Τ: "T",
  Υ: "Y",
  Χ: "X",
  Ϲ: "C",
  Ϳ: "J",
  // Armenian
  ո: "n",
  ս: "u",
  հ: "h",
  օ: "o",
  ց: "g",
  զ: "q",
  ք: "p",
  Օ: "O",
  Տ: "S",
  Լ: "L",
  Ս: "U",
  // Cherokee
  Ꭺ: "A",
  Ᏼ: "B",
  Ꮯ: "C",
  Ꭼ: "E",
  Ꮋ: "H",
  Ꭻ: "J",
  Ꮶ: "K",
  Ꮮ: "L",
  Ꮇ: "M",
  Ꮲ: "P",
  Ꮪ: "S",
  Ꭲ: "T",
  Ꮩ: "V",
  Ꮃ: "W",
  Ꮓ: "Z",
  // Latin letters that are other letters
  ı: "i",
  ɡ: "g",
  ɑ: "a",
  ǀ: "l",
  ꞁ: "l",
  ꓲ: "I",
};

const LIKE: ReadonlyMap<string, string> = new Map(Object.entries(PAIRS));

/** The ASCII letter or digit that a character looks like; null where it is one, or looks like none. */
export const lookAlikeOf = (character: string): string | null => {
  if (character <= "\u007f") return null;
  const known = LIKE.get(character);
  if (known !== undefined) return known;
  const plain = character.normalize("NFKC");
  return /^[A-Za-z0-9]$/u.test(plain) ? plain : null;
};

/** The text with every look-alike replaced by what it looks like. */
export const plainLook = (text: string): string =>
  [...text].map((character) => lookAlikeOf(character) ?? character).join("");

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant.
const ASCII = /^[\u0000-\u007f]*$/u;

export const isAscii = (text: string): boolean => ASCII.test(text);

/** Whether a text mixes Latin letters with look-alikes of other ones, so that it is read as something else. */
export const isMixed = (word: string): boolean => {
  if (isAscii(word)) return false;
  const characters = [...word];
  return (
    characters.some((character) => /[A-Za-z]/u.test(character)) &&
    characters.some((character) => lookAlikeOf(character) !== null)
  );
};

/** Whether a text looks as if it were plain ASCII, and is not. */
export const looksAscii = (text: string): boolean => {
  const plain = plainLook(text);
  return plain !== text && isAscii(plain);
};
