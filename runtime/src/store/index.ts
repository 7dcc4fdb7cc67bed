/** What stores over databases share: how checkpoints become rows and tracks become totals. */
export { type Columns, columnsOf, recordOf, textOf, UNTIL_EXPIRED } from "./columns.ts";
export { type Addition, additionsOf, figuresOf } from "./totals.ts";
export { type Bucket, bucketsAt, firstKept, type Range, rangesOf } from "./windows.ts";
