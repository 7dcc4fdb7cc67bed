import { canonical } from "../guard/canonical.ts";
import type { Json } from "../guard/copy.ts";
import type { AuditHead, AuditNote, AuditRecord } from "./record.ts";

/** The SHA-256 (hex) of a text as UTF-8. */
export type Sha256 = (text: string) => string;

/** What the first record of a log comes after. */
export const NOTHING: AuditHead = { seq: 0, hash: "0".repeat(64) };

/** What a record's hash is over: all of it but the hash. Source: RFC 8785 for the text. */
export const hashedText = ({ hash, ...rest }: AuditRecord): string =>
  // As it will be read again: without fields that have no value.
  canonical(JSON.parse(JSON.stringify(rest)) as Json);

/** Notes as the next records of a chain. */
export function sealed(head: AuditHead, notes: readonly AuditNote[], sha256: Sha256): readonly AuditRecord[] {
  let { seq, hash: previous } = head;
  return notes.map((note) => {
    const record = { ...note, seq: ++seq, previous, hash: "" };
    previous = sha256(hashedText(record));
    return { ...record, hash: previous };
  });
}
