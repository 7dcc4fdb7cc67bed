/**
 * An RFC 3339 date and time with an offset, as epoch milliseconds; finer fractions are cut. Null for everything else:
 * no offset, a blank for the `T`, days that a month does not have, hour 24. A leap second is read where
 * one can be (23:59:60 UTC at the end of June or December) and is the instant of the second after it.
 * Source: RFC 3339 section 5.6 and 5.7.
 */
export function datetime(text: string): number | null {
  const found = FORM.exec(text);
  if (found === null) return null;
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map(Number) as SixNumbers;
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(text) ?? [];
  const offset = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * (sign === "-" ? -1 : 1);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  const whole = date.getTime() + ((hour * 60 + minute - offset) * 60 + second) * 1000;
  if (second === 60 && !/-(06-30|12-31)T23:59:59/.test(new Date(whole - 1000).toISOString())) return null;
  return whole + Number((found[7] ?? "").slice(1, 4).padEnd(3, "0"));
}

type SixNumbers = [number, number, number, number, number, number];

const FORM =
  /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)(\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i;
