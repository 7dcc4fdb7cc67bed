import type { Pick } from "./pick.ts";
import type { PlainRequest } from "./plain-rules.ts";

/** Policies as rule objects, well-formed, and requests that often come near to what their rules ask. */

type Json = string | number | boolean | null | Json[] | { [field: string]: Json };
type Fields = { [field: string]: Json };

const TEXTS = ["x", "xy", "yx", "prod", "*", "a@acme.com", "b@evil.example", "c@mail.acme.com"];
const NUMBERS = [0, 1, 5, -1, 1.5, 100];
const NAMES = ["a", "b", "odd name", "to", "__proto__"];
const TOOLS = ["read_file", "read_mail", "send_email", "delete_db", "pay"];
const EFFECTS = ["allow", "allow", "allow", "approval_required", "clarification_required", "deny"];
const RISKS = ["low", "medium", "high", "critical"];
const ADDRESSES = ["a@acme.com", "b@evil.example", "c@mail.acme.com", "not an address", "A@ACME.com"];

const maybe = <T>(pick: Pick, name: string, make: () => T): { [name: string]: T } =>
  pick.once(2) ? { [name]: make() } : {};

/** An object of generated names, whatever they are. */
const fieldsOf = (pick: Pick, least: number, make: () => Json): Fields =>
  Object.fromEntries(pick.some(least, 2, () => [pick.of(NAMES), make()]));

export interface RulesPolicy {
  readonly rules: readonly { readonly id: string; readonly when?: { [part: string]: Json } }[];
  readonly [part: string]: unknown;
}

/** `importable`: only what can be written in the language. */
export function someRules(pick: Pick, importable = false): RulesPolicy {
  const lists = !importable;
  return {
    ...maybe(pick, "name", () => "generated"),
    ...maybe(pick, "version", () => "2"),
    ...maybe(pick, "defaultDecision", () => pick.of(["deny", "approval_required"])),
    ...maybe(pick, "defaultRisk", () => pick.of(RISKS)),
    ...maybe(pick, "defaultRequirements", () => pick.some(0, 2, () => pick.of(["r1", "r2"]))),
    internalDomains: pick.of([["acme.com"], ["acme.com", "Acme.io"], ["mail.acme.com", "acme.com"]]),
    rules: pick.some(1, 5, (i) => ({
      id: pick.of([`r${i}`, `rule ${9 - i}`, `R-${i}.x`]),
      ...maybe(pick, "decision", () => pick.of(EFFECTS)),
      reason: pick.of(["Because.", "Says {so}.", `Reason ${i}.`]),
      ...maybe(pick, "risk", () => pick.of(RISKS)),
      ...maybe(pick, "requirements", () => pick.some(0, 2, () => pick.of(["r1", "r2", "r3"]))),
      ...(pick.once(8) ? {} : { when: someWhen(pick, lists) }),
    })),
  };
}

function someWhen(pick: Pick, lists: boolean): Fields {
  const fields = (): Fields => fieldsOf(pick, 1, () => someMatcher(pick, 2, lists));
  const rarely = (name: string, make: () => Json): Fields => (pick.once(4) ? { [name]: make() } : {});
  return {
    ...maybe(pick, "action", () =>
      pick.of<Json>(["read_*", "*", "send_email", ["pay", "read_*"], ["delete_db", "pay"], "re??_file"]),
    ),
    ...rarely("actor", () => ({
      ...maybe(pick, "role", () => someMatcher(pick, 1, lists)),
      ...rarely("id", () => someText(pick, false)),
    })),
    ...rarely("context", fields),
    ...rarely("resource", fields),
    ...rarely("model", () => ({
      ...maybe(pick, "confidence", () => someNumber(pick, true)),
      ...rarely("name", () => someText(pick, true)),
    })),
    ...(pick.once(2) ? { [pick.of(["input", "arguments"])]: fields() } : {}),
    ...rarely("evidence", () => someEvidence(pick)),
  };
}

function someMatcher(pick: Pick, depth: number, lists: boolean): Json {
  switch (pick.below(depth > 0 ? 10 : 8)) {
    case 0:
      return pick.of<Json>([true, false, null]);
    case 1:
      return pick.of(NUMBERS);
    case 2:
      return pick.of(["x*", "*y", "pr*d", "*@acme.com"]);
    case 3:
      return pick.of<Json>([
        { exists: true },
        { exists: false },
        { eq: null },
        { neq: null },
        { eq: true },
        { neq: false },
        { in: ["x", 1, null] },
        { in: [true, 5] },
        { in: [null] },
        { contains: 5 },
        { contains: true },
      ]);
    case 4:
      return someNumber(pick, true);
    case 5:
      return someText(pick, true);
    case 6:
      return { externalEmail: pick.of([true, false]), ...maybe(pick, "exists", () => true) };
    case 7:
      return pick.of(TEXTS.filter((text) => text !== "*"));
    case 8:
      return fieldsOf(pick, 0, () => someMatcher(pick, depth - 1, lists));
    default: {
      const least = lists ? 0 : 1;
      return pick.some(least, lists ? 3 : 1, () => someMatcher(pick, depth - 1, lists));
    }
  }
}

function someNumber(pick: Pick, optional: boolean): Json {
  if (pick.once(4)) return pick.of(NUMBERS);
  const exists = optional ? maybe(pick, "exists", () => true) : {};
  const low = pick.of(NUMBERS);
  switch (pick.below(4)) {
    case 0:
      return { [pick.of(["eq", "neq", "lt", "lte", "gt", "gte"])]: low, ...exists };
    case 1:
      return { [pick.of(["gt", "gte"])]: low, [pick.of(["lt", "lte"])]: low + 4, ...exists };
    case 2:
      return { in: pick.some(1, 3, () => pick.of(NUMBERS)), ...exists };
    default:
      return { ...exists, lte: low, gt: low - 3, neq: low - 1 };
  }
}

