import type { Effect, Expr, Rule } from "@agentpolicy/language";
import type { Snapshot } from "../../snapshot.ts";

const STRICTNESS: readonly Effect[] = ["deny", "clarification_required", "approval_required", "allow"];

/** What a policy has for each tool. */
interface Governing {
  readonly rules: ReadonlyMap<string, readonly Rule[]>;
  /** The arguments that are masked, as they are written. */
  readonly masks: ReadonlyMap<string, readonly string[]>;
}

const known = new WeakMap<Snapshot, Governing>();

function governing(snapshot: Snapshot): Governing {
  const found = known.get(snapshot);
  if (found) return found;
  const rules = new Map<string, Rule[]>();
  for (const rule of byStrictness(snapshot.result.facts.rules))
    for (const { tools } of rule.bodies) for (const tool of tools) add(rules, tool, rule);
  const made = { rules, masks: masksOf(snapshot) };
  known.set(snapshot, made);
  return made;
}

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}

function masksOf({ files, result }: Snapshot): ReadonlyMap<string, readonly string[]> {
  const masks = new Map<string, string[]>();
  for (const { tree } of files.values())
    for (const block of tree.items) {
      if (block.kind !== "block") continue;
      const paths = block.members.flatMap((member) => (member.kind === "mask" ? member.paths : []));
      if (paths.length === 0) continue;
      for (const tool of result.facts.covered(block.tools)?.tools ?? [])
        for (const { start, end } of paths) add(masks, tool, tree.text.slice(start, end));
    }
  return masks;
}

/** Rules, strictest first, in the order of the text where they are as strict. */
const byStrictness = (rules: readonly Rule[]): readonly Rule[] =>
  [...rules].sort((one, other) => STRICTNESS.indexOf(one.effect) - STRICTNESS.indexOf(other.effect));

/** The rules that cover a tool, strictest first. */
export const rulesFor = (snapshot: Snapshot, tool: string): readonly Rule[] =>
  governing(snapshot).rules.get(tool) ?? [];

export const masksFor = (snapshot: Snapshot, tool: string): readonly string[] => [
  ...new Set(governing(snapshot).masks.get(tool)),
];

/**
 * Whether a rule can never match for a tool, since it asks for an argument that the tool has not. What has an error counts as
 * false, too, so it is known of sound policies alone.
 */
export function neverFor({ result }: Snapshot, rule: Rule, tool: string): boolean {
  const body = bodyFor(rule, tool);
  if (!body || result.policy === null) return false;
  return (
    (body.when !== null && isFixed(body.when, false)) || (body.unless !== null && isFixed(body.unless, true))
  );
}

/** Whether a rule matches every call of a tool, by its form. */
export function alwaysFor({ result }: Snapshot, rule: Rule, tool: string): boolean {
  const body = bodyFor(rule, tool);
  if (!body) return false;
  const isSound = result.policy !== null;
  const isOpen = body.when === null || (isSound && isFixed(body.when, true));
  return isOpen && (body.unless === null || (isSound && isFixed(body.unless, false)));
}

const bodyFor = ({ bodies }: Rule, tool: string) => bodies.find(({ tools }) => tools.includes(tool));

/** Whether an expression is always the same, by its form alone. */
function isFixed(expr: Expr, value: boolean): boolean {
  switch (expr.kind) {
    case "constant":
      return expr.value === value;
    case "not":
      return isFixed(expr.of, !value);
    case "and":
    case "or":
      return value === (expr.kind === "and")
        ? isFixed(expr.left, value) && isFixed(expr.right, value)
        : isFixed(expr.left, value) || isFixed(expr.right, value);
    default:
      return false;
  }
}

/** What happens to a call that no rule matches. */
export function defaultWords({ files, entry }: Snapshot): string {
  const item = files.get(entry)?.tree.items.find(({ kind }) => kind === "default");
  const waits = item?.kind === "default" && item.effect?.effect === "approval_required";
  return waits ? "waits until somebody approves" : "is denied";
}
