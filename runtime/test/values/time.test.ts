import { datetime } from "@agentpolicy/runtime/values/datetime";
import { date, hour, isZone, weekday } from "@agentpolicy/runtime/values/instant";
import { describe, expect, test } from "vitest";

describe("datetime", () => {
  test.each([
    ["1985-04-12T23:20:50.52Z", "1985-04-12T23:20:50.520Z"],
    ["1996-12-19T16:39:57-08:00", "1996-12-20T00:39:57.000Z"],
    ["1937-01-01T12:00:27.87+00:20", "1937-01-01T11:40:27.870Z"],
    ["1990-12-31T23:59:60Z", "1991-01-01T00:00:00.000Z"],
    ["1990-12-31T15:59:60-08:00", "1991-01-01T00:00:00.000Z"],
    ["2015-07-01T01:59:60.5+02:00", "2015-07-01T00:00:00.500Z"],
    ["2026-01-31t09:00:00z", "2026-01-31T09:00:00.000Z"],
    ["2026-01-31T09:00:00-00:00", "2026-01-31T09:00:00.000Z"],
    ["2026-01-31T09:00:00+23:59", "2026-01-30T09:01:00.000Z"],
    ["2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z"],
    ["2000-02-29T00:00:00Z", "2000-02-29T00:00:00.000Z"],
    ["0000-01-01T00:00:00Z", "0000-01-01T00:00:00.000Z"],
    ["0099-01-01T00:00:00Z", "0099-01-01T00:00:00.000Z"],
    ["9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.999Z"],
  ])("%j is %j", (text, expected) => {
    expect(new Date(datetime(text) as number).toISOString()).toBe(expected);
  });

  test.each([
    "",
    "2026-01-31",
    "2026-01-31T09:00:00",
    "2026-01-31T09:00Z",
    "2026-01-31 09:00:00Z",
    "2026-01-31T09:00:00 Z",
    "2026-01-31T09:00:00.Z",
    "2026-01-31T09:00:00,5Z",
    "2026-01-31T09:00:00+0100",
    "2026-01-31T09:00:00+01",
    "2026-01-31T09:00:00+24:00",
    "2026-01-31T09:00:00+01:60",
    "2026-01-31T24:00:00Z",
    "2026-01-31T09:60:00Z",
    "2026-01-31T09:00:61Z",
    "2026-01-31T09:00:60Z",
    "2026-03-31T23:59:60Z",
    "1990-12-31T23:59:60-08:00",
    "2026-02-29T00:00:00Z",
    "1900-02-29T00:00:00Z",
    "2026-04-31T00:00:00Z",
    "2026-00-01T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-01-00T00:00:00Z",
    "26-01-31T09:00:00Z",
    "+002026-01-31T09:00:00Z",
    "-2026-01-31T09:00:00Z",
    "２026-01-31T09:00:00Z",
    " 2026-01-31T09:00:00Z",
    "2026-01-31T09:00:00Z\n",
    "1795392000000",
    "Sat, 31 Jan 2026 09:00:00 GMT",
  ])("refuses %j", (text) => {
    expect(datetime(text)).toBeNull();
  });
});

describe("parts of an instant", () => {
  const at = (text: string) => datetime(text) as number;
  test.each([
    ["2026-01-31T23:30:00Z", undefined, 23, "sat", "2026-01-31"],
    ["2026-01-31T23:30:00Z", "UTC", 23, "sat", "2026-01-31"],
    ["2026-01-31T23:30:00Z", "Europe/Berlin", 0, "sun", "2026-02-01"],
    ["2026-07-31T22:30:00Z", "Europe/Berlin", 0, "sat", "2026-08-01"],
    ["2026-03-29T00:59:59Z", "Europe/Berlin", 1, "sun", "2026-03-29"],
    ["2026-03-29T01:00:00Z", "Europe/Berlin", 3, "sun", "2026-03-29"],
    ["2026-01-01T00:00:00Z", "America/New_York", 19, "wed", "2025-12-31"],
    ["2026-01-01T00:00:00Z", "Asia/Kathmandu", 5, "thu", "2026-01-01"],
    ["2026-01-01T00:00:00Z", "Pacific/Kiritimati", 14, "thu", "2026-01-01"],
    ["0000-01-01T00:00:00Z", undefined, 0, "sat", "0000-01-01"],
    ["0044-03-15T12:00:00Z", "Europe/Rome", 12, "tue", "0044-03-15"],
    ["1969-12-31T23:59:59.999Z", undefined, 23, "wed", "1969-12-31"],
  ])("%j in %j", (text, zone, ...expected) => {
    expect([hour(at(text), zone), weekday(at(text), zone), date(at(text), zone)]).toEqual(expected);
  });

  test("an instant that is no date, and a zone that is none, have no parts", () => {
    for (const ms of [Number.NaN, Number.POSITIVE_INFINITY, 8.64e15 + 1, -1e300]) {
      expect([hour(ms), weekday(ms), date(ms), hour(ms, "Europe/Berlin")]).toEqual([null, null, null, null]);
    }
    expect([hour(0, "Mars/Base"), weekday(0, ""), date(0, "+01:00")]).toEqual([null, null, null]);
  });

  test("instants far away have dates", () => {
    expect([date(8.64e15), date(-8.64e15)]).toEqual(["+275760-09-13", "-271821-04-20"]);
  });

  test("zones are names of the IANA database", () => {
    expect(["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires"].every(isZone)).toBe(true);
    expect(["", "Europe", "Berlin", "+01:00", "Z", "Mars/Base", "Europe/Berlin ", "\0"].some(isZone)).toBe(
      false,
    );
  });
});
