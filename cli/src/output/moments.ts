const SIZES = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1000],
] as const;

/** About how long, in one unit: `45s`, `27m`, `4d`. Milliseconds. */
export const about = (milliseconds: number): string => {
  const [unit, size] = SIZES.find(([, length]) => milliseconds >= length) ?? ["s", 1000];
  return `${Math.max(0, Math.round(milliseconds / size))}${unit}`;
};

const two = (number: number): string => String(number).padStart(2, "0");

/** A moment in local time: `2026-11-23 06:12:44`. Epoch milliseconds. */
export const momentText = (at: number): string => {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return "no time";
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
};

/** A moment and how long ago it was, or how long it is until then. */
export const momentFrom = (at: number, now: number): string =>
  `${momentText(at)} (${at <= now ? `${about(now - at)} ago` : `in ${about(at - now)}`})`;
