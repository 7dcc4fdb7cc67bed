import type {
  CheckedPolicy,
  Expr,
  Json,
  Location,
  Root,
  Rule,
  RuleBody,
  Tool,
  Type,
} from "@agentpolicy/language";
import { NUMBER, optional, recordOf, required, STRING } from "@agentpolicy/language";

/** Checked policies and expressions made by hand, for tests that need an exact one. */
export const at: Location = { file: "p.agentpolicy", start: 0, end: 1 };

export const constant = (value: Json): Expr => ({ kind: "constant", value, at });

/** `path("input", "amount")`. */
export const path = (root: Root, ...names: readonly string[]): Expr =>
  names.reduce<Expr>((of, name) => ({ kind: "field", of, name, at }), { kind: "root", root, at });

export const compare = (left: Expr, operator: "<" | "<=" | ">" | ">=", right: Expr): Expr => ({
  kind: "compare",
  operator,
  left,
  right,
  at,
});

export const equal = (left: Expr, right: Expr, negated = false): Expr => ({
  kind: "equal",
  left,
  right,
  negated,
  at,
});

export const and = (left: Expr, right: Expr): Expr => ({ kind: "and", left, right, at });

export const tool = (name: string, input: Tool["input"], schema: Json = {}): Tool => {
  const [server, short] = name.includes(".") ? name.split(".", 2) : [null, name];
  return {
    name,
    server: server ?? null,
    tool: short!,
    title: null,
    doc: null,
    hints: { readOnly: false, destructive: false, idempotent: false, openWorld: false },
    input,
    schema,
    at,
  };
};

/** The tool of most tests. */
export const transfer = tool(
  "bank.transfer_money",
  recordOf([
    ["to", required(STRING)],
    ["amount", required({ ...NUMBER, exclusiveMinimum: 0 })],
    ["cc", optional({ kind: "list", element: STRING })],
  ]),
);

export const body = (when: Expr | null, more: Partial<RuleBody> = {}): RuleBody => ({
  tools: [transfer.name],
  unknown: false,
  when,
  unless: null,
  because: null,
  ask: null,
  ...more,
});

export const rule = (
  name: string,
  effect: Rule["effect"],
  bodies: readonly RuleBody[],
  more: Partial<Rule> = {},
): Rule => ({
  id: `p.${name}`,
  effect,
  risk: effect === "allow" ? "low" : "medium",
  requirements: [],
  ...(effect === "approval_required" && { approval: { from: [], approvals: 1, within: 86_400_000 } }),
  ...(effect === "clarification_required" && { clarification: { needs: [], within: 86_400_000 } }),
  doc: null,
  at,
  nameAt: at,
  bodies,
  ...more,
});

const who: Type = recordOf([
  ["id", required(STRING)],
  ["role", optional(STRING)],
  ["type", required(STRING)],
]);

export const policy = (rules: readonly Rule[], more: Partial<CheckedPolicy> = {}): CheckedPolicy => ({
  name: "p",
  version: null,
  default: "deny",
  sources: [{ path: "p.agentpolicy", text: "policy p\n", kind: "policy" }],
  tools: new Map([[transfer.name, transfer]]),
  roots: {
    actor: who,
    context: recordOf([
      ["env", required(STRING)],
      ["ticket", optional(STRING)],
    ]),
    resource: recordOf([]),
    session: recordOf([["id", optional(STRING)]]),
    model: recordOf([]),
    evidence: { kind: "list", element: recordOf([["type", required(STRING)]]) },
  },
  functions: new Map(),
  tracks: new Map(),
  rules,
  masks: [],
  coversUnknown: false,
  tests: [],
  proofs: [],
  ...more,
});
