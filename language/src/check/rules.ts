import type { Coverage, Mask, Risk, Rule, RuleBody } from "../core/policy.ts";
import { diagnose } from "../diagnostics/define.ts";
import { DUPLICATE_RULE } from "../diagnostics/messages/names.ts";
import { INVALID_CLAUSE, NEEDED_IS_REQUIRED } from "../diagnostics/messages/types.ts";
import { replaceFix } from "../diagnostics/replace.ts";
import { suggest } from "../diagnostics/suggest.ts";
import type { BlockItem, ClauseNode, ExprNode, RuleNode } from "../syntax/ast.ts";
import { type Context, complainEverywhere, EMPTY_ENV, type Env, textOf } from "./expr/context.ts";
import { condition } from "./expr/elaborate.ts";
import type { Facts } from "./expr/facts.ts";
import { template } from "./expr/template.ts";
import { checkMask } from "./masks.ts";
import { type Covered, coverage } from "./patterns.ts";
import { checkPerTool } from "./per-tool.ts";
import { declaredHere } from "./related.ts";
import { remembered } from "./remember.ts";
import { requestPath, resolvePath } from "./request-path.ts";
import { type FileScope, locate, type World } from "./world.ts";

/** What the rules of a policy come to. */
export interface Blocks {
  readonly rules: Rule[];
  readonly masks: Mask[];
  coversUnknown: boolean;
}

/** Checks every block of a file. */
export const checkBlocks = (world: World, file: FileScope, blocks: Blocks): void => {
  const names = new Map<string, RuleNode>();
  for (const item of file.tree.items) if (item.kind === "block") checkBlock(world, file, item, blocks, names);
};

const checkBlock = (
  world: World,
  file: FileScope,
  block: BlockItem,
  blocks: Blocks,
  names: Map<string, RuleNode>,
): void => {
  const { rules, masks, coversUnknown } = remembered(world, block, file.path, (inner) =>
    blockOf(inner, file, block),
  );
  for (const member of block.members) if (member.kind === "rule") reportSecond(world, file, member, names);
  for (const rule of rules) blocks.rules.push(rule);
  for (const mask of masks) blocks.masks.push(mask);
  if (coversUnknown) blocks.coversUnknown = true;
};

const blockOf = (world: World, file: FileScope, block: BlockItem): Blocks => {
  const covered = coverage(world, file, block.tools, block.where);
  const found: Blocks = { rules: [], masks: [], coversUnknown: covered.unknown };
  for (const member of block.members) {
    if (member.kind === "mask") found.masks.push(...checkMask(world, file, member, covered));
    else {
      const rule = checkRule(world, file, member, covered);
      if (rule !== null) found.rules.push(rule);
    }
  }
  return found;
};

const reportSecond = (world: World, file: FileScope, rule: RuleNode, names: Map<string, RuleNode>): void => {
  if (rule.name === undefined) return;
  const before = names.get(rule.name.text);
  if (before?.name === undefined) names.set(rule.name.text, rule);
  else {
    const related = declaredHere(locate(file, before.name), "the first one is here");
    const at = locate(file, rule.name);
    world.diagnostics.push(diagnose(DUPLICATE_RULE, { name: rule.name.text }, at, { related }));
  }
};

/** Checks one rule against each tool that it covers. Null where it has no name. */
const checkRule = (world: World, file: FileScope, rule: RuleNode, covered: Covered): Rule | null => {
  const bodies = checkPerTool(world, file, covered, expressionsOf(rule), "rule", (cx) => bodyOf(rule, cx));
  if (rule.name === undefined) return null;
  const { effect } = rule.effect;
  const requires = clause(rule, "requires");
  return {
    id: `${file.id}.${rule.name.text}`,
    effect,
    risk: riskOf(world, file, rule),
    requirements: requires === undefined ? [] : [...new Set(requires.values.map(({ value }) => value))],
    ...(effect === "approval_required" ? { approval: approvalOf(world, file, rule) } : {}),
    ...(effect === "clarification_required" ? { clarification: clarificationOf(world, file, rule) } : {}),
    doc: rule.doc ?? null,
    at: locate(file, rule),
    nameAt: locate(file, rule.name),
    bodies,
  };
};

/** The clause nodes whose kind may be `K`: `when` and `unless` share one. */
type ClauseOf<K, C = ClauseNode> = C extends { readonly kind: infer Kinds }
  ? K extends Kinds
    ? C
    : never
  : never;

const clause = <K extends ClauseNode["kind"]>(rule: RuleNode, kind: K): ClauseOf<K> | undefined =>
  rule.clauses.find((one) => one.kind === kind) as ClauseOf<K> | undefined;

