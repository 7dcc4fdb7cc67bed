import { type OpenCall, openCalls } from "./calls.ts";
import { hashedText, NOTHING } from "./chain.ts";
import { chainFindings } from "./findings.ts";
import type { AuditHead, AuditRecord } from "./record.ts";

/**
 * What is wrong with a log. `altered`: the record is not what its hash is of. `missing`: no record has these numbers.
 * `unlinked`: the record does not come after the one before it. `doubled`: another record has the same number.
 * `out_of_order`: it comes after later ones. `cut`: the log goes on, by a head that was noted, and these are not
 * there. `replaced`: a head that was noted is of another record. `foreign`: no record at all; `after` is the last one before it.
 */
export type ChainFinding =
  | { readonly kind: "altered" | "unlinked" | "doubled" | "out_of_order" | "replaced"; readonly seq: number }
  | { readonly kind: "missing" | "cut"; readonly from: number; readonly to: number }
  | { readonly kind: "foreign"; readonly after: number };

export interface VerifyOptions {
  /** The SHA-256 (hex) of a text as UTF-8. */
  readonly sha256: (text: string) => string | Promise<string>;
  /** What the first record comes after, where the records are not the whole log: a head that was noted. */
  readonly from?: AuditHead;
  /** Heads that were noted: of the store now, or elsewhere and earlier. */
  readonly head?: AuditHead | readonly AuditHead[];
}

/** What a log is found to be. */
export interface ChainReport {
  readonly ok: boolean;
  /** At most a thousand. */
  readonly findings: readonly ChainFinding[];
  /** How many findings there are beyond those. */
  readonly more: number;
  /** How many records there are, repetitions not counted. */
  readonly records: number;
  readonly first?: AuditHead & { readonly at: number };
  readonly last?: AuditHead & { readonly at: number };
  /** What to note elsewhere: the last record's, or where there is none what it would come after. */
  readonly head: AuditHead;
  /** Calls that were let run and of which there is no outcome: they are running, or whoever ran them died. */
  readonly open: readonly OpenCall[];
}

/**
 * Goes through a log once, in its order. A record that is there again, as deliveries repeat them, is no finding as long as it
 * is the same and no more than ten thousand records back. Rejects only where reading does.
 */
export async function verifyChain(
  records: Iterable<AuditRecord> | AsyncIterable<AuditRecord>,
  { sha256, from = NOTHING, head = [] }: VerifyOptions,
): Promise<ChainReport> {
  const heads = "hash" in head ? [head] : head;
  const chain = chainFindings(from, heads);
  const calls = openCalls();
  let count = 0;
  let first: (AuditHead & { readonly at: number }) | undefined;
  let last: (AuditHead & { readonly at: number }) | undefined;
  for await (const record of records) {
    const isSound = isAuditRecord(record) ? await isUnaltered(record, sha256) : undefined;
    if (!chain.add(record, isSound)) continue;
    count++;
    calls.add(record);
    const { seq, hash, at } = record;
    last = { seq, hash, at };
    first ??= last;
  }
  const { findings, more } = chain.end();
  return {
    ok: findings.length === 0,
    findings,
    more,
    records: count,
    ...(first && last && { first, last }),
    head: last ? { seq: last.seq, hash: last.hash } : from,
    open: calls.all(),
  };
}

async function isUnaltered(record: AuditRecord, sha256: VerifyOptions["sha256"]): Promise<boolean> {
  try {
    return (await sha256(hashedText(record))) === record.hash;
  } catch {
    // Nested deeper than anything that a log keeps.
    return false;
  }
}

/** Whether a value has what makes a record one of a chain. As JSON a time that is not a number is null. */
export function isAuditRecord(value: unknown): value is AuditRecord {
  const { seq, hash, previous, event, at } = (value ?? {}) as Partial<AuditRecord>;
  return (
    Number.isSafeInteger(seq) &&
    (seq as number) > 0 &&
    [hash, previous, event].every((text) => typeof text === "string") &&
    (typeof at === "number" || at === null)
  );
}
