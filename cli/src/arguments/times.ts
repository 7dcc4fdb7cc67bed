import { InvalidArgumentError } from "commander";

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** A length of time as the language writes it (`30m`, `1h`, `7d`), in milliseconds; null where it is none. */
const lengthOf = (text: string): number | null => {
  const [, number, unit] = /^(\d+)(ms|s|m|h|d|w)$/.exec(text) ?? [];
  return unit === undefined ? null : Number(number) * UNITS[unit as keyof typeof UNITS];
};

/** An ISO 8601 day or moment, in epoch milliseconds; a moment without a zone is local time; null where it is none. */
const momentOf = (text: string): number | null => {
  if (!/^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/.test(text))
    return null;
  // A day alone would be taken as one in UTC.
  const at = Date.parse(text.length === 10 ? `${text}T00:00` : text.replace(" ", "T"));
  return Number.isNaN(at) ? null : at;
};

/** A moment, as somebody types it: so long before or after now, or a time. */
export type TypedTime = (now: number) => number;

const reader =
  (sign: 1 | -1, example: string) =>
  (text: string): TypedTime => {
    const length = lengthOf(text);
    const at = length === null ? momentOf(text) : null;
    if (length !== null) return (now) => now + sign * length;
    if (at !== null) return () => at;
    throw new InvalidArgumentError(`It must be a length of time or a time, such as ${example}.`);
  };

/** `1h` ago, or a time. */
export const readSince = reader(-1, "1h or 2026-05-01T09:30");

/** In `30d`, or a time. */
export const readUntil = reader(1, "30d or 2026-05-01T09:30");

/** A whole number from 1 on. */
export const readCount = (text: string): number => {
  const count = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(count) || count < 1)
    throw new InvalidArgumentError("It must be a whole number from 1 on.");
  return count;
};

/** A whole number from 0 on. */
export const readIndex = (text: string): number => {
  const index = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(index))
    throw new InvalidArgumentError("It must be a whole number from 0 on.");
  return index;
};
