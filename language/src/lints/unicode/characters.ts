/** Characters that turn the direction of text, so that it reads otherwise than it runs (CVE-2021-42574). */
export const BIDI_CONTROL = /[\u202a-\u202e\u2066-\u2069]/u;

/** Blanks that look like a space and are none, controls, and what has no shape at all. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}/u;

const EMOJI = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}/u;

/** A place in a text: offsets in UTF-16 units. */
export interface Place {
  readonly start: number;
  readonly end: number;
  readonly character: string;
}

function* charactersOf(text: string): Generator<Place & { readonly before: string }> {
  let start = 0;
  let before = "";
  for (const character of text) {
    yield { start, end: start + character.length, character, before };
    start += character.length;
    before = character;
  }
}

/** Where the direction of text is turned. */
export const bidiControlsIn = (text: string): readonly Place[] =>
  BIDI_CONTROL.test(text)
    ? [...charactersOf(text)].filter(({ character }) => BIDI_CONTROL.test(character))
    : [];

/** Where something stands that nobody sees. What joins or styles an emoji is part of it. */
export const unseenIn = (text: string): readonly Place[] =>
  UNSEEN.test(text)
    ? [...charactersOf(text)].filter(
        ({ character, before }) =>
          UNSEEN.test(character) &&
          !BIDI_CONTROL.test(character) &&
          !/[\t\n\r]/u.test(character) &&
          !(
            (character === "\ufe0f" || character === "\u200d") &&
            (EMOJI.test(before) || before === "\ufe0f")
          ),
      )
    : [];

/** `U+200B`. */
export const codeName = (character: string): string =>
  `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;

/** The character as an escape of a string literal. */
export const escaped = (character: string): string =>
  [...Array(character.length).keys()]
    .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`)
    .join("");
