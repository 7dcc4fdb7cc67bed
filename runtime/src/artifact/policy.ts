import type { Decision, PolicyIdentity } from "../abi/decision.ts";
import type { Calls, Contribution, Figures, Manifest, Policy } from "../abi/policy.ts";
import { shownText } from "../values/text.ts";
import { denied } from "./decisions.ts";
import { isRecord, own, unfit } from "./misfit.ts";

/** Decides on one tool. `action` is the request's own; `name` is the tool's, for policies that cover unknown tools. */
export type Decide = (
  request: object,
  action: object,
  figures: Figures | undefined,
  name: string,
) => Decision;

/** What else there is to know about a tool. What is absent is empty, and where `visible` is, the tool never is. */
export interface Facts {
  /** True, or the denial of an actor or a context that does not fit. */
  readonly visible?: (who: object, name: string) => unknown;
  readonly reads?: readonly string[];
  readonly masks?: readonly (readonly string[])[];
  /** The contributions, or the denial of a request that cannot be counted. */
  readonly counts?: (request: object, action: object, name: string) => Decision | readonly Contribution[];
}

/** A tool by its whole name. */
export type Row = readonly [name: string, decide: Decide, facts?: Facts];

/** Puts a compiled policy together. `unknown` is for calls to tools that no catalogue declares. */
export const policy = <C extends Calls>(
  me: PolicyIdentity,
  manifest: Manifest,
  rows: readonly Row[],
  unknown?: Decide,
  unknownFacts?: Facts,
): Policy<C> => {
  const tools = new Map(rows.map(([name, decide]) => [name, decide]));
  const facts = new Map(rows.map(([name, , facts]) => [name, facts]));
  const factsOf = (tool: string): Facts => (facts.has(tool) ? facts.get(tool) : unknownFacts) ?? {};
  return {
    manifest,
    decide(request, figures) {
      let at = "request";
      let type = "record";
      try {
        if (!isRecord(request)) return unfit(me, at, type, request);
        at = "action";
        const action = own(request, at);
        if (!isRecord(action)) return unfit(me, at, type, action);
        at = "action.name";
        type = "string";
        const name = own(action, "name");
        if (typeof name !== "string") return unfit(me, at, type, name);
        const decide = tools.get(name) ?? unknown;
        return decide === undefined
          ? denied(me, "unknown_tool", `No catalogue declares the tool \`${shownText(name)}\`.`)
          : decide(request, action, figures, name);
      } catch {
        return unfit(me, at, type, 0, "unreadable");
      }
    },
    visible: (tool, who) => factsOf(tool).visible?.(who, tool) === true,
    reads: (tool) => factsOf(tool).reads ?? [],
    masks: (tool) => factsOf(tool).masks ?? [],
    contributions(request) {
      try {
        const action = own(request as object, "action") as object;
        const name = own(action, "name") as string;
        const added = factsOf(name).counts?.(request as object, action, name);
        return Array.isArray(added) ? added : [];
      } catch {
        return [];
      }
    },
  };
};
