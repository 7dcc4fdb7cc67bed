/** What a text in quotes means, and where each of its UTF-16 units was written (one more entry for its end). */
export interface DecodedText {
  readonly value: string;
  /** Absent where each unit stands for itself: then unit `i` was written at `contentStart + i`. */
  readonly offsets?: readonly number[];
  readonly contentStart: number;
  /** Escapes that are none, as offsets into the file. */
  readonly badEscapes: readonly { readonly start: number; readonly end: number }[];
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["/", "/"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

/** Reads JSON's escapes (RFC 8259, section 7) between `from` and `to`. A bad escape stands for its own characters. */
const decodeEscapes = (text: string, from: number, to: number): DecodedText => {
  const offsets: number[] = [];
  const badEscapes: { start: number; end: number }[] = [];
  let value = "";
  let at = from;
  const put = (unit: string, width: number): void => {
    for (let index = 0; index < unit.length; index++) offsets.push(at);
    value += unit;
    at += width;
  };
  while (at < to) {
    const unit = text.charAt(at);
    if (unit !== "\\") {
      put(unit, 1);
      continue;
    }
    const next = text.charAt(at + 1);
    const hex = next === "u" ? /^[0-9A-Fa-f]{4}/.exec(text.slice(at + 2, Math.min(at + 6, to))) : null;
    const plain = ESCAPES.get(next);
    if (hex) put(String.fromCharCode(Number.parseInt(hex[0], 16)), 6);
    else if (plain !== undefined && at + 1 < to) put(plain, 2);
    else {
      badEscapes.push({ start: at, end: Math.min(at + 2, to) });
      put(next === "" || at + 1 >= to ? "\\" : next, at + 1 >= to ? 1 : 2);
    }
  }
  offsets.push(to);
  return { value, offsets, contentStart: from, badEscapes };
};

const CLOSING = /["'`\u201C-\u201F\u2018-\u201B\u00AB\u00BB\uFF02]$/;

/** Reads the text that a string token stands for; `start` and `end` are the token's place in the file. */
export const decodeString = (file: string, start: number, end: number): DecodedText => {
  const raw = file.charAt(start) === "r";
  const from = start + (raw ? 2 : 1);
  const closed = end > from && CLOSING.test(file.charAt(end - 1)) && !danglingEscape(file, from, end, raw);
  const to = closed ? end - 1 : end;
  const content = file.slice(from, to);
  return raw || !content.includes("\\")
    ? { value: content, contentStart: from, badEscapes: [] }
    : decodeEscapes(file, from, to);
};

/** Whether the last quote is escaped, so that an unclosed text ends in it. */
const danglingEscape = (file: string, from: number, end: number, raw: boolean): boolean => {
  let slashes = 0;
  while (!raw && end - 2 - slashes >= from && file.charAt(end - 2 - slashes) === "\\") slashes++;
  return slashes % 2 === 1;
};

const UNITS: ReadonlyMap<string, number> = new Map([
  ["s", 1000],
  ["m", 60_000],
  ["h", 3_600_000],
  ["d", 86_400_000],
]);

/** Units of time as people write them, for the fix. */
const SPELT_UNITS: readonly (readonly [RegExp, string])[] = [
  [/^(?:secs?|seconds?)$/i, "s"],
  [/^(?:mins?|minutes?)$/i, "m"],
  [/^(?:hrs?|hours?)$/i, "h"],
  [/^(?:days?)$/i, "d"],
  [/^[SMHD]$/, "lower"],
];

export type NumberReading =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "duration"; readonly milliseconds: number }
  | {
      readonly kind: "bad";
      readonly reason: string;
      /** What was probably meant. */
      readonly meant?: string;
    };

/** Tells what a word that starts with a digit means: a JSON number without sign, a duration in `s`, `m`, `h`, `d`, or neither. */
export const readNumber = (image: string): NumberReading => {
  if (/^(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(image)) {
    const value = Number(image);
    return Number.isFinite(value)
      ? { kind: "number", value }
      : { kind: "bad", reason: "too large for a number" };
  }
  const duration = /^(\d+)([a-zA-Z]+)$/.exec(image);
  if (duration) return readDuration(duration[1] ?? "", duration[2] ?? "");
  if (/^\d[\d_]*(?:\.\d+)?$/.test(image) && image.includes("_"))
    return { kind: "bad", reason: "digits are written without `_`", meant: image.replaceAll("_", "") };
  if (/^0\d+(?:\.\d+)?$/.test(image))
    return { kind: "bad", reason: "a number has no leading zeros", meant: image.replace(/^0+(?=\d)/, "") };
  return { kind: "bad", reason: "expected a number such as `1.5` or a duration such as `30m`" };
};

const readDuration = (digits: string, unit: string): NumberReading => {
  const scale = UNITS.get(unit);
  const milliseconds = Number(digits) * (scale ?? 0);
  if (scale !== undefined)
    return Number.isSafeInteger(milliseconds)
      ? { kind: "duration", milliseconds }
      : { kind: "bad", reason: "too long for a duration" };
  const spelt = SPELT_UNITS.find(([pattern]) => pattern.test(unit))?.[1];
  const reason = "durations are written `30s`, `15m`, `24h`, `7d`";
  if (spelt === undefined) return { kind: "bad", reason };
  return { kind: "bad", reason, meant: digits + (spelt === "lower" ? unit.toLowerCase() : spelt) };
};

/** The number that a token stands for; a broken one as it was probably meant. */
export const numberOf = (image: string): number => {
  const reading = readNumber(image);
  const meant = reading.kind === "bad" && reading.meant !== undefined ? readNumber(reading.meant) : reading;
  return meant.kind === "number" ? meant.value : 0;
};

/** How long the duration that a token stands for is, in milliseconds; a broken one as it was probably meant. */
export const durationOf = (image: string): number => {
  const reading = readNumber(image);
  if (reading.kind === "duration") return reading.milliseconds;
  const meant = reading.kind === "bad" && reading.meant !== undefined ? readNumber(reading.meant) : reading;
  return meant.kind === "duration" ? meant.milliseconds : 1000;
};
