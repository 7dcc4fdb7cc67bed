// Counts what a process does, and ends the process in the middle of that.
import { writeSync } from "node:fs";

/**
 * A moment of the `step`th thing that a process does, counted from 1: before it, once whoever does it was told to, or after it,
 * before anybody hears of that.
 */
export interface Moment {
  readonly step: number;
  readonly when: "before" | "sent" | "after";
}

/** What was done so far, in words. */
const labels: string[] = [];
let end: Moment | undefined;

export const done = (): readonly string[] => labels;

/** From now on the process ends at that moment, and says at what on its standard output. */
export function endAt(moment: Moment | undefined): void {
  end = moment;
}

/** Ends the process if this is the moment. A signal to oneself is there before `kill` returns. */
export function reach(step: number, when: Moment["when"]): void {
  if (end?.step !== step || end.when !== when) return;
  writeSync(1, labels[step - 1] ?? "");
  process.kill(process.pid, "SIGKILL");
}

export function begin(label: string): number {
  const step = labels.push(label);
  reach(step, "before");
  return step;
}

/** One step. One that throws did not happen. */
export function step<T>(label: string, work: () => T): T {
  const at = begin(label);
  try {
    const result = work();
    reach(at, "after");
    return result;
  } catch (error) {
    labels.pop();
    throw error;
  }
}

/** One step that takes its time. */
export async function slowStep<T>(label: string, work: () => Promise<T>): Promise<T> {
  const at = begin(label);
  const result = work();
  reach(at, "sent");
  const answer = await result;
  reach(at, "after");
  return answer;
}
