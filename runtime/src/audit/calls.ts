import type { AuditEvent, AuditNote, AuditRecord } from "./record.ts";

/**
 * Whether a note lets a call run: it was allowed, or approved ahead, or its checkpoint claimed. A resume runs by its claim
 * alone, and what has no `call` was only asked about.
 */
export function letsRun({
  event,
  call,
  checkpoint,
  standing = [],
  decision,
}: Pick<AuditNote, "event" | "call" | "checkpoint" | "standing" | "decision">): boolean {
  if (call === undefined) return false;
  if (event === "consumed") return true;
  if (event !== "evaluated" || checkpoint !== undefined) return false;
  const effect = decision?.decision;
  return effect === "allow" || (effect === "approval_required" && standing.length > 0);
}

const ENDS: readonly AuditEvent[] = ["executed", "failed", "paused"];

/** Whether a note says how a call ended that was let run: it ran, or failed, or was made to wait after all. */
export const isEnd = ({ event }: AuditNote): boolean => ENDS.includes(event);

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
