// What runs in a process of its own: a guard whose records go to a file that others write to, too.
import { appendFileSync } from "node:fs";
import { createAgentIAM, withSinks } from "@agentpolicy/runtime";
import { sqlite } from "@agentpolicy/store-sqlite";
import { policyOf, request } from "../../../runtime/test/guard/support.ts";
import { jsonLines } from "../src/index.ts";

export interface Job {
  readonly database: string;
  readonly file: string;
  readonly journal: string;
  readonly prefix: string;
}

const { database, file, journal, prefix } = JSON.parse(process.argv[2] ?? "") as Job;
const store = withSinks(sqlite(database), { sinks: [jsonLines(file)], timeout: 60_000 });
const iam = createAgentIAM({ policy: policyOf({ decide: () => ({}) }), store, timeout: 60_000 });
process.send?.("ready");
for (let call = 0; ; call++) {
  const id = `${prefix}-${call}`;
  await iam.guard(request({ id }), () => appendFileSync(journal, `${id}\n`));
}
