import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAgentIAM } from "@agentpolicy/runtime";
import { sqlite } from "@agentpolicy/store-sqlite";
import Database from "libsql";
import { afterAll, describe, expect, test } from "vitest";
import { open } from "../sqlite/src/open.ts";
import { storeOver } from "../sqlite/src/sqlite.ts";
import { wholeContract } from "./contract/all.ts";
import { figuresAt } from "./contract/tracks.ts";
import { wholeChain } from "./support/chains.ts";
import { inFiles } from "./support/places.ts";
import { entryOf, recordOf, tracked, trackOf } from "./support/records.ts";
import { callOf, limitedTo } from "./support/rules.ts";

const files = inFiles();
wholeContract(
  () => files,
  async (place, table, text) => {
    if (place.kind !== "sqlite") throw new Error("not a file");
    const db = new Database(place.path);
    try {
      const statement = db.prepare(text(`agentpolicy_${table}`));
      return statement.all() as { readonly [column: string]: unknown }[];
    } finally {
      db.close();
    }
  },
);

describe("a file", () => {
  const folder = mkdtempSync(join(tmpdir(), "agentpolicy-file-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("is still there after the store was closed and opened again", async () => {
    const path = join(folder, "kept.db");
    const track = trackOf({ within: 1000 });
    const before = sqlite(path);
    await before.put(recordOf("a"));
    await before.track([track], 5, () => tracked([entryOf(track, 5, 2)]));
    before.close();
    await expect(before.read("checkpoint", "a")).rejects.toThrow("sqlite store: closed");
    const after = sqlite(path);
    expect(await after.read("checkpoint", "a")).toEqual(recordOf("a"));
    expect(await figuresAt(after, [track], 6)).toEqual({ "p.n": 2 });
    after.close();
  });

  test("is written through at the end of every step, for a machine may lose its power", () => {
    const db = open(join(folder, "settings.db"));
    expect(db.prepare("PRAGMA journal_mode").all()).toMatchObject([{ journal_mode: "wal" }]);
    expect(db.prepare("PRAGMA synchronous").all()).toMatchObject([{ synchronous: 2 }]);
    db.close();
  });

  test("is waited for in place for a moment only: this process has other things to do", () => {
    const db = open(join(folder, "patience.db"));
    expect(db.prepare("PRAGMA busy_timeout").all()).toEqual([{ timeout: 20 }]);
    db.close();
  });

  test.each([
    ["", "expected the path of a file"],
    [":memory:", "expected the path of a file"],
    ["libsql://example.com", "expected the path of a file"],
    [join(folder, "no/such/folder.db"), "cannot use `"],
    [folder, "cannot use `"],
  ])("%j is none, and that is said at once", (path, message) => {
    expect(() => sqlite(path)).toThrow(`sqlite store: ${message}`);
  });

  test("that is no database is left as it is", () => {
    const path = join(folder, "notes.txt");
    writeFileSync(path, "not a database, but long enough to be taken for one ".repeat(40));
    expect(() => sqlite(path)).toThrow("sqlite store: cannot use `");
  });

  test("of a newer version is refused, and nothing is done to it", () => {
    const path = join(folder, "newer.db");
    sqlite(path).close();
    const db = new Database(path);
    db.exec("UPDATE agentpolicy_version SET version = 99");
    expect(() => sqlite(path)).toThrow("it has version 99, and this package knows 1");
    db.exec("UPDATE agentpolicy_version SET version = 1");
    db.close();
    sqlite(path).close();
  });

  test("that another process holds makes a guard deny in time, and work again afterwards", async () => {
    const path = join(folder, "held.db");
    const store = sqlite(path);
    const iam = createAgentIAM({ policy: limitedTo(1), store, timeout: 150 });
    const holder = new Database(path);
    holder.exec("BEGIN IMMEDIATE");
    const runs: unknown[] = [];
    const ends: unknown[] = [];
    const patient = store.put(recordOf("patient")).then(
      () => ends.push("put"),
      (error: unknown) => ends.push(error),
    );
    const held = await iam.guard(callOf("small", 1), (input) => runs.push(input));
    expect(held).toMatchObject({ executed: false, decision: { code: "state_unavailable" } });
    // The guard's own time was up, long before the store gives up.
    expect(ends).toEqual([]);
    holder.exec("COMMIT");
    holder.close();
    await patient;
    expect(ends).toEqual(["put"]);
    // What was recorded too late is taken back.
    await expect
      .poll(async () => (await iam.guard(callOf("small", 2), (input) => runs.push(input))).executed)
      .toBe(true);
    expect(runs).toEqual([{ id: 2 }]);
    store.close();
  });

  test("that is full makes steps fail whole, runs nothing, and works again where there is room", async () => {
    const path = join(folder, "full.db");
    const db = open(path);
    const [pages] = db.prepare("PRAGMA page_count").all() as { page_count: number }[];
    db.exec(`PRAGMA max_page_count = ${(pages?.page_count ?? 0) + 6}`);
    const store = storeOver(db, path);
    const iam = createAgentIAM({ policy: limitedTo(1e6), store });
    const runs: unknown[] = [];
    const results = [];
    for (let call = 0; call < 200; call++) {
      results.push(
        await iam.guard(callOf(call % 2 ? "small" : "pay", "x".repeat(500)), (input) => runs.push(input)),
      );
    }
    const unavailable = results.filter(({ decision }) => decision.code === "state_unavailable");
    expect(unavailable.length).toBeGreaterThan(50);
    expect(unavailable.every(({ executed }) => !executed)).toBe(true);
    db.exec("PRAGMA max_page_count = 1000000");
    const track = trackOf({ figure: "count" });
    expect(await figuresAt(store, [track], Date.now())).toEqual({ "p.n": runs.length });
    // What ran is in the log; where the record of its end had no room, the result says so.
    const records = await wholeChain(store.log);
    const letRun = records.filter(({ event, runs }) => event === "evaluated" && runs);
    expect(letRun).toHaveLength(runs.length);
    const recorded = results.filter((result) => result.executed && !result.unrecorded);
    expect(records.filter(({ event }) => event === "executed")).toHaveLength(recorded.length);
    expect((await iam.guard(callOf("small", 1), () => 0)).executed).toBe(true);
    store.close();
  });
});
