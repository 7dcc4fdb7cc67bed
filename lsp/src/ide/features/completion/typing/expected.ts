import {
  BOOLEAN,
  builtinsOf,
  elementOf,
  type Field,
  kindOf,
  listOf,
  membersOf,
  type NameFact,
  NUMBER,
  STRING,
  type Type,
  union,
} from "@agentpolicy/language";
import type { Cursor } from "../cursor.ts";
import type { Each, Expects, Operand } from "../places.ts";
import { importedNames, nameAt } from "./scope.ts";
import { valueAt, withoutNull } from "./value.ts";

/** Text with a form of its own, of which an example is offered. */
export type Form = "glob" | "pattern" | "zone" | "url" | "domain" | "folder" | "network" | "instant";

/** What fits at a place; `type` null where anything may. */
export interface Expected {
  readonly type: Type | null;
  readonly fields: readonly Field[];
  readonly form: Form | null;
  /** Only a literal or a constant may stand there. */
  readonly constant: boolean;
  /** The catalogue's tool whose property stands on the other side: `tool.server == ▮`. */
  readonly property: string | null;
}

const expected = (type: Type | null, more: Partial<Expected> = {}): Expected => ({
  type,
  fields: [],
  form: null,
  constant: more.form === "glob" || more.form === "pattern" || more.form === "zone",
  property: null,
  ...more,
});

export const expectedAt = (cursor: Cursor, expects: Expects, each: readonly Each[]): Expected => {
  const { facts } = cursor.snapshot.result;
  switch (expects.kind) {
    case "condition":
    case "boolean":
      return expected(BOOLEAN);
    case "number":
      return expected(NUMBER);
    case "beside":
      return beside(cursor, expects.operand, expects.operator, each);
    case "argument":
      return argument(cursor, expects.callee, expects.index, each);
    case "element": {
      const list = expectedAt(cursor, expects.of, each);
      return { ...list, type: list.type === null ? null : elementOf(withoutNull(list.type)) };
    }
    case "field": {
      const record = expectedAt(cursor, expects.of, each);
      const fields = fieldsNamed(record.type, expects.name);
      return fields.length === 0 ? expected(null) : expected(typeOfFields(fields), { fields });
    }
    case "constant":
      return expected(nameAt(cursor, expects.name)?.type ?? null);
    case "input":
      return expected(facts.tools.get(expects.tool.replaceAll('"', ""))?.input ?? null);
    case "root":
      return root(cursor, expects.root);
    default:
      return expected(null);
  }
};

const root = ({ snapshot }: Cursor, name: string): Expected => {
  const { roots } = snapshot.result.facts;
  if (name === "now") return expected(STRING, { form: "instant" });
  return expected(Object.hasOwn(roots, name) ? roots[name as keyof typeof roots] : null);
};

const fieldsNamed = (type: Type | null, name: string): readonly Field[] =>
  type === null
    ? []
    : membersOf(type).flatMap((member) => (member.kind === "record" ? (member.fields.get(name) ?? []) : []));

const typeOfFields = (fields: readonly Field[]): Type => union(fields.map(({ type }) => type));

const beside = (cursor: Cursor, operand: Operand, operator: string, each: readonly Each[]): Expected => {
  if (operator === "like") return expected(STRING, { form: "glob" });
  const { type, fields } = valueAt(cursor, operand, each);
  const property = operand.length === 3 && operand[0]?.text === "tool" ? (operand[2]?.text ?? null) : null;
  if (type === null) return expected(null, { property });
  const isInstant = kindOf(type) === "instant";
  if (operator === "in") return expected(listOf(withoutNull(type)), { fields, property });
  if (operator === "??") return expected(withoutNull(type), { fields });
  if (operator === "+" || operator === "-") return expected(isInstant ? null : type);
  return expected(type, { fields, property, form: isInstant ? "instant" : null });
};

const FORMS: Readonly<Record<string, Form>> = {
  "url.within": "url",
  "domain.within": "domain",
  "path.within": "folder",
  "ip.in": "network",
  "string.matches": "pattern",
};

const argument = (cursor: Cursor, callee: Operand, index: number, each: readonly Each[]): Expected => {
  const name = callee.at(-1)?.text ?? "";
  if (callee.length === 1) {
    const found = nameAt(cursor, name);
    if (found !== undefined) return parameter(found, index);
    if (name === "now") return expected(STRING, { form: "zone" });
    return expected(STRING, { form: null });
  }
  const [first] = callee;
  if (callee.length === 3 && first !== undefined) {
    const found = importedNames(cursor, first.text).find((fact) => fact.name === name);
    if (found !== undefined) return parameter(found, index);
  }
  const of = valueAt(cursor, callee.slice(0, -2), each);
  if (of.type === null) return expected(null);
  const type = withoutNull(of.type);
  const method = builtinsOf(type).find((builtin) => builtin.name === name);
  const form = FORMS[`${kindOf(type)}.${name}`] ?? null;
  const taken = method?.parameters[index];
  if (taken?.form === "each") return expected(null);
  return expected(taken?.type ?? null, { form, fields: kindOf(type) === "list" ? of.fields : [] });
};

const parameter = (fact: NameFact, index: number): Expected =>
  expected(fact.kind === "fn" ? (fact.signature.parameters[index]?.type ?? null) : null);
