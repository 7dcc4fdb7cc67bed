import { memory } from "@agentpolicy/runtime";
import { checkpointContract, listContract } from "./contract/checkpoints.ts";
import { guardContract } from "./contract/guards.ts";
import { trackContract } from "./contract/tracks.ts";

const store = memory();
checkpointContract(() => ({ one: store, other: store }));
trackContract(() => ({ one: store, other: store }));
guardContract(() => ({ one: store, other: store }));
listContract(memory);
