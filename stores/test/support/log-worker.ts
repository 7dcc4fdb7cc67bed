// What runs in processes of its own: steps and deliveries of a store that others use too.
import { appendFileSync } from "node:fs";
import { openAt, type Place } from "./places.ts";
import { entryOf, factsOf, recordOf, tracked, trackOf } from "./records.ts";

/** What a process is to do; a `journal` is a file that gets one line for each thing that happens. */
export interface LogJob {
  readonly place: Place;
  readonly task:
    | { readonly name: "write"; readonly times: number }
    | { readonly name: "deliver"; readonly sink: string; readonly journal: string; readonly ms: number };
}

const { place, task } = JSON.parse(process.argv[2] ?? "") as LogJob;
const { store, close } = openAt(place, 4);
const { log } = store;
if (!log) throw new Error("no log");
const track = trackOf({ key: '["all"]', figure: "count" });
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** One step of each kind; how many records those are. */
async function steps(at: number): Promise<number> {
  const id = `${process.pid}-${at}`;
  const facts = { call: id, at };
  const entries = [entryOf(track, at, 1, id)];
  await Promise.all([
    log?.append([factsOf(facts), factsOf(facts)]),
    store.put(recordOf(id)).then(() => store.put(recordOf(id, { revision: 1, state: "consumed" }))),
    // One record for all: of those who put a revision at once one succeeds, and one is noted.
    store.put(recordOf(`all-${at}`)),
    store.track([track], at, () => tracked(entries, facts)),
  ]);
  await store.release(entries, factsOf(facts));
  return 6;
}

async function write(times: number): Promise<void> {
  const all = await Promise.all(Array.from({ length: times }, (_, at) => steps(at)));
  process.send?.({ ran: all.reduce((sum, records) => sum + records, 0) });
  await close();
  process.disconnect();
}

/** Delivers until it is killed. Each write of a line is one, so that a kill leaves whole lines. */
async function deliver(sink: string, journal: string, ms: number): Promise<never> {
  const say = (line: string) => appendFileSync(journal, `${process.pid} ${line}\n`);
  for (;;) {
    const left = await log?.deliver(sink, 5, async (records) => {
      say("begin");
      await pause(ms);
      say(records.map(({ seq }) => seq).join(" "));
    });
    if (left === 0) await pause(5);
  }
}

await log.head();
process.send?.("ready");
await new Promise((resolve) => process.once("message", resolve));
if (task.name === "write") await write(task.times);
else await deliver(task.sink, task.journal, task.ms);
