import {
  type Approver,
  type Checkpoints,
  createCheckpoints,
  type Policy,
  type Request,
  type Store,
} from "@agentpolicy/runtime";
import { approval, policyOf } from "../../../runtime/test/guard/support.ts";

/** Small calls count against a limit; `pay` waits for somebody, and counts too. */
export const limitedTo = (limit: number): Policy =>
  policyOf({
    tracks: [{ id: "p.n", figure: "count", per: "policy", within: 86_400_000 }],
    reads: ["p.n"],
    adds: () => [{ track: "p.n", amount: 1 }],
    decide: ({ action }, figures) => {
      if (!((figures["p.n"] as number) < limit)) return { decision: "deny" };
      return action.name === "pay" ? approval() : {};
    },
  });

export const callOf = (name: string, id: unknown): Request => ({
  actor: { type: "agent", id: "bot" },
  action: { name, input: { id } },
});

/** What people do with the checkpoints of a store; everybody is who they say they are. */
export const peopleOf = (store: Store): Checkpoints<Approver> =>
  createCheckpoints({ store, authenticate: (who: Approver) => who, timeout: 60_000 });
