import type { Rule } from "@agentpolicy/language";
import type { Snapshot } from "../../../snapshot.ts";
import { readyPolicy } from "../../../trial/ready.ts";
import { beforehand } from "./beforehand.ts";
import { type Judged, judge, type Step } from "./judge.ts";
import { placed, type TestRequest, type Trial, trialOf } from "./trial.ts";

/** What a test states: its roots, and calls one after another, each with what is decided. The last one is what it is about. */
export interface Found {
  readonly roots: TestRequest;
  readonly calls: readonly Judged[];
}

/** So many requests are tried. */
const MOST = 4000;
/** So many tools of a rule. */
const TOOLS = 12;

/** Calls that a rule decides, and calls that it does not, as like the first as can be. */
export function requestsFor(
  snapshot: Snapshot,
  id: string,
): { readonly reached: Found | null; readonly missed: Found | null } {
  const rule = readyPolicy(snapshot)?.checked.rules.find((one) => one.id === id);
  const nothing = { reached: null, missed: null };
  if (rule === undefined) return nothing;
  const search = { left: MOST };
  for (const tool of toolsOf(rule)) {
    const trial = trialOf(snapshot, tool);
    for (const before of [[], ...beforehand(snapshot, rule)]) {
      const found = tried(snapshot, trial, before, id, search);
      if (found !== null) return found;
    }
  }
  return nothing;
}

const toolsOf = ({ bodies }: Rule): readonly string[] =>
  [...new Set(bodies.flatMap(({ tools }) => tools))].sort().slice(0, TOOLS);

function tried(
  snapshot: Snapshot,
  trial: Trial,
  before: readonly Step[],
  id: string,
  search: { left: number },
): { readonly reached: Found; readonly missed: Found | null } | null {
  let missed: Found | null = null;
  for (const request of trial.requests()) {
    search.left -= 1;
    if (search.left < 0) return null;
    const found = foundWith(snapshot, trial, before, request);
    if (found === null) continue;
    if (!decides(found, id)) missed ??= found;
    else {
      const alone = before.length > 0 ? foundWith(snapshot, trial, [], request) : null;
      return { reached: found, missed: alone ?? nearest(snapshot, trial, before, request, id) ?? missed };
    }
  }
  return null;
}

/** Null where the last call cannot be judged, or one before it does not run. */
function foundWith(
  snapshot: Snapshot,
  { tool }: Trial,
  before: readonly Step[],
  request: TestRequest,
): Found | null {
  const { input = {}, ...roots } = request;
  const calls = judge(snapshot, roots, [...before, { tool, input }]);
  const last = calls.at(-1)?.decision.code;
  const haveRun = calls.slice(0, -1).every(({ decision }) => decision.decision === "allow");
  return last === "invalid_request" || last === "invalid_value" || !haveRun ? null : { roots, calls };
}

const decides = ({ calls }: Found, id: string): boolean => calls.at(-1)?.decision.rules.includes(id) === true;

/** The request that one change takes away from the rule. */
function nearest(
  snapshot: Snapshot,
  trial: Trial,
  before: readonly Step[],
  request: TestRequest,
  id: string,
): Found | null {
  for (const { path, values } of trial.candidates)
    for (const value of values) {
      const found = foundWith(snapshot, trial, before, placed(request, path, value));
      if (found !== null && !decides(found, id)) return found;
    }
  return null;
}
