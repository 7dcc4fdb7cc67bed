// What runs in processes of its own: a guard over a store that others use too.
import { appendFileSync } from "node:fs";
import { createAgentIAM } from "@agentpolicy/runtime";
import { openAt, type Place } from "./places.ts";
import { callOf, limitedTo, peopleOf } from "./rules.ts";

/** What a process is to do; `journal` is a file that gets one line for each thing that happens. */
export interface Job {
  readonly place: Place;
  readonly journal: string;
  readonly limit: number;
  readonly task:
    | { readonly name: "resume"; readonly id: string; readonly times: number }
    | { readonly name: "call"; readonly times: number }
    | { readonly name: "live"; readonly prefix: string };
}

const job = JSON.parse(process.argv[2] ?? "") as Job;
const { store, close } = openAt(job.place, 6);
const iam = createAgentIAM({ policy: limitedTo(job.limit), store, timeout: 60_000 });
const people = peopleOf(store);
/** One write each, so that a kill leaves whole lines. */
const note = (what: "run" | "approve", id: unknown) => appendFileSync(job.journal, `${what} ${id}\n`);
const execute = (input: unknown) => note("run", (input as { id: unknown }).id);

/** Makes calls that wait, approves them and takes up what is approved, its own and that of those who died. */
async function live(prefix: string): Promise<never> {
  await people.get("none");
  process.send?.("ready");
  for (let call = 0; ; call++) {
    const id = `${prefix}-${call}`;
    await iam.guard(callOf("pay", id), execute);
    for (const { id, request } of await people.list({ state: "pending" })) {
      note("approve", (request.action.input as { id: unknown }).id);
      await people.approve(id, { id: "ann" });
    }
    for (const { id } of await people.list({ state: "approved" })) await iam.resume(id, execute);
  }
}

/** Begins with all others, and says how many of its attempts ran. */
async function race(attempt: (at: number) => Promise<{ readonly executed: boolean }>, times: number) {
  await people.get("none");
  process.send?.("ready");
  await new Promise((resolve) => process.once("message", resolve));
  const results = await Promise.all(Array.from({ length: times }, (_, at) => attempt(at)));
  process.send?.({ ran: results.filter(({ executed }) => executed).length });
  await close();
  process.disconnect();
}

const { task } = job;
if (task.name === "live") await live(task.prefix);
else if (task.name === "resume") await race(() => iam.resume(task.id, execute), task.times);
else await race((at) => iam.guard(callOf("small", `${process.pid}-${at}`), execute), task.times);