const expressionsOf = (rule: RuleNode): readonly ExprNode[] =>
  rule.clauses.flatMap((one) => {
    if (one.kind === "when" || one.kind === "unless") return [one.condition];
    if (one.kind === "because" || one.kind === "ask") return one.template.parts;
    return one.kind === "needs" ? one.paths : [];
  });

type Body = Omit<RuleBody, keyof Coverage>;

const bodyOf = (rule: RuleNode, cx: Context): Body => {
  const when = clause(rule, "when");
  const unless = clause(rule, "unless");
  const because = clause(rule, "because");
  const ask = clause(rule, "ask");
  const held = when === undefined ? null : condition(when.condition, cx, EMPTY_ENV);
  const afterWhen: Env = held === null ? EMPTY_ENV : within(held.yes);
  const stopped =
    unless === undefined ? null : guarded(cx, afterWhen, () => condition(unless.condition, cx, afterWhen));
  const matching: Env = stopped === null ? afterWhen : within(stopped.no);
  for (const path of clause(rule, "needs")?.paths ?? []) reportRequired(path, cx);
  return {
    when: held?.core ?? null,
    unless: stopped?.core ?? null,
    because:
      because === undefined ? null : guarded(cx, matching, () => template(because.template, cx, matching)),
    ask: ask === undefined ? null : guarded(cx, matching, () => template(ask.template, cx, matching)),
  };
};

const within = (facts: Facts): Env => ({ ...EMPTY_ENV, facts });

/** Runs a check whose findings count only where the point can be reached. What fails there unseen never runs. */
const guarded = <T>(cx: Context, env: Env, run: () => T): T => {
  if (!env.facts.dead) return run();
  cx.findings.muted += 1;
  const value = run();
  cx.findings.muted -= 1;
  return value;
};

const riskOf = (world: World, file: FileScope, rule: RuleNode): Risk => {
  const fallback = rule.effect.effect === "allow" ? "low" : "medium";
  const level = clause(rule, "risk")?.level;
  if (level === undefined) return fallback;
  if (RISKS.includes(level.text)) return level.text as Risk;
  const near = suggest(level.text, RISKS);
  const at = locate(file, level);
  const fixes = near === undefined ? [] : [replaceFix(at, near)];
  const facts = {
    message: `there is no risk \`${level.text}\``,
    label: "expected `low`, `medium`, `high` or `critical`",
  };
  world.diagnostics.push(diagnose(INVALID_CLAUSE, facts, at, { fixes }));
  return fallback;
};

const RISKS: readonly string[] = ["low", "medium", "high", "critical"] satisfies readonly Risk[];

const DAY = 86_400_000;

const approvalOf = (world: World, file: FileScope, rule: RuleNode): NonNullable<Rule["approval"]> => {
  const from = [...new Set((clause(rule, "from")?.values ?? []).map(({ value }) => value))];
  const count = clause(rule, "approvals")?.count;
  if (count !== undefined && (!Number.isInteger(count.value) || count.value < 1)) {
    const facts = { message: "`approvals` is a number of people", label: "expected a whole number from 1" };
    world.diagnostics.push(diagnose(INVALID_CLAUSE, facts, locate(file, count)));
  }
  return { from, approvals: count?.value ?? 1, within: withinOf(world, file, rule) };
};

const withinOf = (world: World, file: FileScope, rule: RuleNode): number => {
  const duration = clause(rule, "within")?.duration;
  if (duration !== undefined && duration.milliseconds <= 0) {
    const facts = { message: "`within` must leave some time", label: "a checkpoint would expire at once" };
    world.diagnostics.push(diagnose(INVALID_CLAUSE, facts, locate(file, duration)));
  }
  return duration?.milliseconds ?? DAY;
};

const clarificationOf = (
  world: World,
  file: FileScope,
  rule: RuleNode,
): NonNullable<Rule["clarification"]> => {
  const paths = (clause(rule, "needs")?.paths ?? []).flatMap((node) => {
    const path = requestPath(node);
    if (path !== null) return [path.map(({ text }) => text)];
    const facts = {
      message: "`needs` names a place in the request",
      label: "expected a path such as `context.ticket`",
    };
    if (node.kind !== "error") world.diagnostics.push(diagnose(INVALID_CLAUSE, facts, locate(file, node)));
    return [];
  });
  return { needs: paths, within: withinOf(world, file, rule) };
};

/** A call without it is refused before the rule is asked, so no answer is ever needed. */
const reportRequired = (node: ExprNode, cx: Context): void => {
  const found = resolvePath(node, cx);
  if (found === null) return;
  const facts = found.isRequired ? { path: textOf(cx, node) } : null;
  complainEverywhere(cx, NEEDED_IS_REQUIRED, facts, node, { related: declaredHere(found.at) });
};
