import { check, loadProgram, memoryHost } from "@agentpolicy/language";
import { quantile } from "../harness/statistics.ts";
import type { Editor } from "./client.ts";
import { pointings, typings } from "./keystrokes.ts";
import type { LargePolicy } from "./large.ts";
import type { Latency } from "./result.ts";

/** How much is done of each. */
export interface Amounts {
  /** Phrases typed, letter by letter, before and while it counts. */
  readonly warmup: number;
  readonly phrases: number;
  readonly hovers: number;
  readonly fulls: number;
}

export const latency = (name: string, samples: readonly number[]): Latency => ({
  name,
  samples: samples.length,
  p50: quantile(samples, 0.5),
  p95: quantile(samples, 0.95),
  most: Math.max(...samples),
});

/** Types, waits for diagnostics after each letter; types again and asks for completions after each; points at names. */
export async function measureEditor(
  editor: Editor,
  text: string,
  amounts: Amounts,
): Promise<readonly Latency[]> {
  const { warmup, phrases, hovers } = amounts;
  const type = async (count: number, letter: (offset: number, letter: string) => Promise<number>) => {
    const times: number[] = [];
    for (const { offset, text: phrase } of typings(text, count)) {
      for (const [at, one] of [...phrase].entries()) times.push(await letter(offset + at, one));
      times.push(await editor.edit(offset, offset + phrase.length, "", true));
    }
    return times;
  };
  const diagnose = (offset: number, letter: string) => editor.edit(offset, offset, letter, true);
  const complete = async (offset: number, letter: string) => {
    const sent = await editor.edit(offset, offset, letter, false);
    return sent + (await editor.ask("completion", offset + 1));
  };
  await type(warmup, diagnose);
  const diagnostics = await type(phrases, diagnose);
  const completions = await type(phrases, complete);
  const pointed: number[] = [];
  for (const offset of pointings(text, hovers)) pointed.push(await editor.ask("hover", offset));
  return [
    latency("diagnostics after a keystroke", diagnostics),
    latency("completion after a keystroke", completions),
    latency("hover", pointed),
  ];
}

/** The whole policy loaded and checked from nothing, again and again. */
export function measureFull({ entry, files }: LargePolicy, amounts: Amounts): Latency {
  const times: number[] = [];
  for (let round = 0; round < amounts.fulls; round += 1) {
    const began = performance.now();
    check(loadProgram(entry, memoryHost(files)), { facts: true });
    times.push(performance.now() - began);
  }
  return latency("plain full check", times.slice(1));
}
