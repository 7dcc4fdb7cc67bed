// One seed for every property of the tests, so that a red run is the fault of a change and not of luck. To look further:
// AGENTPOLICY_SEED=random npx vitest run compiler/test (a failure names its seed; AGENTPOLICY_SEED=123 runs it again).
import fc from "fast-check";

const wanted = process.env.AGENTPOLICY_SEED ?? "20261123";
if (wanted !== "random") fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(wanted) });
