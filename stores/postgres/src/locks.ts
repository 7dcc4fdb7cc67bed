import { createHash } from "node:crypto";

/** A text of any length as one of 32 bytes; whoever finds two of the same has broken SHA-256. */
export const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** The same in hexadecimal digits. */
export const sha256 = (text: string): string => digest(text).toString("hex");

/** The advisory lock for a name: 64 bits. Two names with the same lock wait needlessly, nothing more. */
export const lockOf = (name: string): bigint => digest(`agentpolicy ${name}`).readBigInt64BE();

/**
 * Statements that take the locks for names, held to the transaction's end: in ascending order and each once, so that no two
 * transactions ever wait for each other.
 */
export const locking = (names: readonly string[]): readonly string[] =>
  [...new Set(names.map(lockOf))]
    .sort((a, b) => (a < b ? -1 : 1))
    .map((lock) => `SELECT pg_advisory_xact_lock(${lock})`);
