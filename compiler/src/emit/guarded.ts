import type { Check } from "../plan/plan.ts";
import { type LoadedRoot, loadRoot } from "./checks.ts";
import { block, declared, indented, type Lines } from "./lines.ts";
import type { Module } from "./module.ts";
import { makeScope, type Scope, watched } from "./scope.ts";

/** What else a function declares beside the parts that it loads. */
export type Rest = (scope: Scope, locals: Set<string>) => Lines;

/**
 * A function that loads and checks what is read, root by root, then does the rest; what cannot be read is a denial. A
 * root that the rest has no use for is checked in a function of its own, which all tools share.
 */
export const guarded = (
  parameters: readonly string[],
  checks: readonly Check[],
  module: Module,
  rest: Rest,
): string => {
  const roots = checks.map((check) => loadRoot(check, module));
  const { scope, used } = watched(makeScope(module, new Set(roots.flatMap(({ paths }) => [...paths]))));
  const locals = new Set(["at", "type"]);
  const body = rest(scope, locals);
  const loads = roots.flatMap((root): Lines => {
    if ([...root.locals].every((local) => !used.has(local))) return sharedCheck(root, module, locals);
    for (const local of root.locals) locals.add(local);
    return root.lines;
  });
  return withUnreadable(parameters, locals, [...loads, ...body], module);
};

const sharedCheck = ({ root, lines, locals }: LoadedRoot, module: Module, outer: Set<string>): Lines => {
  const from = root === "input" ? "action" : "request";
  const text = withUnreadable([from], ["at", "type", ...locals], lines, module);
  const check = module.define("functions", `check_${root}`, text);
  outer.add("misfit");
  return [`if ((misfit = ${check}(${from})) !== undefined) return misfit;`];
};

/** `at` and `type` say what was looked at when something broke. */
const withUnreadable = (
  parameters: readonly string[],
  locals: Iterable<string>,
  lines: Lines,
  module: Module,
): string =>
  block(`(${parameters.join(", ")}) =>`, [
    ...declared(locals),
    "try {",
    ...indented(lines),
    ...block("} catch", [`return ${module.use("artifact", "unfit")}(me, at, type, 0, "unreadable");`]),
  ]).join("\n");
