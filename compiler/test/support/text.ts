import {
  type CheckedPolicy,
  type Expr,
  type Json,
  printName,
  type Rule,
  type Type,
} from "@agentpolicy/language";

/** Writes core expressions and types as an author would, so that generated policies can go through the checker. */
export function sourceOf(expr: Expr): string {
  switch (expr.kind) {
    case "constant":
      return JSON.stringify(expr.value);
    case "root":
      return expr.root;
    case "local":
      return expr.name;
    case "track":
      return expr.track.replace(/^.*\./, "");
    case "field": {
      const name = printName(expr.name);
      return name === expr.name ? `${sourceOf(expr.of)}.${name}` : `${sourceOf(expr.of)}[${name}]`;
    }
    case "has":
      return `(${sourceOf(expr.of)} has ${printName(expr.name)})`;
    case "default":
      return `(${sourceOf(expr.of)} ?? ${sourceOf(expr.otherwise)})`;
    case "not":
      return `(not ${sourceOf(expr.of)})`;
    case "and":
    case "or":
      return `(${sourceOf(expr.left)} ${expr.kind} ${sourceOf(expr.right)})`;
    case "if":
      return `(if ${sourceOf(expr.test)} then ${sourceOf(expr.then)} else ${sourceOf(expr.otherwise)})`;
    case "equal":
      return `(${sourceOf(expr.left)} ${expr.negated ? "!=" : "=="} ${sourceOf(expr.right)})`;
    case "compare":
    case "arithmetic":
      return `(${sourceOf(expr.left)} ${expr.operator} ${sourceOf(expr.right)})`;
    case "in":
      return `(${sourceOf(expr.of)} ${expr.negated ? "not in" : "in"} ${sourceOf(expr.list)})`;
    case "like":
      return `(${sourceOf(expr.of)} ${expr.negated ? "not like" : "like"} ${JSON.stringify(expr.pattern)})`;
    case "matches":
      return `${sourceOf(expr.of)}.matches(${JSON.stringify(expr.source)})`;
    case "is":
      return `(${sourceOf(expr.of)} is ${kindText(expr.type)})`;
    case "list":
      return `[${expr.items.map(sourceOf).join(", ")}]`;
    case "call":
      return `${expr.fn.replace(/^.*\./, "")}(${expr.args.map(sourceOf).join(", ")})`;
    case "quantify":
      return `${sourceOf(expr.of)}.${expr.quantifier}(${expr.variable} => ${sourceOf(expr.body)})`;
    case "parse":
      return `${expr.parser}(${sourceOf(expr.of)})`;
    case "method":
      return methodText(expr);
    case "tool":
      return `tool.${expr.property}`;
  }
}

function methodText(expr: Expr & { readonly kind: "method" }): string {
  const [type, name] = expr.method.split(".") as [string, string];
  const of = sourceOf(expr.of);
  if (type === "instant" && expr.args.length > 0) return `now(${expr.args.map(sourceOf).join(", ")}).${name}`;
  if (expr.args.length > 0) return `${of}.${name}(${expr.args.map(sourceOf).join(", ")})`;
  return name === "lower" ? `${of}.lower()` : `${of}.${name}`;
}

/** A type to narrow with. */
function kindText(type: Type): string {
  if (type.kind === "record") return "{}";
  return type.kind === "list" ? "any[]" : type.kind;
}

/** A type as the JSON Schema that gives it. */
export function schemaOf(type: Type): Json {
  switch (type.kind) {
    case "string":
    case "list":
    case "number": {
      const { kind, element, integer, ...bounds } = type as Type & { element?: Type; integer?: boolean };
      const name = kind === "list" ? "array" : integer === true ? "integer" : kind;
      return { type: name, ...(element && { items: schemaOf(element) }), ...(bounds as object) };
    }
    case "boolean":
    case "null":
      return { type: type.kind };
    case "literal":
      return { const: type.value };
    case "union":
      return { anyOf: type.members.map(schemaOf) };
    case "record": {
      const fields = [...type.fields];
      const rest =
        type.rest === "closed" ? false : typeof type.rest === "string" ? null : schemaOf(type.rest);
      return {
        type: "object",
        properties: Object.fromEntries(fields.map(([name, field]) => [name, schemaOf(field.type)])),
        required: fields.filter(([, field]) => !field.optional).map(([name]) => name),
        ...(rest !== null && { additionalProperties: rest }),
      };
    }
    default:
      return {};
  }
}

/** A generated policy as files: the policy's text, with its blocks in the order given, and its catalogue. */
export function filesOf(
  policy: CheckedPolicy,
  rules: readonly Rule[] = policy.rules,
): Record<string, string> {
  const tool = policy.tools.get("t")!;
  const functions = [...policy.functions.values()].map(({ id, parameters, body }) => {
    const given = parameters.map(({ name, type }) => `${name}: ${type.kind}`).join(", ");
    return `fn ${id}(${given}) = ${sourceOf(body)}`;
  });
  const tracks = [...policy.tracks.values()].map(({ id, figure, per, bodies }) => {
    const amount = bodies[0]?.amount;
    const sum = figure === "sum" ? ` ${amount ? sourceOf(amount) : "1"}` : "";
    return `track ${id.replace(/^.*\./, "")} = ${figure}${sum} on t per ${per}`;
  });
  const masks = policy.masks.map(({ path: [root, ...names] }) => {
    const path = names.map((name) => (printName(name) === name ? `.${name}` : `[${printName(name)}]`));
    return `on t { mask ${root}${path.join("")} }`;
  });
  const text = [
    `default ${policy.default === "deny" ? "deny" : "require approval"}`,
    'tools from "t.tools.json"',
    'actor { role: "lead" | "staff", team?: string }',
    'context { env: "dev" | "prod", ticket?: string }',
    ...functions,
    ...tracks,
    ...masks,
    ...rules.map(ruleText),
    ...(policy.coversUnknown ? ["on unknown { require approval unreviewed }"] : []),
  ].join("\n");
  const catalogue = { tools: [{ name: "t", inputSchema: schemaOf(tool.input) }] };
  return { "generated.agentpolicy": text, "t.tools.json": JSON.stringify(catalogue) };
}

const EFFECTS = {
  allow: "allow",
  approval_required: "require approval",
  clarification_required: "require clarification",
  deny: "deny",
};

function ruleText({ id, effect, bodies: [body], requirements, risk }: Rule): string {
  const { when = null, unless = null, because = null } = body ?? {};
  const template = (because ?? []).map((part) =>
    typeof part === "string" ? part : `{${sourceOf(part).replaceAll('"', '\\"')}}`,
  );
  const clauses = [
    when && `when ${sourceOf(when)}`,
    unless && `unless ${sourceOf(unless)}`,
    because && `because "${template.join("")}"`,
    effect === "clarification_required" && 'ask "Which?"',
    requirements.length > 0 && `requires ${requirements.map((name) => JSON.stringify(name)).join(", ")}`,
    `risk ${risk}`,
  ];
  return `on t { ${EFFECTS[effect]} ${id} ${clauses.filter((clause) => clause).join(" ")} }`;
}
