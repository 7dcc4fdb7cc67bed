import type { AuditHead, AuditRecord } from "./record.ts";
import type { ChainFinding } from "./verify.ts";

/** How many findings are kept, and how many gaps. */
const KEPT = 1000;
/** How far back a repetition is recognised, in records: more than any delivery hands over at once. */
const BACK = 10_000;

/** What is wrong with a chain, over records that are added as they are found. */
export function chainFindings(from: AuditHead, heads: readonly AuditHead[]) {
  const findings: ChainFinding[] = [];
  let more = 0;
  let { seq: last, hash: tip } = from;
  const hashes = new Map<number, string>([[last, tip]]);
  const noted = new Map(heads.map(({ seq, hash }) => [seq, hash]));
  /** Numbers that were left out so far: they may come yet. */
  let gaps: { from: number; to: number }[] = [];

  const find = (finding: ChainFinding): void => {
    if (findings.length < KEPT) findings.push(finding);
    else more++;
  };

  /** A record with a number that was passed already; whether it was missing until now. */
  const isLate = ({ seq, hash }: AuditRecord): boolean => {
    const gap = gaps.find((gap) => gap.from <= seq && seq <= gap.to);
    if (gap) {
      const halves = [
        { from: gap.from, to: seq - 1 },
        { from: seq + 1, to: gap.to },
      ].filter((half) => half.from <= half.to);
      gaps = gaps.flatMap((other) => (other === gap ? halves : [other]));
      find({ kind: "out_of_order", seq });
      return true;
    }
    const known = hashes.get(seq);
    if (known !== hash) find({ kind: known === undefined ? "out_of_order" : "doubled", seq });
    return false;
  };

  return {
    /** Whether the record is one more of the log. `isSound`: whether its hash is right; undefined where it is no record. */
    add(record: AuditRecord, isSound: boolean | undefined): boolean {
      if (isSound === undefined) {
        find({ kind: "foreign", after: last });
        return false;
      }
      const { seq, hash, previous } = record;
      if (!isSound) find({ kind: "altered", seq });
      if (seq <= last) return isLate(record);
      if (seq > last + 1) {
        const gap = { from: last + 1, to: seq - 1 };
        if (gaps.length < KEPT) gaps.push(gap);
        else find({ kind: "missing", ...gap });
      } else if (previous !== tip) find({ kind: "unlinked", seq });
      if (noted.has(seq) && noted.get(seq) !== hash) find({ kind: "replaced", seq });
      [last, tip] = [seq, hash];
      hashes.set(seq, hash);
      hashes.delete(seq - BACK);
      return true;
    },
    end(): { readonly findings: readonly ChainFinding[]; readonly more: number } {
      for (const gap of gaps) find({ kind: "missing", ...gap });
      const end = Math.max(last, ...noted.keys());
      if (end > last) find({ kind: "cut", from: last + 1, to: end });
      return { findings, more };
    },
  };
}
