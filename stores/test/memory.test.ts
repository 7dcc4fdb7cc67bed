import { memory } from "@agentpolicy/runtime";
import { guardContract } from "./contract/guards.ts";
import { listContract, recordContract } from "./contract/records.ts";
import { trackContract } from "./contract/tracks.ts";

const store = memory();
recordContract(() => ({ one: store, other: store }));
trackContract(() => ({ one: store, other: store }));
guardContract(() => ({ one: store, other: store }));
listContract(memory);
