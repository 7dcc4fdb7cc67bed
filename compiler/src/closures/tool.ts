import type { CheckedPolicy } from "@agentpolicy/language";
import type { Contribution, Decision, Figures, Misfit, PolicyIdentity, Who } from "@agentpolicy/runtime/abi";
import { byDefault, invalidRequest, stateUnavailable, uncountable } from "../interpret/decision.ts";
import type { Check, ToolPlan } from "../plan/plan.ts";
import { rootChecker } from "./checks.ts";
import { booleanly, type Compiler, makeCompiler, orFault } from "./compiler.ts";
import { type Frame, isRecord, own } from "./frame.ts";
import { compileLevels, compileMerging } from "./levels.ts";

/** What a policy does with one tool, compiled. What the request throws where it is not checked, these throw too. */
export interface Guard {
  readonly decide: (request: object, action: object, figures: Figures, tool: string) => Decision;
  readonly visible: (who: Who, tool: string) => boolean;
  readonly contributions: (request: object, action: object, tool: string) => readonly Contribution[];
}

type Load = (request: object, action: object, slots: unknown[]) => Misfit | null;

export function compileTool(plan: ToolPlan, policy: CheckedPolicy, identity: PolicyIdentity): Guard {
  const slots = new Map<string, number>();
  const slotFor = (path: readonly string[]): number => {
    const key = JSON.stringify(path);
    const slot = slots.get(key) ?? slots.size;
    slots.set(key, slot);
    return slot;
  };
  const load = compileChecks(plan.checks, slotFor);
  const compiler = makeCompiler(policy.functions, (path) => slots.get(JSON.stringify(path)));
  const judge = policy.merge === "all" ? compileMerging : compileLevels;
  const byRules = judge(plan.levels, compiler, policy, identity);
  const watches = plan.watches.map((watch) => compileWatch(watch, compiler, policy));
  const missing = compileFigures(plan.reads, policy);
  const unmatched = byDefault(identity, policy);

  const frameOf = (tool: string, figures: Figures): Frame => ({ slots: [], locals: [], figures, tool });
  return {
    decide: (request, action, figures, tool) => {
      const frame = frameOf(tool, figures);
      const misfit = load(request, action, frame.slots);
      if (misfit !== null) return invalidRequest(identity, misfit);
      const track = missing(figures);
      if (track !== undefined) return stateUnavailable(identity, track);
      const decision = byRules(frame) ?? unmatched;
      if (decision.decision === "deny") return decision;
      const uncounted = watches.find(({ amount }) => amount(frame) === undefined);
      return uncounted === undefined ? decision : uncountable(identity, uncounted.track);
    },
    visible: compileVisible(plan, policy, frameOf),
    contributions: (request, action, tool) => {
      const frame = frameOf(tool, {});
      if (load(request, action, frame.slots) !== null) return [];
      const added = watches.map(({ track, amount }) => ({ track, amount: amount(frame) }));
      if (added.some(({ amount }) => amount === undefined)) return [];
      return added.flatMap(({ track, amount }) => (typeof amount === "number" ? { track, amount } : []));
    },
  };
}

/** Step 2, which loads what it checks. */
function compileChecks(checks: readonly Check[], slotFor: (path: readonly string[]) => number): Load {
  const roots = checks.map(({ root, type }) => ({
    root,
    check: rootChecker(root, type, slotFor),
    broken: rootChecker(root, type, () => 0)(undefined, []),
    absent: absentRoot(root),
  }));
  return (request, action, slots) => {
    for (const { root, check, broken, absent } of roots) {
      let value: unknown;
      try {
        value = own(root === "input" ? action : request, root);
      } catch {
        return { ...broken!, found: "unreadable" };
      }
      const misfit = check(value === undefined ? absent : value, slots);
      if (misfit !== null) return misfit;
    }
    return null;
  };
}

/** What an absent root counts as; `actor` and `now` must be there. */
function absentRoot(root: Check["root"]): unknown {
  if (root === "actor" || root === "now") return undefined;
  return root === "evidence" ? Object.freeze([]) : Object.freeze({});
}

/** The first track whose figure is absent or of the wrong kind. */
function compileFigures(
  reads: readonly string[],
  policy: CheckedPolicy,
): (figures: Figures) => string | undefined {
  const tracks = reads.map((id) => ({ id, seen: policy.tracks.get(id)?.figure === "seen" }));
  return (figures) =>
    tracks.find(({ id, seen }) => {
      let figure: unknown;
      try {
        figure = isRecord(figures) ? own(figures, id) : undefined;
      } catch {
        return true;
      }
      return seen ? typeof figure !== "boolean" : !Number.isFinite(figure);
    })?.id;
}

interface Watch {
  readonly track: string;
  /** What the call adds, null for nothing, undefined where that cannot be evaluated. */
  readonly amount: (frame: Frame) => number | null | undefined;
}

function compileWatch(watch: ToolPlan["watches"][number], compiler: Compiler, policy: CheckedPolicy): Watch {
  const when = watch.when === null ? null : booleanly(compiler.compile(watch.when));
  const summed = policy.tracks.get(watch.track)?.figure === "sum" && watch.amount !== null;
  const amount = summed ? compiler.compile(watch.amount!) : () => 1;
  return {
    track: watch.track,
    amount: (frame) =>
      orFault(() => {
        if (when !== null && !when(frame)) return null;
        const value = amount(frame);
        return Number.isFinite(value) ? (value as number) : undefined;
      }),
  };
}

function compileVisible(
  plan: ToolPlan,
  policy: CheckedPolicy,
  frameOf: (tool: string, figures: Figures) => Frame,
): Guard["visible"] {
  const slots = new Map<string, number>();
  const load = compileChecks(plan.visibleChecks, (path) => {
    const key = JSON.stringify(path);
    const slot = slots.get(key) ?? slots.size;
    slots.set(key, slot);
    return slot;
  });
  const compiler = makeCompiler(policy.functions, (path) => slots.get(JSON.stringify(path)));
  const { visible } = plan;
  const test = typeof visible === "boolean" ? () => visible : booleanly(compiler.compile(visible));
  return (who, tool) => {
    const frame = frameOf(tool, {});
    return load(who, {}, frame.slots) === null && orFault(() => test(frame)) === true;
  };
}
