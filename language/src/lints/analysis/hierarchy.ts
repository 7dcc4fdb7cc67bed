import { domain, domainWithin } from "@agentpolicy/runtime/values/domain";
import { path, pathWithin } from "@agentpolicy/runtime/values/path";
import { keyOf } from "./expr.ts";
import { constantOf, type Facts } from "./facts.ts";

type Tree = "domain.within" | "path.within";

/** Whether all that is within `inner` is within `outer`; null where one of them is refused. */
const isBelow = (tree: Tree, inner: string, outer: string): boolean | null => {
  if (tree === "domain.within") {
    const name = domain(inner);
    return name === null ? null : domainWithin(name, outer);
  }
  const folder = path(inner);
  return folder === null ? null : pathWithin(folder, outer);
};

/**
 * Whether what is known of one domain's (one path's) places can all be so: domains and folders form trees, so what is
 * within two of them is within one of the two that holds the other. `false` is a proof.
 */
export const hierarchyHolds = (facts: Facts): boolean => {
  const places: {
    readonly tree: Tree;
    readonly of: string;
    readonly base: string;
    readonly holds: boolean;
  }[] = [];
  for (const { expr, domain: values } of facts.values.values()) {
    if (expr.kind !== "method" || (expr.method !== "domain.within" && expr.method !== "path.within"))
      continue;
    const base = expr.args[0] === undefined ? undefined : constantOf(expr.args[0])?.value;
    if (typeof base !== "string" || values.true === values.false) continue;
    places.push({ tree: expr.method, of: keyOf(expr.of), base, holds: values.true });
  }
  return places.every(
    (a) =>
      !a.holds ||
      places.every((b) => {
        if (a.of !== b.of || a.tree !== b.tree) return true;
        const below = isBelow(a.tree, a.base, b.base);
        if (below === null) return true;
        return b.holds ? below || isBelow(a.tree, b.base, a.base) !== false : !below;
      }),
  );
};
