// What every compiled policy is made of: at most 1 kB (gzip). What only some need is in files of its own beside this one.
export { decision, freeze, identity } from "./decisions.ts";
export { isRecord, own, unfit } from "./misfit.ts";
export { type Decide, type Facts, policy, type Row } from "./policy.ts";
