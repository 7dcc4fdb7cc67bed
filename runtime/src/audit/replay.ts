import type { Decision } from "../abi/decision.ts";
import type { Policy } from "../abi/policy.ts";
import type { Request } from "../abi/request.ts";
import { decisionOf } from "../guard/judge.ts";
import { changesOf, type DecisionField } from "./compare.ts";
import type { AuditNote } from "./record.ts";
import { STAND_INS, withStandIns } from "./stand-ins.ts";

/**
 * What a policy decides on a recorded request. `same`, `changed`: for certain. `undecided`: it depends on what the record
 * does not say: values that are masked (`masked`, as paths), figures that were not asked for then (`figures`, as ids of tracks),
 * or the request itself, where neither is there. `likely`: what it would be for each value that was tried in place of masked ones.
 */
export type Replayed =
  | { readonly kind: "same"; readonly before: Decision; readonly after: Decision }
  | {
      readonly kind: "changed";
      readonly before: Decision;
      readonly after: Decision;
      /** Where they differ. Not every difference changes what becomes of the call: reasons are words. */
      readonly fields: readonly DecisionField[];
    }
  | {
      readonly kind: "undecided";
      readonly before: Decision;
      readonly masked: readonly string[];
      readonly figures: readonly string[];
      readonly likely?: Decision;
    };

/** Judges the request of an `evaluated` record again, at its time and with its figures. Undefined where nothing was judged. */
export function replayed(record: AuditNote, policy: Policy): Replayed | undefined {
  const { event, decision, request, figures = {} } = record;
  if (event !== "evaluated" || !decision) return undefined;
  const { shadow: _, ...before } = decision;
  if (!request) return { kind: "undecided", before, masked: [], figures: [] };
  const missing = policy.reads(request.action?.name).filter((id) => !Object.hasOwn(figures, id));

  const isSamePolicy = before.policy.hash === policy.manifest.hash;

  const tries: Decision[] = [];
  const refusals: Decision[] = [];
  const read = new Set<string>();
  for (const from of STAND_INS.keys()) {
    const tried = withStandIns(request, from, (made) => decisionOf(policy, made as Request, figures));
    // Nothing that is hidden was looked at, so nothing of it matters.
    if (tried.seen.size === 0) return compared(before, tried.after as Decision, isSamePolicy ? [] : missing);
    for (const path of tried.seen) read.add(path);
    if (tried.after) tries.push(tried.after);
    refusals.push(...tried.refusals);
  }
  // By its hash it is the policy that decided then, and for some value it decides so again: it did for the one there was.
  const again =
    isSamePolicy && [...tries, ...refusals].find((after) => changesOf(before, after).length === 0);
  if (again) return { kind: "same", before, after: again };
  const [likely] = tries;
  const isClear =
    likely && missing.length === 0 && tries.every((after) => changesOf(likely, after).length === 0);
  return {
    kind: "undecided",
    before,
    masked: [...read].sort(),
    figures: missing,
    ...(isClear && { likely }),
  };
}

function compared(before: Decision, after: Decision, missing: readonly string[]): Replayed {
  // Figures are asked for once the request is found to be well-formed, and then all of them.
  if (missing.length > 0 && after.code === "state_unavailable")
    return { kind: "undecided", before, masked: [], figures: missing };
  const fields = changesOf(before, after);
  return fields.length === 0 ? { kind: "same", before, after } : { kind: "changed", before, after, fields };
}
