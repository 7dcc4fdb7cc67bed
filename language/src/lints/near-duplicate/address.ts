import { distance } from "fastest-levenshtein";
import { plainLook } from "../unicode/look-alikes.ts";

/** A domain, an address or a URL's host, taken apart. `name` is the registered name less its ending: `acme`. */
export interface Address {
  readonly local: string;
  readonly below: string;
  readonly name: string;
  readonly ending: string;
  /** What two that are near each other are compared by. */
  readonly key: string;
}

const FORM =
  /^(?:[a-z][a-z0-9+.-]*:\/\/|\*\.|\.)?(?:([^\s@/]+)@)?((?:[\p{L}\p{N}_-]+\.)+\p{L}{2,})(?::\d+)?(?:\/.*)?$/iu;
/** Second-level endings such as `co.uk`. */
const SECOND_LEVEL = /^(?:co|com|org|net|gov|ac|edu|or|ne|go)$/u;

/** Null for text that is no domain, address or URL. A file's name (`a.json`) may look like one; nothing is lost by that. */
export const addressOf = (text: string): Address | null => {
  const found = FORM.exec(text.toLowerCase());
  if (found === null) return null;
  const labels = found[2]!.split(".");
  const isCountry = labels.length > 2 && labels.at(-1)!.length === 2 && SECOND_LEVEL.test(labels.at(-2)!);
  const ending = labels.splice(isCountry ? -2 : -1).join(".");
  const name = labels.pop()!;
  const local = found[1] ?? "";
  return { local, below: labels.join("."), name, ending, key: local === "" ? name : `${local}@${name}` };
};

/** What a hurried eye reads: `rn` as `m`, `0` as `o`. */
const glance = (text: string): string =>
  plainLook(text).replaceAll("rn", "m").replaceAll("vv", "w").replaceAll("0", "o").replaceAll("1", "l");

const numbered = (text: string): string => text.replaceAll(/\d+/gu, "#");

/** Whether one is the other with two neighbours swapped. */
const isSwapped = (a: string, b: string): boolean => {
  if (a.length !== b.length) return false;
  const at = [...a].findIndex((_, index) => a[index] !== b[index]);
  return at >= 0 && a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
};

const SHORTEST = 6;
const LONG = 15;

const slip = (a: string, b: string): string | null => {
  if (numbered(a) === numbered(b)) return null;
  if (glance(a) === glance(b)) return "by letters that look alike";
  if (Math.min(a.length, b.length) < SHORTEST) return null;
  if (isSwapped(a, b)) return "by two letters that are swapped";
  const apart = distance(a, b);
  if (apart === 1) return "by one letter";
  return apart === 2 && Math.min(a.length, b.length) >= LONG ? "by two letters" : null;
};

/** How little two addresses differ; null where they differ enough, or as branches of one domain do. */
export const nearness = (a: Address, b: Address): string | null => {
  if (a.name !== b.name) return a.local === b.local || a.local === "" ? slip(a.name, b.name) : null;
  // The same name under another ending, or another branch of one domain, is someone's own.
  if (a.ending !== b.ending || a.below !== b.below || a.local === b.local) return null;
  return Math.min(a.local.length, b.local.length) > SHORTEST || glance(a.local) === glance(b.local)
    ? slip(a.local, b.local)
    : null;
};
