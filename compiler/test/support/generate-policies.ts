import {
  type CheckedPolicy,
  type Expr,
  literal,
  optional,
  type RecordType,
  type Rule,
  recordOf,
  required,
  STRING,
  type Template,
  type Track,
  type Type,
  union,
} from "@agentpolicy/language";
import {
  AT,
  arithmetic,
  constant,
  equal,
  field,
  fn,
  local,
  mask,
  path,
  policy,
  rule,
  tool,
  trackOf,
} from "./build.ts";
import { type Sources, someCondition, someTest } from "./generate-exprs.ts";
import { someRecord } from "./generate-types.ts";
import type { Pick } from "./pick.ts";

const EFFECTS = ["allow", "approval_required", "clarification_required", "deny"] as const;

const ACTOR = recordOf([
  ["id", required(STRING)],
  ["type", required(STRING)],
  ["role", required(union([literal("lead"), literal("staff")]))],
  ["team", optional(STRING)],
]);
const CONTEXT = recordOf([
  ["env", required(union([literal("dev"), literal("prod")]))],
  ["ticket", optional(STRING)],
]);

/**
 * A well-typed policy over one tool `t` with a type of its own, and perhaps unknown tools. `plain`: only what can be
 * written in a policy file, too (functions of records cannot name all that a schema says of them).
 */
export function somePolicy(pick: Pick, plain = false): CheckedPolicy {
  const input = someRecord(pick, 2);
  const tracks = someTracks(pick, input);
  const functions = [...input.fields.values()]
    .filter(({ type }) => pick.once(2) && (!plain || ["string", "number", "boolean"].includes(type.kind)))
    .map(({ type }, i) => ({ id: `f${i}`, parameter: type }));
  const sources: Sources = {
    roots: [
      { of: path("input"), type: input },
      { of: path("input"), type: input },
      { of: path("actor"), type: ACTOR },
      { of: path("context"), type: CONTEXT },
    ],
    functions,
    counts: tracks.filter(({ figure }) => figure !== "seen").map(({ id }) => id),
    flags: tracks.filter(({ figure }) => figure === "seen").map(({ id }) => id),
  };
  const masks = pick.some(0, 1, () => mask(`input.${pick.of([...input.fields.keys()])}`));
  return policy({
    default: pick.of(["deny", "approval_required"]),
    tools: [tool("t", Object.fromEntries(input.fields), input.rest)],
    roots: { actor: ACTOR, context: CONTEXT },
    functions: functions.map(({ id, parameter }) =>
      fn(id, { p: parameter }, someTest(pick, local("p"), parameter, 2)),
    ),
    tracks,
    masks,
    coversUnknown: pick.once(2),
    rules: [
      ...pick.some(1, 6, (i) => someRule(pick, `r${i}`, input, sources)),
      ...(plain ? [] : pick.some(0, 2, (i) => someStrangerRule(pick, `u${i}`))),
    ],
  });
}

function someTracks(pick: Pick, input: RecordType): readonly Track[] {
  const numbers = [...input.fields].filter(([, field]) => field.type.kind === "number" && !field.optional);
  return pick.some(0, 2, (i) => {
    const figure = pick.of(
      numbers.length === 0 ? (["count", "seen"] as const) : (["count", "seen", "sum"] as const),
    );
    return trackOf(`p.t${i}`, {
      figure,
      per: pick.of(["actor", "session", "policy"]),
      ...(figure === "sum" && {
        amount: arithmetic("*", field(path("input"), pick.of(numbers)[0]), constant(2)),
      }),
      ...(pick.once(2) && { bodies: [] }),
    });
  });
}

export function someRule(pick: Pick, id: string, input: RecordType, sources: Sources): Rule {
  return rule(id, pick.of(EFFECTS), {
    when: pick.once(6) ? null : someCondition(pick, sources, 2),
    unless: pick.once(3) ? someCondition(pick, sources, 1) : null,
    because: pick.once(2) ? someTemplate(pick, input) : null,
    requirements: pick.some(0, 2, () => pick.of(["preview", "two-factor"])),
    risk: pick.of(["low", "medium", "high", "critical"]),
    unknown: false,
  });
}

/** A rule for tools that no catalogue declares; their input is a record of anything. */
function someStrangerRule(pick: Pick, id: string): Rule {
  const of = path("input");
  const type = recordOf([], { kind: "any" });
  const named: Expr = { kind: "tool", property: "name", at: AT };
  return rule(id, pick.of(EFFECTS), {
    when: someCondition(pick, { roots: [{ of, type }], functions: [], counts: [], flags: [] }, 2),
    unless: pick.once(3) ? equal(named, constant("__proto__")) : null,
    because: pick.once(2) ? ["Tool ", named, "."] : null,
    on: [],
    unknown: true,
  });
}

/** Shown values are primitives or lists of those, and there. */
function someTemplate(pick: Pick, input: RecordType): Template {
  const shown = [...input.fields].filter(
    ([name, { type, optional }]) => !optional && isPlain(type) && !name.includes(" "),
  );
  if (shown.length === 0) return ["Because."];
  const [name] = pick.of(shown);
  return ["Because of ", field(path("input"), name), "."];
}

function isPlain(type: Type): boolean {
  if (type.kind === "union") return type.members.every(isPlain);
  if (type.kind === "list") return isPlain(type.element) && type.element.kind !== "list";
  return type.kind !== "record" && type.kind !== "any";
}
