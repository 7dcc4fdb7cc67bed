import type { CheckedPolicy, Coverage, Json, Rule, Template, Tool, Track } from "@agentpolicy/language";
import { canonicalJson } from "./canonical.ts";
import { canonicalExpr, type Names } from "./canonical-expr.ts";
import { canonicalType } from "./canonical-type.ts";
import { sha256Hex } from "./sha256.ts";

/**
 * SHA-256 (hex) of what a policy means (decision 0003): its name, version and default, its tools with their types and
 * hints, rules, masks, tracks and functions. Order, spans, paths, docs, tests and proofs leave it as it is.
 */
export function policyHash(policy: CheckedPolicy): string {
  return sha256Hex(meaningOf(policy));
}

/** The text that is hashed: canonical JSON, one part a line. */
export function meaningOf(policy: CheckedPolicy): string {
  const parts = [
    json({
      policy: policy.name,
      version: policy.version,
      default: policy.default,
      ...(policy.byDefault && { byDefault: sortedRequirements(policy.byDefault) }),
      ...(policy.merge && { merge: policy.merge }),
    }),
    json({ unknown: policy.coversUnknown }),
    ...sorted(Object.entries(policy.roots), ([root, type]) => `root ${json(root)} ${canonicalType(type)}`),
    ...sorted(policy.tools.values(), toolText),
    ...sorted(policy.functions.values(), (fn) => {
      const names: Names = new Map(fn.parameters.map(({ name }, i) => [name, i]));
      const parameters = fn.parameters.map(({ type }) => canonicalType(type));
      return `function ${json(fn.id)} [${parameters.join()}] ${canonicalExpr(fn.body, names)}`;
    }),
    ...sorted(policy.tracks.values(), trackText),
    ...sorted(policy.rules, ruleText),
    ...byText(policy.masks.map((mask) => [json(mask.path), mask])).map((text) => `mask ${text}`),
  ];
  return parts.join("\n");
}

const json = canonicalJson;

function sortedRequirements({ risk, requirements }: NonNullable<CheckedPolicy["byDefault"]>): Json {
  return { risk, requirements: [...new Set(requirements)].sort() };
}

function sorted<T>(items: Iterable<T>, text: (item: T) => string): string[] {
  return [...items].map(text).sort();
}

function toolText({ name, hints, input, title, server, tool }: Tool): string {
  return `tool ${json({ name, server, tool, title, hints: { ...hints } })} ${canonicalType(input)}`;
}

function trackText(track: Track): string {
  const { id, figure, per, within } = track;
  const bodies = byText(
    track.bodies.map((body) => [`${exprText(body.amount)} when ${exprText(body.when)}`, body]),
  );
  return `track ${json({ id, figure, per, within })} ${bodies.join(" ")}`;
}

function ruleText(rule: Rule): string {
  const { id, effect, risk, requirements, approval, clarification } = rule;
  const head = json({
    id,
    effect,
    risk,
    requirements: [...requirements].sort(),
    // The decision names approvers as they are written, so their order is part of it.
    approval: approval ?? null,
    clarification:
      clarification === undefined
        ? null
        : { within: clarification.within, needs: clarification.needs.map(json).sort() },
  });
  const bodies = byText(
    rule.bodies.map((body) => {
      const texts = [
        exprText(body.when),
        exprText(body.unless),
        templateText(body.because),
        templateText(body.ask),
      ];
      return [`[${texts.join()}]`, body];
    }),
  );
  return `rule ${head} ${bodies.join(" ")}`;
}

/** One text for each distinct meaning, with all the tools it is for: however bodies are split, the text is one. */
function byText(bodies: readonly (readonly [string, Coverage])[]): string[] {
  const covered = new Map<string, { readonly tools: Set<string>; unknown: boolean }>();
  for (const [text, { tools, unknown }] of bodies) {
    const all = covered.get(text) ?? { tools: new Set(), unknown: false };
    for (const tool of tools) all.tools.add(tool);
    all.unknown ||= unknown;
    covered.set(text, all);
  }
  return [...covered]
    .map(
      ([text, { tools, unknown }]) => `${text} on ${json([...tools].sort())}${unknown ? " and unknown" : ""}`,
    )
    .sort();
}

function exprText(expr: Parameters<typeof canonicalExpr>[0] | null): string {
  return expr === null ? "null" : canonicalExpr(expr, new Map());
}

function templateText(template: Template | null): string {
  if (template === null) return "null";
  return `[${template.map((part) => (typeof part === "string" ? json(part) : exprText(part))).join()}]`;
}
