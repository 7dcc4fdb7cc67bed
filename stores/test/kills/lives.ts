// Starts processes that live until the moment that they are given.
import { spawn } from "node:child_process";
import { once } from "node:events";
import type { AuditRecord } from "@agentpolicy/runtime";
import type { Moment } from "./steps.ts";
import type { KillJob } from "./worker.ts";

const DAY = 86_400_000;
/** Stores keep totals of so many milliseconds and of parts of that: lives so far apart take the same steps. */
const APART = 32 ** 7;

/** When lives begin, the later ones earlier: so nobody's time is up because of those who come after. */
export const beginOf = (number: number): number => Date.UTC(2026, 0, 1) - number * APART;
export const nameOf = (number: number): string => `life${number}`;

export interface Ended {
  readonly signal: NodeJS.Signals | null;
  readonly code: number | null;
  /** What it said: at which step it died, or what its steps were. */
  readonly said: string;
}

export interface Fate {
  /** It is killed so many milliseconds after it said that it has begun. */
  readonly ms?: number;
  /** How long files may become that it writes, in the shell's blocks. */
  readonly blocks?: number;
}

/** A process, from its start to its end. */
export async function lived(file: string, job: KillJob, { ms, blocks }: Fate = {}): Promise<Ended> {
  const command = [process.execPath, file, JSON.stringify(job)] as const;
  const limited = ["sh", "-c", `ulimit -f ${blocks}; exec "$0" "$@"`, ...command] as const;
  const [program, ...given] = blocks === undefined ? command : limited;
  const child = spawn(program, given, {
    stdio: ["pipe", "pipe", "inherit"],
    // Nobody who was not killed in time is left behind.
    timeout: 120_000,
  });
  let said = "";
  child.stdout.on("data", (chunk) => {
    said += chunk;
    if (ms !== undefined) setTimeout(() => child.kill("SIGKILL"), ms);
  });
  const [code, signal] = await once(child, "close");
  return { code, signal, said };
}

/** Whether others hear of a step at once: whoever dies after it has not undone it. */
const isHeard = (label: string): boolean => /COMMIT|journal|sink/.test(label);

/** Whether a step is told to somebody else, who goes on with it alone. */
const isSent = (label: string): boolean => label.startsWith("send:");

/** A moment to die at: in which story, and at what. */
export interface Target extends Moment {
  readonly story: number;
  readonly label: string;
}

/**
 * The moments to die at, given what the steps of some stories are, and at least so many where there are as many: each step of
 * everything that is done, up to what others hear of, and the end of what is done again. Of a row of the same statements it is
 * the first and the last.
 */
export function momentsOf(stories: readonly (readonly string[])[], least = 0): readonly Target[] {
  const passages = stories.flatMap((labels, story) => passagesOf(labels).map((steps) => ({ story, steps })));
  for (let whole = 1; ; whole++) {
    const times = new Map<string, number>();
    const targets = passages.flatMap(({ story, steps }) => {
      const labelAt = (step: number) => stories[story]?.[step - 1] ?? "";
      return momentsIn(steps, labelAt, times, whole).map((moment) => ({
        ...moment,
        story,
        label: labelAt(moment.step),
      }));
    });
    if (targets.length >= least || whole > passages.length) return targets;
  }
}

/** Each step of what is done for the first `whole` times. */
function momentsIn(
  steps: readonly number[],
  labelAt: (step: number) => string,
  times: Map<string, number>,
  whole: number,
): readonly Moment[] {
  const distinct = steps.filter(
    (step) => labelAt(step) !== labelAt(step - 1) || labelAt(step) !== labelAt(step + 1),
  );
  const text = distinct.map(labelAt).join();
  const before = times.get(text) ?? 0;
  times.set(text, before + 1);
  const chosen = before < whole ? distinct : [];
  const last = steps.at(-1) as number;
  const sent = [...new Set([...chosen, last])].filter((step) => isSent(labelAt(step)));
  return [
    ...chosen.map((step) => ({ step, when: "before" }) as const),
    ...sent.map((step) => ({ step, when: "sent" }) as const),
    { step: last, when: "after" } as const,
  ].sort((one, other) => one.step - other.step);
}

/** The steps, each passage up to what others hear of. */
function passagesOf(labels: readonly string[]): readonly (readonly number[])[] {
  const passages: number[][] = [[]];
  for (const [at, label] of labels.entries()) {
    passages.at(-1)?.push(at + 1);
    if (isHeard(label)) passages.push([]);
  }
  return passages.filter((steps) => steps.length > 0);
}

/** Records as they would be whoever's life it was, at whatever time. */
export function told(records: readonly AuditRecord[], number: number): readonly string[] {
  const name = nameOf(number);
  const begin = beginOf(number);
  return records
    .filter(({ actor }) => actor?.id === name)
    .map(({ seq, hash, previous, figures, ...rest }) =>
      JSON.stringify(rest, (_, value: unknown) =>
        typeof value === "number" && Math.abs(value - begin) < DAY / 2 ? `begin + ${value - begin}` : value,
      ).replaceAll(name, "life"),
    );
}
