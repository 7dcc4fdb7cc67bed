import type { Misfit } from "../abi/decision.ts";
import type { Request } from "../abi/request.ts";
import { canonical } from "./canonical.ts";
import { frozenCopy, type Json } from "./copy.ts";
import type { Bench } from "./judge.ts";
import { refuse } from "./refuse.ts";

/**
 * A host's own check of a call's whole input, with a JSON Schema validator for one, before the policy is asked. Anything
 * but an empty list denies with `invalid_request`; the first misfit is named. It must not put values into what it says.
 */
export type Validate = (tool: string, input: unknown) => readonly Misfit[] | Promise<readonly Misfit[]>;

/** What is judged: the frozen copy of a request, at the guard's own time. Stops what cannot be. */
export async function prepare(bench: Bench, given: unknown): Promise<Request> {
  const copied = frozenCopy(given);
  if (!("copy" in copied)) return refuse(bench, copied);
  const request = Object.freeze({ ...(copied.copy as object), now: bench.clock() }) as unknown as Request;
  const { actor, action } = request;
  let misfit: Misfit | undefined = NO_ACTOR;
  if (typeof actor?.type === "string" && typeof actor.id === "string") {
    misfit = UNREADABLE;
    try {
      const found =
        bench.validate && typeof action?.name === "string"
          ? await bench.validate(action.name, inputOf(request))
          : [];
      misfit = found.length === 0 ? undefined : (found[0] ?? misfit);
    } catch {
      // The same as a misfit.
    }
  }
  if (misfit) await refuse(bench, misfit, { request });
  return request;
}

const NO_ACTOR: Misfit = { path: "actor", expected: "type and id", found: "other" };
const UNREADABLE: Misfit = { path: "input", expected: "valid", found: "unreadable" };

/** The arguments that were judged; none are an empty record. */
export const inputOf = (request: Request): unknown => request.action.input ?? Object.freeze({});

/** What a checkpoint is bound to: everything that was asked, but not when. */
export const boundTo = ({ now, ...request }: Request): Request => request;

/** Whether a request asks for the same as the one that is bound, as JSON and apart from the time. */
export const isSame = (given: Request, bound: Request): boolean =>
  canonical(boundTo(given) as unknown as Json) === canonical(bound as unknown as Json);
