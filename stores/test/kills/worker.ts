// What runs in a process that is killed.
import { writeSync } from "node:fs";
import { withSinks } from "@agentpolicy/runtime";
import { jsonLines } from "@agentpolicy/sink-jsonl";
import type { Place } from "../support/places.ts";
import { openWatched } from "./drivers.ts";
import { done, endAt, type Moment, slowStep, step } from "./steps.ts";
import { live, type Part, worldOf } from "./story.ts";

export interface KillJob {
  readonly place: Place;
  readonly journal: string;
  readonly name: string;
  readonly begin: number;
  readonly parts: readonly Part[];
  /** A file that gets all records. */
  readonly sink?: string;
  /** When it dies; else it says what its steps were, and ends. */
  readonly end?: Moment;
  /** How many lives it lives, one after another; one where absent. */
  readonly lives?: number;
}

const { place, journal, name, begin, parts, sink, end, lives } = JSON.parse(process.argv[2] ?? "") as KillJob;
endAt(end);
const { store, close } = await openWatched(place);

const sinkAt = (path: string) => {
  const { name, write } = jsonLines(path);
  return {
    name,
    write: (records: Parameters<typeof write>[0]) => slowStep("send: sink", () => write(records)),
  };
};
const used = sink === undefined ? store : withSinks(store, { sinks: [sinkAt(sink)] });
const once = (name: string) => live(worldOf({ name, store: used, journal, begin, doing: step }), parts);
if (lives) {
  // Nobody lives longer than those who started it.
  process.stdin.once("end", () => process.exit(1)).resume();
  process.stdin.unref();
  await used.list("checkpoint", {});
  writeSync(1, "begun");
  for (let number = 1; number <= lives; number++) await once(`${name}.${number}`);
} else {
  await once(name);
  writeSync(1, JSON.stringify(done()));
}
await close();
