import { createHash } from "node:crypto";
import type { AuditLog, AuditRecord } from "@agentpolicy/runtime";
import { hashedText } from "@agentpolicy/runtime/store";
import { expect } from "vitest";

/** Every record of a log; rejects, by way of the test's expectations, where they are not one chain up to its head. */
export async function wholeChain(log: AuditLog): Promise<readonly AuditRecord[]> {
  const head = await log.head();
  const records = await log.read({ limit: 1e6 });
  let previous = "0".repeat(64);
  for (const [at, record] of records.entries()) {
    expect(record.seq).toBe(at + 1);
    expect(record.previous).toBe(previous);
    previous = createHash("sha256").update(hashedText(record)).digest("hex");
    expect(record.hash).toBe(previous);
  }
  expect(records.length).toBeGreaterThanOrEqual(head.seq);
  const last = records[head.seq - 1];
  expect(head).toEqual({ seq: last?.seq ?? 0, hash: last?.hash ?? "0".repeat(64) });
  return records.slice(0, head.seq);
}
