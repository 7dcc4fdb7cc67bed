// What runs in processes of its own: a guard over a store that others use too.
import { appendFileSync } from "node:fs";
import { createAgentIAM } from "@agentpolicy/runtime";
import { openAt, type Place } from "./places.ts";
import { callOf, limitedTo } from "./rules.ts";

/** What a process is to do; `journal` is a file that gets one line for each thing that happens. */
export interface Job {
  readonly place: Place;
  readonly journal: string;
  readonly limit: number;
  readonly task:
    | { readonly name: "resume"; readonly id: string; readonly times: number }
    | { readonly name: "call"; readonly times: number };
}

const job = JSON.parse(process.argv[2] ?? "") as Job;
const { store, close } = openAt(job.place, 6);
const iam = createAgentIAM({ policy: limitedTo(job.limit), store, timeout: 60_000 });
/** One write each. */
const execute = (input: unknown) => appendFileSync(job.journal, `run ${(input as { id: unknown }).id}\n`);

/** Begins with all others, and says how many of its attempts ran. */
async function race(attempt: (at: number) => Promise<{ readonly executed: boolean }>, times: number) {
  await store.list("checkpoint", {});
  process.send?.("ready");
  await new Promise((resolve) => process.once("message", resolve));
  const results = await Promise.all(Array.from({ length: times }, (_, at) => attempt(at)));
  process.send?.({ ran: results.filter(({ executed }) => executed).length });
  await close();
  process.disconnect();
}

const { task } = job;
if (task.name === "resume") await race(() => iam.resume(task.id, execute), task.times);
else await race((at) => iam.guard(callOf("small", `${process.pid}-${at}`), execute), task.times);
