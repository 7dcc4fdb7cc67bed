import { createAgentIAM } from "@agentpolicy/runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Opened, openAt, type Place } from "../support/places.ts";
import { entryOf, factsOf, recordOf, tracked, trackOf } from "../support/records.ts";
import { callOf, limitedTo, peopleOf } from "../support/rules.ts";
import { figuresAt } from "./tracks.ts";

/** One statement about a table of a place, past the store. */
export type Sql = (
  place: Place,
  table: string,
  text: (table: string) => string,
) => Promise<readonly { readonly [column: string]: unknown }[]>;

/** What holds where somebody has changed the tables. */
export function tamperContract(place: () => Place, sql: Sql): void {
  describe("a checkpoint whose request was altered", () => {
    test("is not read, listed or run", async () => {
      const where = place();
      const { store, close } = openAt(where);
      const iam = createAgentIAM({ policy: limitedTo(10), store });
      const people = peopleOf(store);
      const id = (await iam.guard(callOf("pay", "bob"), () => 0)).checkpoint?.id ?? "";
      await people.approve(id, { id: "ann" });
      const alter = (from: string, to: string) =>
        sql(where, "records", (table) => `UPDATE ${table} SET record = replace(record, '${from}', '${to}')`);

      await alter('"bob"', '"eve"');
      await expect(store.read("checkpoint", id)).rejects.toThrow(
        `the request of \`${id}\` is not the one that was kept`,
      );
      await expect(store.list("checkpoint", {})).rejects.toThrow("its digest differs");
      const runs: unknown[] = [];
      for (const resumed of [
        await iam.resume(id, (input) => runs.push(input)),
        await iam.guard(callOf("pay", "eve"), (input) => runs.push(input), { resumeCheckpointId: id }),
      ]) {
        expect(resumed).toMatchObject({ executed: false, decision: { code: "state_unavailable" } });
      }
      expect(runs).toEqual([]);

      await alter('"eve"', '"bob"');
      expect(await iam.resume(id, (input) => input)).toMatchObject({ executed: true, value: { id: "bob" } });
      await close();
    });
  });

  describe("a log that cannot be written", () => {
    let where: Place;
    let opened: Opened;
    const track = trackOf({ key: '["tamper"]' });
    beforeAll(async () => {
      where = place();
      opened = openAt(where);
      const { store } = opened;
      await store.put(recordOf("a"));
      await store.track([track], 5, () => tracked([entryOf(track, 5, 2)]));
      // The next record's place is taken.
      await sql(
        where,
        "audit",
        (table) => `INSERT INTO ${table} (seq, event, at, record, hash) VALUES (3, 'executed', 1, '{}', '')`,
      );
    });
    afterAll(() => opened.close());

    test("makes every step that belongs in it have no effect", async () => {
      const { store } = opened;
      const { log } = store;
      const head = await log?.head();
      const next = recordOf("a", { revision: 1, state: "approved" });
      await expect(store.put(next)).rejects.toThrow();
      await expect(store.put(recordOf("b"))).rejects.toThrow();
      await expect(store.track([track], 6, () => tracked([entryOf(track, 6, 2)]))).rejects.toThrow();
      await expect(store.release([entryOf(track, 5, 2)], factsOf({ event: "failed" }))).rejects.toThrow();
      await expect(log?.append([factsOf()])).rejects.toThrow();
      expect(await store.read("checkpoint", "a")).toEqual(recordOf("a"));
      expect(await store.read("checkpoint", "b")).toBeUndefined();
      expect(await log?.head()).toEqual(head);

      await sql(where, "audit", (table) => `DELETE FROM ${table} WHERE seq = 3`);
      expect(await figuresAt(store, [track], 6)).toEqual({ "p.n": 2 });
      expect(await store.put(next)).toBe(true);
      expect(await store.release([entryOf(track, 5, 2)], factsOf({ event: "failed" }))).toBeUndefined();
      expect(await figuresAt(store, [track], 6)).toEqual({ "p.n": 0 });
    });

    test("whose end was cut off says so by its head", async () => {
      const { store } = opened;
      const head = await store.log?.head();
      await sql(where, "audit", (table) => `DELETE FROM ${table} WHERE seq = ${head?.seq}`);
      expect(await store.log?.head()).toEqual(head);
      await store.log?.append([factsOf({ call: "after the cut" })]);
      const records = (await store.log?.read({ limit: 1e6 })) ?? [];
      expect(records.at(-1)).toMatchObject({ seq: (head?.seq ?? 0) + 1, previous: head?.hash });
      expect(records.map(({ seq }) => seq)).not.toContain(head?.seq);
    });
  });
}
