/** What stores over databases share: how records become rows, notes a chain of them, and tracks totals. */
export { hashedText, NOTHING, type Sha256, sealed } from "../audit/chain.ts";
export { noteOf, noteOfRecord } from "../audit/notes.ts";
export { inBatches } from "./batches.ts";
export { type Columns, columnsOf, recordOf, textOf, UNTIL_EXPIRED } from "./columns.ts";
export { type AuditRow, auditRecordOf, type LooseRow, looseRowOf, plainNotes, rowsOf } from "./rows.ts";
export { type Addition, additionsOf, figuresOf } from "./totals.ts";
export { inTurns } from "./turns.ts";
export { type Bucket, bucketsAt, firstKept, type Range, rangesOf } from "./windows.ts";
