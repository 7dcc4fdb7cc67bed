import type { CheckedPolicy, Effect, Expr, Rule, RuleBody, Tool } from "@agentpolicy/language";
import { makeKnownAhead } from "./ahead.ts";
import { checkOf, checksOf, keyedBySession, readsOf } from "./checks.ts";
import { type Cover, groupCovers, order } from "./cover.ts";
import { makeCanFault } from "./faults.ts";
import { policyHash } from "./hash.ts";
import { maskPaths, maskTemplate } from "./masks.ts";
import type { Level, Plan, RulePlan, ToolPlan } from "./plan.ts";
import { makeReader } from "./reads.ts";
import { conditionOf, constantOf, simplify } from "./simplify.ts";
import { visibleOf } from "./visible.ts";

/** Strictest first. */
const LEVELS: readonly Effect[] = ["deny", "clarification_required", "approval_required", "allow"];

/**
 * The plan of a policy. Tools that the same rules, masks and tracks cover share all of their plan but the check of their
 * input, so the work grows with the policy's text and with its tools, not with their product.
 */
export function makePlan(policy: CheckedPolicy): Plan {
  const shared = new Map<Cover, Shared>();
  const planFor = makeShared(policy);
  const covers = groupCovers(policy);
  const toolPlan = (name: string | null, tool: Tool | null): ToolPlan => {
    const cover = covers(name);
    let common = shared.get(cover);
    if (common === undefined) {
      common = planFor(cover);
      shared.set(cover, common);
    }
    const { checks, ...rest } = common;
    return { tool, checks: checks(tool), ...rest };
  };
  return {
    policy,
    hash: policyHash(policy),
    tools: new Map([...policy.tools].map(([name, tool]) => [name, toolPlan(name, tool)])),
    unknown: policy.coversUnknown ? toolPlan(null, null) : null,
    tracks: [...policy.tracks.values()]
      .map(({ id, figure, per, within }) => ({ id, figure, per, within }))
      .sort((a, b) => order(a.id, b.id)),
  };
}

/** What tools with the same cover share. */
type Shared = Omit<ToolPlan, "tool" | "checks"> & {
  readonly checks: (tool: Tool | null) => ToolPlan["checks"];
};

function makeShared(policy: CheckedPolicy): (cover: Cover) => Shared {
  const reader = makeReader(policy);
  const canFault = makeCanFault(policy);
  const ahead = makeKnownAhead(policy, canFault);
  const conditions = new WeakMap<RuleBody, Expr | null>();
  const conditionFor = (body: RuleBody): Expr | null => {
    let condition = conditions.get(body);
    if (condition === undefined) {
      condition = conditionOf(body.when, body.unless, canFault);
      conditions.set(body, condition);
    }
    return condition;
  };
  return (cover) => {
    const reads = readsOf(policy, cover, reader);
    const needsSession = keyedBySession(policy, cover, reads);
    const masks = maskPaths(cover.masks);
    const rulePlan = (rule: Rule, body: RuleBody): RulePlan => {
      const condition = conditionFor(body);
      return {
        rule,
        body,
        condition,
        faults: condition !== null && canFault(condition),
        because: maskTemplate(body.because, masks, reader),
        ask: maskTemplate(body.ask, masks, reader),
      };
    };
    const levels: Level[] = [];
    for (const effect of LEVELS) {
      const rules = cover.rules
        .filter(({ rule }) => rule.effect === effect)
        .map(({ rule, body }) => rulePlan(rule, body))
        .filter(({ condition }) => condition === null || constantOf(condition) !== false);
      if (rules.length > 0) levels.push({ effect, rules });
    }
    const checks = checksOf(policy, null, reads, needsSession);
    return {
      checks: (tool) =>
        checks.map((check) =>
          check.root === "input" ? (checkOf(policy, tool, "input", reads, needsSession) ?? check) : check,
        ),
      reads: [...reads.tracks].sort(order),
      levels,
      masks,
      watches: cover.watches.map(({ track, body }) => ({
        track: track.id,
        amount: body.amount === null ? null : simplify(body.amount, canFault),
        when: body.when === null ? null : simplify(body.when, canFault),
      })),
      visible: visibleOf(cover, policy.default, ahead, canFault),
      visibleChecks: checks.filter(({ root }) => root === "actor" || root === "context"),
    };
  };
}
