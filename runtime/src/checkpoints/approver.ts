import type { Actor } from "../abi/request.ts";

/** Somebody who approves or rejects, as the host has authenticated them. */
export interface Approver {
  readonly id: string;
  readonly roles?: readonly string[];
}

/**
 * The host's own way to find out who somebody is, from what its callers have to show: a session, a token. Nobody where it
 * gives nothing, throws, or what it gives has no id.
 */
export type Authenticate<Who> = (who: Who) => Found | PromiseLike<Found>;
type Found = Approver | null | undefined;

/** Who somebody is, with roles. */
export async function authenticated<Who>(
  authenticate: Authenticate<Who>,
  who: Who,
): Promise<Required<Approver> | undefined> {
  try {
    const { id, roles = [] } = (await authenticate(who)) ?? {};
    const isText = (text: unknown) => typeof text === "string" && text !== "";
    if (isText(id) && Array.isArray(roles) && roles.every(isText))
      return { id: id as string, roles: [...roles] };
  } catch {
    // The same as nobody.
  }
  return undefined;
}

/** Whether an actor is somebody, or somebody's: fields `owner` and `userId` say whose agent it is. */
export const isOf = ({ id, owner, userId }: Actor, by: string): boolean =>
  [id, owner, userId].flat().includes(by);
