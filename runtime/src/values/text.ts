/** How many code points a text has; a lone surrogate counts as one. */
export function codePoints(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    if ((text.codePointAt(at) as number) > 0xffff) at++;
    count++;
  }
  return count;
}

/** The most code points of a value that are shown. */
const LIMIT = 200;

/**
 * A value as people are shown it in reasons and questions: text as it is, numbers as JSON writes them, instants in
 * RFC 3339 (UTC, milliseconds), durations as `90s` or `24h`, lists joined by commas. What could forge lines, hide or
 * reorder text is written `\u{…}`; what is longer than 200 code points is cut there; what cannot be shown is `…`.
 */
export function shown(value: unknown, kind?: "instant" | "duration"): string {
  return shownText(Array.isArray(value) ? joined(value, kind) : plain(value, kind));
}

/** A text as people are shown it: see `shown`. */
export function shownText(text: string): string {
  const [kept, cut] = head(text);
  return (
    kept.replace(HIDDEN, (found) => `\\u{${(found.codePointAt(0) as number).toString(16)}}`) +
    (cut ? "…" : "")
  );
}

/** Controls, lone surrogates, line separators, and all that has no width or turns the direction of text. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}]/gu;

function plain(value: unknown, kind: "instant" | "duration" | undefined): string {
  if (typeof value === "string") return value;
  if (typeof value === "boolean" || value === null) return String(value);
  if (typeof value !== "number" || !Number.isFinite(value)) return "…";
  if (kind === "instant") return Math.abs(value) <= 8.64e15 ? new Date(value).toISOString() : "…";
  return kind === "duration" ? duration(value) : JSON.stringify(value);
}

function joined(list: readonly unknown[], kind: "instant" | "duration" | undefined): string {
  let text = "";
  for (let at = 0; at < list.length && text.length <= 2 * LIMIT; at++) {
    text += (at > 0 ? ", " : "") + plain(list[at], kind);
  }
  return text;
}

/** The first code points of a text, and whether there are more. */
function head(text: string): [string, boolean] {
  let end = 0;
  for (let count = 0; count < LIMIT && end < text.length; count++) {
    end += (text.codePointAt(end) as number) > 0xffff ? 2 : 1;
  }
  return [text.slice(0, end), end < text.length];
}

/** In the largest unit that leaves no fraction; one day is `24h`, as policies write it. */
function duration(ms: number): string {
  const seconds = ms / 1000;
  for (const [unit, size] of UNITS) {
    if (seconds % size === 0 && Math.abs(seconds) >= size && !(unit === "d" && Math.abs(seconds) === size)) {
      return seconds / size + unit;
    }
  }
  return `${seconds}s`;
}

const UNITS = [
  ["d", 86_400],
  ["h", 3_600],
  ["m", 60],
] as const;
