import { loggedMemory } from "@agentpolicy/runtime";
import { clockContract } from "./contract/clocks.ts";
import { deliveryContract } from "./contract/deliveries.ts";
import { guardContract } from "./contract/guards.ts";
import { logContract, logFilterContract } from "./contract/log.ts";
import { listContract, recordContract } from "./contract/records.ts";
import { trackContract } from "./contract/tracks.ts";
import { transitionContract } from "./contract/transitions.ts";
import { woundContract } from "./contract/wounds.ts";

const store = loggedMemory();
const both = () => ({ one: store, other: store });
// First: it begins with a log that is empty.
logContract(both);
recordContract(both);
trackContract(both);
guardContract(both);
transitionContract(both, 100);
woundContract(both);
clockContract(both, 0);
listContract(loggedMemory);
logFilterContract(loggedMemory);
const delivering = loggedMemory();
deliveryContract(() => ({ one: delivering, other: delivering }));
