import type { Figures, KeyedTrack, Store, TrackEntry } from "@agentpolicy/runtime";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { entryOf, tracked, trackOf } from "../support/records.ts";

const NOW = 1_700_000_000_000;
const DAY = 86_400_000;

/** The figures at a time, and nothing recorded. */
export async function figuresAt(store: Store, tracks: readonly KeyedTrack[], now: number): Promise<Figures> {
  let found: Figures = {};
  await store.track(tracks, now, (figures) => {
    found = figures;
    return tracked([]);
  });
  return found;
}

const record = (store: Store, entries: readonly TrackEntry[], now = NOW) =>
  store.track(entries, now, () => tracked(entries));

/** What every store does with tracks. */
export function trackContract(given: () => { readonly one: Store; readonly other: Store }): void {
  describe("tracks", () => {
    let one: Store;
    let other: Store;
    let keys = 0;
    const fresh = (more: Partial<KeyedTrack> = {}) => trackOf({ key: `["p.n",${++keys}]`, ...more });
    const figure = async (track: KeyedTrack, now: number) => (await figuresAt(other, [track], now))[track.id];
    beforeAll(() => {
      ({ one, other } = given());
    });

    test("begin with nothing, and keep what is recorded", async () => {
      const all = (["sum", "count", "seen"] as const).map((kind) => fresh({ id: kind, figure: kind }));
      expect(await figuresAt(one, all, NOW)).toEqual({ sum: 0, count: 0, seen: false });
      await record(
        one,
        all.map((track) => entryOf(track, NOW, track.figure === "sum" ? 0.5 : 1)),
      );
      expect(await figuresAt(other, all, NOW)).toEqual({ sum: 0.5, count: 1, seen: true });
    });

    test("windows slide to the millisecond", async () => {
      const track = fresh({ within: DAY });
      for (const [at, amount] of [
        [0, 1],
        [1, 2],
        [31, 4],
        [32, 8],
        [1023, 16],
        [1024, 32],
        [DAY / 2, 64],
      ] as const) {
        await record(one, [entryOf(track, NOW + at, amount)], NOW + at);
      }
      const at = (ms: number) => figure(track, NOW + DAY + ms);
      expect(await figure(track, NOW + DAY - 1)).toBe(127);
      expect(await at(0)).toBe(126);
      expect(await at(1)).toBe(124);
      expect(await at(31)).toBe(120);
      expect(await at(32)).toBe(112);
      expect(await at(1023)).toBe(96);
      expect(await at(1024)).toBe(64);
      expect(await at(DAY / 2 - 1)).toBe(64);
      expect(await at(DAY / 2)).toBe(0);
    });

    test("what another clock recorded in the future counts, and a clock set back forgets nothing", async () => {
      const track = fresh({ within: 60_000 });
      await record(one, [entryOf(track, NOW, 1)]);
      expect(await figure(track, NOW - 10 * DAY)).toBe(1);
      await record(one, [entryOf(track, NOW - 30_000, 2)], NOW - 30_000);
      expect(await figure(track, NOW)).toBe(3);
      expect(await figure(track, NOW + 30_000)).toBe(1);
    });

    test("a time that is no number never makes a limit forget", async () => {
      const track = fresh({ within: 60_000 });
      await record(one, [entryOf(track, NOW, 1)]);
      expect(await figure(track, Number.NaN)).toBe(1);
      await record(one, [entryOf(track, Number.NaN, 2)], Number.NaN);
      expect(await figure(track, NOW + 60_000)).toBe(2);
    });

    test("what is released is gone, in every window", async () => {
      const track = fresh({ within: DAY });
      const taken = entryOf(track, NOW, 5);
      await record(one, [entryOf(track, NOW, 2), taken]);
      await other.release([taken]);
      expect(await figure(track, NOW)).toBe(2);
      expect(await figure({ ...track, within: null }, NOW)).toBe(2);
      expect(await figure(track, NOW + DAY)).toBe(0);
      await other.release([]);
    });

    test("keys are told apart, whatever is in them", async () => {
      const names = [
        "a",
        "A",
        "a ",
        "a\u0000",
        "\ud800",
        "\ud801",
        "\ufffd",
        "é",
        "e\u0301",
        "x".repeat(9000),
        "1 2 a",
      ];
      const all = names.map((key, at) => fresh({ id: `${at}`, key }));
      await record(
        one,
        all.map((track, at) => entryOf(track, NOW, 2 ** at)),
      );
      const figures = await figuresAt(other, all, NOW);
      expect(Object.values(figures)).toEqual(names.map((_, at) => 2 ** at));
    });

    test("a decision that throws records nothing and holds nothing up", async () => {
      const track = fresh();
      const fails = one.track([track], NOW, () => {
        throw new Error("mine");
      });
      await expect(fails).rejects.toThrow("mine");
      expect(await figure(track, NOW)).toBe(0);
      await record(one, [entryOf(track, NOW, 1)]);
      expect(await figure(track, NOW)).toBe(1);
    });

    test("one step for all keys, in whatever order they are named: no limit is exceeded, nothing waits for ever", async () => {
      const limits = [fresh({ id: "a" }), fresh({ id: "b" }), fresh({ id: "c" })];
      let allowed = 0;
      const calls = Array.from({ length: 90 }, (_, at) => {
        const named = limits.filter((_, which) => which !== at % 3);
        if (at % 2) named.reverse();
        return (at % 4 < 2 ? one : other).track(named, NOW, (figures) => {
          const runs = named.every(({ id }) => (figures[id] as number) < 20);
          if (runs) allowed++;
          return tracked(runs ? named.map((track) => entryOf(track, NOW, 1)) : []);
        });
      });
      await Promise.all(calls);
      const figures = Object.values(await figuresAt(one, limits, NOW)) as number[];
      expect(Math.max(...figures)).toBe(20);
      expect(figures.reduce((sum, figure) => sum + figure, 0)).toBe(allowed * 2);
      expect(figures.filter((figure) => figure === 20).length).toBeGreaterThanOrEqual(2);
    });

    test("agree with a plain sum as time goes by", async () => {
      const step = fc.record({
        pause: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: DAY })),
        amount: fc.integer({ min: 0, max: 1000 }),
        taken: fc.boolean(),
      });
      const window = fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 2 * DAY }));
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 12 }), window, async (steps, within) => {
          const track = fresh({ within });
          const counted: TrackEntry[] = [];
          let now = NOW;
          for (const { pause, amount, taken } of steps) {
            now += pause;
            const entry = entryOf(track, now, amount);
            await record(one, [entry], now);
            if (taken) await one.release([entry]);
            else counted.push(entry);
            expect(await figure(track, now)).toBe(sumOf(counted, now, within));
          }
        }),
        { numRuns: 25 },
      );
    });
  });
}

