import type { Type } from "@agentpolicy/language";
import type { Plan } from "../plan/plan.ts";
import { indented, type Lines } from "./lines.ts";
import { comment, literal, quote } from "./literal.ts";

/**
 * The module's types: tools by name with the types of their inputs, so that a wrong call to the guard does not
 * type-check. Where the policy covers unknown tools, any other name is one too.
 */
export const typesOf = (plan: Plan, runtime: string): string => {
  const { policy } = plan;
  const tools = [...plan.tools].sort(([a], [b]) => (a < b ? -1 : 1));
  const calls = tools.flatMap(
    ([name, { tool }]): Lines => [
      ...docLines(tool?.doc ?? tool?.title ?? null),
      `${quote(name)}: ${typeText(tool!.input)};`,
    ],
  );
  if (plan.unknown !== null) calls.push("[unknown: string & {}]: unknown;");
  return [
    `// ${comment(`The policy ${policy.name}, compiled. Do not edit.`)}`,
    `import type { Policy } from ${quote(`${runtime}/abi`)};`,
    "",
    "/** The tools that the policy knows, and what they take. */",
    // An interface would have no index signature, which the guard's own types ask for.
    "export type Calls = {",
    ...indented(calls),
    "};",
    "",
    "declare const policy: Policy<Calls>;",
    "export default policy;",
    "",
  ].join("\n");
};

/** The first paragraph of a tool's description. */
const docLines = (doc: string | null): Lines => {
  const [first = ""] = (doc ?? "").trim().split(/\r?\n\s*\r?\n/);
  const text = comment(first).replaceAll("*/", "* /").trim();
  if (text === "") return [];
  return [`/** ${text.length > LONGEST_DOC ? `${text.slice(0, LONGEST_DOC).trimEnd()}…` : text} */`];
};

const LONGEST_DOC = 300;

/** A type as TypeScript writes it. Bounds have no words there. */
export const typeText = (type: Type): string => {
  switch (type.kind) {
    case "any":
    case "opaque":
      return "unknown";
    case "number":
      return "number";
    case "literal":
      return literal(type.value);
    case "list": {
      const element = typeText(type.element);
      return /[| ]/.test(element) ? `readonly (${element})[]` : `readonly ${element}[]`;
    }
    case "record":
      return recordText(type);
    case "union":
      return [...new Set(type.members.map(typeText))].join(" | ");
    default:
      return type.kind;
  }
};

const recordText = (type: Extract<Type, { readonly kind: "record" }>): string => {
  const fields = [...type.fields]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => `${keyText(name)}${field.optional ? "?" : ""}: ${typeText(field.type)}`);
  // A schema that merely does not forbid other fields gets none: what nothing declares is most likely a slip. A typed
  // rest cannot stand beside fields of other types, so other fields are `unknown` there.
  if (typeof type.rest !== "string") {
    fields.push(`[field: string]: ${fields.length > 0 ? "unknown" : typeText(type.rest)}`);
  }
  return fields.length === 0 ? "{}" : `{ ${fields.join("; ")} }`;
};

const keyText = (name: string): string => (/^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name) ? name : quote(name));
