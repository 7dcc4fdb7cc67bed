import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** One call of a ground-truth trace. */
export interface TracedCall {
  readonly tool: string;
  readonly input: { readonly [name: string]: unknown };
}

export interface UserTask {
  readonly id: string;
  readonly prompt: string;
  readonly calls: readonly TracedCall[];
  /** Calls whose result carries the attacker's text. */
  readonly injectable_at: readonly { readonly call: number }[];
}

export interface InjectionTask {
  readonly id: string;
  readonly goal: string;
  readonly calls: readonly TracedCall[];
  /** Indices of the calls that do the harm. */
  readonly harm_calls: readonly number[];
}

export interface Suite {
  readonly users: readonly UserTask[];
  readonly injections: readonly InjectionTask[];
}

const folder = fileURLToPath(new URL("../../../shared/corpus/agentdojo/", import.meta.url));

/** Whether the AgentDojo traces are at hand; they are not part of this repository. */
export const tracesAreHere = existsSync(folder);

export const readSuite = (name: "banking" | "slack"): Suite => {
  const read = (file: string) => JSON.parse(readFileSync(`${folder}${name}/${file}`, "utf8"));
  return { users: read("user_tasks.json"), injections: read("injection_tasks.json") };
};
