import type { AuditEvent, AuditNote, AuditRecord } from "./record.ts";

/** Whether a note lets a call run: by its judgement, or by the claim of its checkpoint; a resume runs by its claim alone. */
export const letsRun = ({
  event,
  call,
  checkpoint,
  runs,
}: Pick<AuditNote, "event" | "call" | "checkpoint" | "runs">): boolean =>
  call !== undefined &&
  (event === "consumed" || (event === "evaluated" && runs === true && checkpoint === undefined));

const ENDS: readonly AuditEvent[] = ["executed", "failed", "paused"];

/** Whether a note says how a call ended that was let run: it ran, or failed, or was made to wait after all. */
const isEnd = ({ event }: AuditNote): boolean => ENDS.includes(event);

/** A call that was let run. */
export interface OpenCall {
  readonly call: string;
  readonly checkpoint?: string;
  /** The record that let it run. */
  readonly seq: number;
  readonly at: number;
  readonly tool?: string;
}

/** The calls that were let run and have no end yet, over records that are added in their order. */
export function openCalls() {
  const open = new Map<string, OpenCall>();
  return {
    add(record: AuditRecord): void {
      const { call, checkpoint, seq, at, tool } = record;
      if (call === undefined) return;
      if (letsRun(record))
        open.set(call, { call, seq, at, ...(checkpoint && { checkpoint }), ...(tool && { tool }) });
      else if (isEnd(record)) open.delete(call);
    },
    all: (): readonly OpenCall[] => [...open.values()],
  };
}
