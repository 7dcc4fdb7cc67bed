import type { Policy, Request } from "@agentpolicy/runtime";
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
