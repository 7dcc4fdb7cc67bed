import type { ToolPlan } from "../plan/plan.ts";
import { expression } from "./expr.ts";
import { guarded } from "./guarded.ts";
import { levelsCode } from "./levels.ts";
import { block, indented, type Lines } from "./lines.ts";
import { literal, quote } from "./literal.ts";
import type { Module } from "./module.ts";
import { figureName, type Scope } from "./scope.ts";

/** The code that a module has for one tool, or for unknown tools. */
export interface EmittedTool {
  /** The name of the function that decides. */
  readonly decide: string;
  /** The name of what else is known of it, or null where there is nothing. */
  readonly facts: string | null;
}

export const emitTool = (plan: ToolPlan, module: Module): EmittedTool => {
  const name = plan.tool?.name ?? "unknown tools";
  const hint = plan.tool?.name ?? "unknown";
  const counts =
    plan.watches.length === 0
      ? null
      : module.define("functions", `count_${hint}`, countsCode(plan, module), name);
  const text = decideCode(plan, module);
  if (counts === null || !plan.watches.some((watch) => canFail(watch, module))) {
    return { decide: module.define("tools", hint, text, name), facts: factsOf(plan, counts, module) };
  }
  const judge = module.define("tools", `judge_${hint}`, text, name);
  const counted = `${module.use("artifact/tracks", "counted")}(${judge}, ${counts})`;
  return { decide: module.define("tools", hint, counted, name), facts: factsOf(plan, counts, module) };
};

type Watch = ToolPlan["watches"][number];

const canFail = ({ amount, when }: Watch, module: Module): boolean =>
  [amount, when].some((expr) => expr !== null && module.canFault(expr));

/** From here on nothing is loaded any more: where the request breaks now, it breaks as a whole. */
const PAST_CHECKS = 'at = "request"; type = "record";';

const decideCode = (plan: ToolPlan, module: Module): string =>
  guarded(parametersOf(plan, true), plan.checks, module, (scope, locals) => {
    const figures = plan.reads.flatMap((track) => loadFigure(track, module, locals));
    const { lines, decides, notes } = levelsCode(plan.levels, scope);
    if (notes) locals.add("hits");
    return [
      ...figures,
      ...(lines.length === 0 ? [] : [PAST_CHECKS, ...lines]),
      ...(decides ? [] : [`return ${byDefault(module)};`]),
    ];
  });

const byDefault = (module: Module): string => {
  const { default: effect, byDefault: said } = module.policy;
  const helper = effect === "deny" ? "denyByDefault" : "askByDefault";
  const requirements = said && [...new Set(said.requirements)].sort();
  const args = ["me", ...(said && requirements ? [quote(said.risk), literal(requirements)] : [])];
  return module.define(
    "constants",
    "otherwise",
    `${module.use("artifact/defaults", helper)}(${args.join(", ")})`,
  );
};

const loadFigure = (track: string, module: Module, locals: Set<string>): Lines => {
  const local = figureName(module, track);
  locals.add(local);
  const fails =
    module.policy.tracks.get(track)?.figure === "seen"
      ? `typeof ${local} !== "boolean"`
      : `!Number.isFinite(${local})`;
  const denial = module.define(
    "constants",
    `${local}_unavailable`,
    `${module.use("artifact/tracks", "unavailable")}(me, ${quote(track)})`,
  );
  return [
    `${local} = ${module.use("artifact/tracks", "figure")}(figures, ${quote(track)});`,
    `if (${fails}) return ${denial};`,
  ];
};

const countsCode = (plan: ToolPlan, module: Module): string => {
  return guarded(parametersOf(plan, false), plan.checks, module, (scope) => {
    if (plan.watches.every((watch) => watch.when === null && !canFail(watch, module))) {
      return [`return [${plan.watches.map((watch) => addition(watch, scope)).join(", ")}];`];
    }
    const counts = plan.watches.flatMap((watch) => countCode(watch, scope));
    return [PAST_CHECKS, "const added = [];", ...counts, "return added;"];
  });
};

const addition = ({ track, amount }: Watch, scope: Scope): string =>
  `{ track: ${quote(track)}, amount: ${amount === null ? "1" : expression(amount, scope).code} }`;

/** What the functions of a tool take: no more than they need, since what is not there needs no loading. */
const parametersOf = (plan: ToolPlan, decides: boolean): readonly string[] => {
  if (plan.tool === null) return ["request", "action", ...(decides ? ["figures"] : []), "name"];
  if (decides && plan.reads.length > 0) return ["request", "action", "figures"];
  return plan.checks.some(({ root }) => root === "input") ? ["request", "action"] : ["request"];
};

const countCode = (watch: Watch, scope: Scope): Lines => {
  const { module } = scope;
  const add = `added.push(${addition(watch, scope)});`;
  const line = watch.when === null ? add : `if (${expression(watch.when, scope).code}) ${add}`;
  if (!canFail(watch, module)) return [line];
  const denial = module.define(
    "constants",
    `${figureName(module, watch.track)}_uncounted`,
    `${module.use("artifact/tracks", "uncounted")}(me, ${quote(watch.track)})`,
  );
  const failed = `return ${module.use("artifact/faults", "failed")}(error, ${denial});`;
  return ["try {", ...indented([line]), ...block("} catch (error)", [failed])];
};

const factsOf = (plan: ToolPlan, counts: string | null, module: Module): string | null => {
  const facts: string[] = [];
  if (plan.visible !== false) {
    const key = plan.tool === null ? "unknown" : "known";
    facts.push(`visible: ${module.once(plan.visibleChecks, key, () => visibleName(plan, module))}`);
  }
  if (plan.reads.length > 0) facts.push(`reads: Object.freeze(${literal(plan.reads)})`);
  if (plan.masks.length > 0) facts.push(`masks: ${module.use("artifact", "freeze")}(${literal(plan.masks)})`);
  if (counts !== null) facts.push(`counts: ${counts}`);
  return facts.length === 0 ? null : module.define("facts", "facts", `{ ${facts.join(", ")} }`);
};

const visibleName = (plan: ToolPlan, module: Module): string => {
  const { visible } = plan;
  const named = plan.tool === null ? ["name"] : [];
  const text = guarded(["request", ...named], plan.visibleChecks, module, (scope) => [
    `return ${typeof visible === "boolean" ? visible : expression(visible, scope).code};`,
  ]);
  return module.define("functions", "visible", text);
};
