export { chanceFrom, type LargePolicy, largePolicy } from "@agentpolicy/bench/large";
