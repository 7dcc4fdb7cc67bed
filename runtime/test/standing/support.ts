import {
  createStandingApprovals,
  type Grant,
  type IamOptions,
  loggedMemory,
  standingApprovals,
} from "@agentpolicy/runtime";
import { guardedBy, MINUTE, policyOf, type Written } from "../guard/support.ts";

const ROLES: { readonly [id: string]: readonly string[] } = {
  ann: ["lead"],
  bob: ["lead", "cfo"],
  eve: [],
};

/** A guard that heeds approvals given ahead, and the people who give them: `ann`, `bob`, `eve`; nobody knows others. */
export function ahead(written: Written, options: Omit<IamOptions, "policy" | "store"> = {}) {
  const store = loggedMemory();
  const policy = policyOf(written);
  const made = guardedBy(policy, { store, standing: standingApprovals, ...options });
  const standing = createStandingApprovals({
    store,
    policy,
    clock: () => made.time.now,
    authenticate: (id: string) => ROLES[id] && { id, roles: ROLES[id] },
  });
  const until = made.time.now + 60 * MINUTE;
  const grantFor = (more: Partial<Grant> = {}): Grant => ({
    actor: { type: "agent", id: "bot-1" },
    tool: "t",
    until,
    ...more,
  });
  const grant = (more: Partial<Grant> = {}, who = "ann") => standing.grant(grantFor(more), who);
  const records = () => store.log.read({ limit: 1e6 });
  return { ...made, store, standing, grant, grantFor, records, until };
}
