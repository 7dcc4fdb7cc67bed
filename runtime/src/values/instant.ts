/** The hour of an instant, 0 to 23. Null where the instant has no date or the zone is not known. */
export function hour(ms: number, zone?: string): number | null {
  return local(ms, zone)?.getUTCHours() ?? null;
}

/** The day of the week of an instant, `mon` to `sun`. Null where the instant has no date or the zone is not known. */
export function weekday(ms: number, zone?: string): string | null {
  const day = local(ms, zone)?.getUTCDay();
  return day === undefined ? null : "sunmontuewedthufrisat".slice(day * 3, day * 3 + 3);
}

/** The date of an instant, `2026-01-31`. Null where the instant has no date or the zone is not known. */
export function date(ms: number, zone?: string): string | null {
  return local(ms, zone)?.toISOString().split("T")[0] ?? null;
}

/** Whether a text names a time zone of the IANA database, such as `Europe/Berlin` or `UTC`. */
export function isZone(zone: string): boolean {
  return local(0, zone) !== null;
}

/** A date whose UTC parts are the wall clock of the zone (UTC where none is given). */
function local(ms: number, zone: string | undefined): Date | null {
  const shifted = new Date(ms + (zone === undefined ? 0 : offset(ms, zone)));
  return Number.isNaN(shifted.getTime()) ? null : shifted;
}

/** Milliseconds that a zone is ahead of UTC at an instant; NaN where either is refused. */
function offset(ms: number, zone: string): number {
  if (!/^[a-z]/i.test(zone)) return Number.NaN;
  try {
    let format = formats.get(zone);
    if (format === undefined) {
      format = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" });
      // Zones come from policies and are few; the bound is for hosts that run many of them.
      if (formats.size < 64) formats.set(zone, format);
    }
    const name = format.formatToParts(ms).find((part) => part.type === "timeZoneName")?.value ?? "";
    const [, sign, hours, minutes, seconds] = /([+-])(\d+):(\d+)(?::(\d+))?$/.exec(name) ?? [];
    const ahead = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60 + Number(seconds ?? 0);
    return (sign === "-" ? -1000 : 1000) * ahead;
  } catch {
    return Number.NaN;
  }
}

const formats = new Map<string, Intl.DateTimeFormat>();