function someText(pick: Pick, optional: boolean): Json {
  if (pick.once(4)) return pick.of(["x", "x*", "*y", "agent", "b*"]);
  const exists = optional ? maybe(pick, "exists", () => true) : {};
  switch (pick.below(3)) {
    case 0:
      return { [pick.of(["eq", "neq", "contains"])]: pick.of(TEXTS), ...exists };
    case 1:
      return { in: pick.some(1, 3, () => pick.of(TEXTS)), ...exists };
    default:
      return { contains: "x", neq: "xy", ...exists };
  }
}

function someEvidence(pick: Pick): Json {
  const item = (): Fields => ({
    ...maybe(pick, "type", () => pick.of(["user_instruction", "user_*"])),
    ...maybe(pick, "source", () => someText(pick, true)),
    ...maybe(pick, "confidence", () => someNumber(pick, true)),
  });
  if (pick.once(3)) return item();
  return {
    any: item(),
    ...maybe(pick, "all", () => pick.some(1, 2, item)),
    ...maybe(pick, "count", () => pick.of<Json>([1, { gte: 1 }, { gt: 1, lt: 4 }, { in: [1, 2] }])),
  };
}

/** A call that often comes near to what some rule asks. */
export function someCall(pick: Pick, { rules }: RulesPolicy): PlainRequest {
  const when: { [part: string]: Json } = pick.of(rules).when ?? {};
  const near = (matcher: Json | undefined): Json | undefined => someValue(pick, matcher, 3);
  const action = pick.once(3) ? pick.of(TOOLS) : nameFor(pick, when.action);
  const root = (name: string, matcher: Json | undefined): object => {
    if (pick.once(12)) return { [name]: pick.of<Json>(["text", null, [], 5, {}]) };
    const value = near(matcher);
    return value === undefined ? {} : { [name]: value };
  };
  return {
    actor: {
      type: pick.of(["agent", "person"]),
      ...((near(when.actor) as object | undefined) ?? {}),
      id: pick.of(["x", "bot", "agent"]),
    },
    action: { name: action, ...root("input", when.input ?? when.arguments) },
    ...root("context", when.context),
    ...root("resource", when.resource),
    ...root("model", when.model),
    ...(pick.once(3) ? {} : { evidence: nearEvidence(pick, when.evidence) }),
  };
}

function nameFor(pick: Pick, action: Json | undefined): string {
  if (action === undefined) return pick.of(TOOLS);
  const pattern = pick.of([action].flat() as string[]);
  const fitting = TOOLS.filter((name) => name.startsWith(pattern.replace(/[*?].*$/s, "")));
  return pick.of(fitting.length === 0 ? TOOLS : fitting);
}

function nearEvidence(pick: Pick, matcher: Json | undefined): Json {
  if (pick.once(12)) return pick.of<Json>([null, {}, ["text"], [{ type: 5 }]]);
  const fields = (matcher ?? {}) as { any?: Json; all?: Json[] } & Fields;
  const wanted = [fields.any, ...(fields.all ?? []), fields.any === undefined ? matcher : undefined];
  return pick.some(0, 3, () => ({
    type: "user_instruction",
    ...((someValue(pick, pick.of(wanted), 2) as object | undefined) ?? {}),
  }));
}

/** A value near to what a matcher asks; undefined for none at all. */
function someValue(pick: Pick, matcher: Json | undefined, depth: number): Json | undefined {
  if (pick.once(10)) return undefined;
  if (matcher === undefined || pick.once(8)) return anything(pick, depth);
  if (Array.isArray(matcher)) {
    const items = matcher.map((one) => someValue(pick, one, depth - 1) ?? null);
    return pick.once(5) ? [...items, 1] : items;
  }
  if (typeof matcher === "string") return matcher.replace(/\*/g, () => pick.of(["", "x", "\n"]));
  if (typeof matcher !== "object" || matcher === null) return matcher;
  const { exists, eq, in: among, contains, externalEmail, lt, lte, gt, gte, neq } = matcher;
  const numbers = [lt, lte, gt, gte].filter((one): one is number => typeof one === "number");
  if (numbers.length > 0) return pick.of(NUMBERS) + pick.of([-1, 0, 0.5, 1]);
  if (eq !== undefined) return pick.once(3) ? anything(pick, 0) : eq;
  if (Array.isArray(among)) return pick.of([...among, "y"]);
  if (contains !== undefined) return pick.of<Json>([contains, [contains], ["q", contains], [contains, 1]]);
  if (externalEmail !== undefined) {
    return pick.once(2) ? pick.of(ADDRESSES) : pick.some<Json>(0, 2, () => pick.of(ADDRESSES));
  }
  if (neq !== undefined) return pick.of<Json>(["x", "other", 1, 2, true, null]);
  if (exists !== undefined) return pick.of<Json>([null, "x", 1]);
  const fields = Object.entries(matcher).map(
    ([name, one]) => [name, someValue(pick, one, depth - 1)] as const,
  );
  return Object.fromEntries(fields.filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

function anything(pick: Pick, depth: number): Json {
  if (depth > 0 && pick.once(3)) {
    return pick.once(2)
      ? pick.some<Json>(0, 2, () => anything(pick, depth - 1))
      : fieldsOf(pick, 0, () => anything(pick, depth - 1));
  }
  return pick.of<Json>([...TEXTS, ...NUMBERS, true, false, null]);
}
