import type { Request } from "../abi/request.ts";
import type { Desk } from "../guard/desk.ts";
import type { StandingApproval } from "../guard/guard.ts";
import { isFor } from "./match.ts";

/** Far more than anybody will give one actor. */
const MANY = 100_000;

/**
 * The guard's option `standing`: approvals given ahead count as if they were given for the call. They stand for
 * `approval_required` only, and only where they are all that is demanded: by the right people, as many as needed. The
 * same person counts once.
 */
export async function standingApprovals(
  { store, ask, clock }: Desk,
  request: Request,
): Promise<readonly StandingApproval[]> {
  const granted = await ask(
    store.list("standing", { actor: request.actor.id, state: "granted", limit: MANY }),
  );
  const now = clock();
  const people = new Map<string, StandingApproval>();
  for (const record of granted) {
    if (!isFor(record, request, now)) continue;
    const { by, roles, at } = record.approval;
    const before = people.get(by)?.roles ?? [];
    people.set(by, { id: record.id, by, at, roles: [...new Set([...before, ...roles])] });
  }
  return [...people.values()];
}
