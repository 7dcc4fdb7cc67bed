import { memory } from "@agentpolicy/runtime";
import { clockContract } from "./contract/clocks.ts";
import { guardContract } from "./contract/guards.ts";
import { listContract, recordContract } from "./contract/records.ts";
import { trackContract } from "./contract/tracks.ts";
import { transitionContract } from "./contract/transitions.ts";
import { woundContract } from "./contract/wounds.ts";

const store = memory();
recordContract(() => ({ one: store, other: store }));
trackContract(() => ({ one: store, other: store }));
guardContract(() => ({ one: store, other: store }));
clockContract(() => ({ one: store, other: store }), 0);
listContract(memory);
transitionContract(() => ({ one: store, other: store }), 150);
woundContract(() => ({ one: store, other: store }));
