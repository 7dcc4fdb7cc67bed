import { createHash } from "node:crypto";
import type { AuditFacts, AuditHead, AuditNote, AuditRecord, AuditSink } from "@agentpolicy/runtime";
import { NOTHING, sealed } from "@agentpolicy/runtime/store";

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** A chain of so many records, after a head. */
export const chainOf = (notes: number | readonly AuditNote[], head: AuditHead = NOTHING): AuditRecord[] => [
  ...sealed(
    head,
    typeof notes === "number"
      ? Array.from({ length: notes }, (_, at): AuditNote => ({ event: "refused", at, refused: "unknown" }))
      : notes,
    sha256,
  ),
];

export const headOf = (record: AuditRecord | undefined): AuditHead => ({
  seq: record?.seq ?? 0,
  hash: record?.hash ?? "",
});

export const factsOf = (more: Partial<AuditFacts> = {}): AuditFacts => ({
  event: "refused",
  at: 1,
  refused: "unknown",
  ...more,
});

/** A sink that keeps what it takes, and does as it is told. */
export function sinkOf(
  name = "s",
  does: (records: readonly AuditRecord[]) => Promise<void> = async () => {},
) {
  const taken: AuditRecord[] = [];
  const control = { does, writes: 0, atOnce: 0, most: 0 };
  const sink: AuditSink = {
    name,
    async write(records) {
      control.writes++;
      control.most = Math.max(control.most, ++control.atOnce);
      try {
        await control.does(records);
        taken.push(...records);
      } finally {
        control.atOnce--;
      }
    },
  };
  return { sink, taken, control };
}

export const fails = async (): Promise<void> => {
  throw new Error("no room");
};

export const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  for (let tries = 500; tries--; ) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 4));
  }
  throw new Error("it never came to hold");
};
