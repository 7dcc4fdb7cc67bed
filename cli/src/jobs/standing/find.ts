import type { StandingApprovals } from "@agentpolicy/runtime";
import type { Mistake } from "../../result.ts";
import { idOf } from "../pages.ts";

/** The id of the standing approval that somebody means by its beginning. */
export const findId = (
  standing: Pick<StandingApprovals<never>, "get" | "list">,
  typed: string,
): Promise<{ readonly id: string } | Mistake> => idOf(standing, typed, [[{ state: "granted" }], [{}]]);
