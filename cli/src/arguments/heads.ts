import type { AuditHead } from "@agentpolicy/runtime";
import { isMistake, type Mistake, mistake } from "../result.ts";

/** A head as `audit verify` prints it: `1042:9f0c…`, the number of a record and its hash. */
export const readHead = (text: string): AuditHead | Mistake => {
  const [, seq, hash] = /^(\d+):([0-9a-f]{64})$/i.exec(text.trim()) ?? [];
  return seq === undefined || hash === undefined || !Number.isSafeInteger(Number(seq))
    ? mistake(
        `\`${text}\` is no head`,
        "SEQ:HASH, as `agentpolicy audit verify` prints it; the hash has 64 hexadecimal digits",
      )
    : { seq: Number(seq), hash: hash.toLowerCase() };
};

/** Several heads, or what is wrong with the first that is none. */
export const readHeads = (texts: readonly string[]): { readonly heads: readonly AuditHead[] } | Mistake => {
  const heads: AuditHead[] = [];
  for (const text of texts) {
    const head = readHead(text);
    if (isMistake(head)) return head;
    heads.push(head);
  }
  return { heads };
};

export const headText = ({ seq, hash }: AuditHead): string => `${seq}:${hash}`;
