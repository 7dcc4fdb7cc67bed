// What compiled policies are made of. Each of these is a few lines, and a policy is shipped with those that it uses.
export { askByDefault } from "./approval.ts";
export { denyByDefault, freeze, identity, ruled } from "./decisions.ts";
export { other } from "./enums.ts";
export { atMost, failed, finite, need, tried, unread } from "./faults.ts";
export { also, settle } from "./levels.ts";
export { count, every, includes, includesAll, includesAny, some } from "./lists.ts";
export { hasOwn, isRecord, own, unfit } from "./misfit.ts";
export { type Decide, type Facts, policy, type Row } from "./policy.ts";
export { counted, figure, unavailable, uncounted } from "./tracks.ts";
