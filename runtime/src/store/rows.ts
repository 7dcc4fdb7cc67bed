import { type Sha256, sealed } from "../audit/chain.ts";
import type { AuditHead, AuditNote, AuditRecord } from "../audit/record.ts";
import { canonical } from "../guard/canonical.ts";
import type { Json } from "../guard/copy.ts";
import { textOf } from "./columns.ts";

/** A record of the log as a row: what is looked for, the text that the hash is over, and the hash. */
export interface AuditRow {
  readonly seq: number;
  readonly event: string;
  /** Epoch milliseconds; a time that is not a number is the latest. */
  readonly at: number;
  readonly checkpoint: string | null;
  readonly actor: string | null;
  readonly tool: string | null;
  /** Canonical JSON (RFC 8785) of the record without its hash: `hash` is the SHA-256 of just this text. */
  readonly record: string;
  readonly hash: string;
}

/** Notes as what they are once they were kept: plain JSON. Throws where they are none. */
export const plainNotes = (notes: readonly AuditNote[]): readonly AuditNote[] =>
  JSON.parse(JSON.stringify(notes)) as readonly AuditNote[];

/** Plain notes as the next rows of a log. */
export function rowsOf(head: AuditHead, notes: readonly AuditNote[], sha256: Sha256): readonly AuditRow[] {
  const texts: string[] = [];
  const hashed = (text: string) => {
    texts.push(text);
    return sha256(text);
  };
  return sealed(head, notes, hashed).map((record, index) => ({
    ...lookedFor(record),
    seq: record.seq,
    record: texts[index] as string,
    hash: record.hash,
  }));
}

/** A row whose place in the chain is not known yet. */
export interface LooseRow extends Omit<AuditRow, "seq" | "record" | "hash"> {
  /** `record` is `before`, the hash of the row before, `between`, this row's number, and `after`. */
  readonly before: string;
  readonly between: string;
  readonly after: string;
}

/** A plain note as a row, for databases that seal it themselves: what `sealed` would make of it at any place. */
export function looseRowOf(note: AuditNote): LooseRow {
  /** The fields whose names come between two others, as canonical JSON has them, each followed or preceded by a comma. */
  const fields = (from: string, to: string): string => {
    const found = Object.entries(note).filter(([name]) => from < name && name < to && name !== "hash");
    return canonical(Object.fromEntries(found) as Json).slice(1, -1);
  };
  const [before, between, after] = [
    fields("", "previous"),
    fields("previous", "seq"),
    fields("seq", "\uffff"),
  ];
  return {
    ...lookedFor(note),
    before: `{${before}${before && ","}"previous":"`,
    between: `",${between}${between && ","}"seq":`,
    after: `${after && ","}${after}}`,
  };
}

const lookedFor = ({ event, at, checkpoint, actor, tool }: AuditNote) => ({
  event,
  at: Number.isFinite(at) ? at : Number.MAX_SAFE_INTEGER,
  checkpoint: columnOf(checkpoint),
  actor: columnOf(actor?.id),
  tool: columnOf(tool),
});

/** What cannot be looked for is in the record all the same: notes tell of requests that are no requests, too. */
const columnOf = (text: unknown): string | null => (typeof text === "string" ? textOf(text) : null);

/** The record that a row keeps. */
export const auditRecordOf = ({ record, hash }: Pick<AuditRow, "record" | "hash">): AuditRecord =>
  ({ ...(JSON.parse(record) as object), hash }) as AuditRecord;
