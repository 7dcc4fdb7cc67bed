import { createHash } from "node:crypto";
import { auditRecordOf, columnsOf, NOTHING, plainNotes, recordOf, rowsOf } from "@agentpolicy/runtime/store";
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
