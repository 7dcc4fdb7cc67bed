import { createHash } from "node:crypto";
import {
  auditRecordOf,
  columnsOf,
  looseRowOf,
  NOTHING,
  plainNotes,
  recordOf,
  rowsOf,
} from "@agentpolicy/runtime/store";
import fc from "fast-check";
import { expect, test } from "vitest";
import { recordOf as checkpointOf, requestOf, standingOf } from "../../../stores/test/support/records.ts";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

test("a row keeps just the text that its hash is of, and gives the record back", () => {
  const notes = plainNotes([
    { event: "evaluated", at: 5, call: "c", actor: { type: "a", id: "b\u0000" }, request: undefined },
    { event: "executed", at: Number.NaN, tool: "t" },
  ]);
  const rows = rowsOf({ seq: 7, hash: "f".repeat(64) }, notes, sha256);
  expect(rows.map(({ seq, at, actor, tool, checkpoint }) => ({ seq, at, actor, tool, checkpoint }))).toEqual([
    { seq: 8, at: 5, actor: "b\\u0000", tool: null, checkpoint: null },
    { seq: 9, at: Number.MAX_SAFE_INTEGER, actor: null, tool: "t", checkpoint: null },
  ]);
  for (const { record, hash } of rows) expect(sha256(record)).toBe(hash);
  const [first, second] = rows.map(auditRecordOf);
  expect(first).toEqual({ ...notes[0], seq: 8, previous: "f".repeat(64), hash: rows[0]?.hash });
  expect(second).toMatchObject({ at: null, previous: rows[0]?.hash });
  expect(rowsOf(NOTHING, [], sha256)).toEqual([]);
});

test("a row that the database seals becomes what it would have become here", () => {
  const field = fc.constantFrom(
    "actor",
    "call",
    "hash",
    "iffy",
    "previous",
    "reason",
    "runs",
    "seq",
    "tool",
    "z",
  );
  const odd = fc.jsonValue({ maxDepth: 2 });
  const note = fc.dictionary(field, odd).map((fields) => ({ ...fields, event: "refused", at: 1 }));
  fc.assert(
    fc.property(note, fc.nat(), (given, seq) => {
      const notes = plainNotes([given as never]);
      const hash = sha256(`${seq}`);
      const { before, between, after, ...rest } = looseRowOf(notes[0] as never);
      const [row] = rowsOf({ seq, hash }, notes, sha256);
      expect(`${before}${hash}${between}${seq + 1}${after}`).toBe(row?.record);
      expect(row).toMatchObject(rest);
    }),
    { numRuns: 300 },
  );
});

test("a checkpoint's request has its digest beside it, and is refused without it", () => {
  const request = requestOf({ action: { name: "t", input: { b: 1, a: undefined } } });
  const row = columnsOf(checkpointOf("c", { request }), sha256);
  expect(row.digest).toBe(
    sha256('{"action":{"input":{"b":1},"name":"t"},"actor":{"id":"bot","type":"agent"}}'),
  );
  expect(recordOf(row, sha256)).toEqual(checkpointOf("c", { request }));
  const altered = { ...row, record: row.record.replace('"b":1', '"b":2') };
  expect(() => recordOf(altered, sha256)).toThrow("the request of `c` is not the one that was kept");
  expect(() => recordOf({ ...row, digest: null }, sha256)).toThrow("its digest differs");
  const standing = columnsOf(standingOf("s"), sha256);
  expect(standing.digest).toBeNull();
  expect(recordOf(standing, sha256)).toEqual(standingOf("s"));
});