const sumOf = (entries: readonly TrackEntry[], now: number, within: number | null): number =>
  entries
    .filter(({ at }) => within === null || at > now - within)
    .reduce((sum, { amount }) => sum + amount, 0);

/** What stores that outlive a process do beyond that: any window at any time, and a size that does not grow for ever. */
export function historyContract(given: () => Store, rows: () => Promise<number>): void {
  describe("histories", () => {
    let store: Store;
    beforeAll(() => {
      store = given();
    });

    test("any window at any time is the plain sum over what was recorded, in whatever order", async () => {
      let keys = 0;
      const time = fc.oneof(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 3 * DAY }));
      const added = fc.record({ at: time, amount: fc.integer({ min: 0, max: 1000 }) });
      const asked = fc.record({
        now: time,
        within: fc.oneof(
          fc.constant(null),
          fc.integer({ min: 1, max: 2000 }),
          fc.integer({ min: 1, max: DAY }),
        ),
      });
      await fc.assert(
        fc.asyncProperty(
          fc.array(added, { maxLength: 12 }),
          fc.array(asked, { minLength: 1, maxLength: 8 }),
          async (additions, questions) => {
            const track = trackOf({ key: `["h",${++keys}]`, within: DAY });
            const entries = additions.map(({ at, amount }) => entryOf(track, NOW + at, amount));
            for (const entry of entries) await record(store, [entry], entry.at);
            const all = questions.map((question, at) => ({ ...question, id: `${at}` }));
            for (const { now, within, id } of all) {
              const found = await figuresAt(store, [{ ...track, id, within }], NOW + now);
              expect(found[id]).toBe(sumOf(entries, NOW + now, within));
            }
          },
        ),
        { numRuns: 25 },
      );
    });

    test("what no window reaches is forgotten, and what counts for ever is not", async () => {
      const track = trackOf({ key: '["grows"]', within: 1000 });
      const before = await rows();
      const sizes: number[] = [];
      for (let call = 1; call <= 120; call++) {
        const at = NOW + call * 3_600_000;
        await record(store, [entryOf(track, at, 1)], at);
        sizes.push((await rows()) - before);
      }
      expect(Math.max(...sizes.slice(60))).toBeLessThanOrEqual(Math.max(...sizes.slice(0, 60)));
      expect(await figuresAt(store, [{ ...track, within: null }], NOW)).toEqual({ "p.n": 120 });
    });

    test("a clock that runs far ahead makes nobody's limit forget", async () => {
      const track = trackOf({ key: '["ahead"]', within: 1000 });
      const now = Date.now();
      await record(store, [entryOf(track, now, 1)], now);
      const ahead = now + 3650 * DAY;
      for (let call = 0; call < 5; call++) await record(store, [entryOf(track, ahead + call, 1)], ahead);
      expect(await figuresAt(store, [track], now)).toEqual({ "p.n": 6 });
    });
  });
}
