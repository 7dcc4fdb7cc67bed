import { createReadStream } from "node:fs";
import { type AuditRecord, isAuditRecord } from "@agentpolicy/runtime";

/**
 * A line of a file of records, counted from 1. `torn`: no JSON, as a crash leaves it behind (the whole record comes again
 * further down). `foreign`: JSON, but no record.
 */
export type AuditLine =
  | { readonly line: number; readonly record: AuditRecord; readonly problem?: undefined }
  | { readonly line: number; readonly record?: undefined; readonly problem: "torn" | "foreign" };

/** Far longer than any record that a guard takes; what is longer is not kept in memory. */
const LONGEST = 1 << 28;
const NEWLINE = 10;

/**
 * The lines of a file (or of chunks of bytes, standard input for one), one after another, empty ones left out. Rejects where
 * reading does.
 */
export async function* readJsonLines(from: string | AsyncIterable<Uint8Array>): AsyncGenerator<AuditLine> {
  let line = 0;
  for await (const bytes of linesOf(typeof from === "string" ? createReadStream(from) : from)) {
    line++;
    if (bytes === undefined) yield { line, problem: "foreign" };
    else if (bytes.length > 0) yield { line, ...parsed(bytes.toString("utf8")) };
  }
}

function parsed(text: string): { readonly record: AuditRecord } | { readonly problem: "torn" | "foreign" } {
  try {
    const value: unknown = JSON.parse(text);
    return isAuditRecord(value) ? { record: value } : { problem: "foreign" };
  } catch {
    return { problem: "torn" };
  }
}

/** Lines without their ends; undefined for one that is too long. */
async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer | undefined> {
  let parts: Uint8Array[] = [];
  let length = 0;
  const add = (part: Uint8Array) => {
    length += part.length;
    if (length <= LONGEST) parts.push(part);
    else parts = [];
  };
  const taken = () => {
    const bytes = length <= LONGEST ? Buffer.concat(parts) : undefined;
    parts = [];
    length = 0;
    return bytes;
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      add(chunk.subarray(start, end));
      yield taken();
      start = end + 1;
    }
    add(chunk.subarray(start));
  }
  if (length > 0) yield taken();
}
