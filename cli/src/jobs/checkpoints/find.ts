import type { Checkpoints } from "@agentpolicy/runtime";
import type { Mistake } from "../../result.ts";
import { idOf } from "../pages.ts";

const USABLE = [{ state: "pending" }, { state: "approved" }, { state: "answered" }];

/** The id of the checkpoint that somebody means by its beginning. */
export const findId = (
  checkpoints: Pick<Checkpoints<never>, "get" | "list">,
  typed: string,
): Promise<{ readonly id: string } | Mistake> => idOf(checkpoints, typed, [USABLE, [{}]]);
