import type { ListType, RecordType, Type } from "@agentpolicy/language";
import { BOUNDS, type Bound, boundOf } from "../plan/misfit.ts";
import { BINDS, call, chain, isName, type Js, js, not, same, within } from "./js.ts";
import { literal, member, quote } from "./literal.ts";
import { hasOwnName, type Module } from "./module.ts";

/**
 * Whether a value is of a type, as a JavaScript expression. An absent value is of none. Of a record only the fields that
 * the type names are looked at, of a list of `any` no item.
 */
export const typeTest = (of: Js, type: Type, module: Module): Js =>
  isName(of) || isSingle(type) ? test(of, type, module) : call(testFunction(type, module), [of]);

/** Types whose test looks at the value once. */
const isSingle = (type: Type): boolean =>
  type.kind === "null" || type.kind === "boolean" || type.kind === "literal" || bounds(type).length === 0;

const bounds = (type: Type): readonly Bound[] =>
  type.kind === "string" || type.kind === "number"
    ? BOUNDS.filter((bound) => boundOf(type, bound) !== undefined)
    : [];

const always = (value: boolean): Js => js(String(value));

const all = (tests: readonly Js[]): Js =>
  tests.length === 0 ? always(true) : tests.reduce((left, right) => chain(left, "&&", right, BINDS.and));

const typeOf = (of: Js, name: string): Js =>
  same(js(`typeof ${within(of, BINDS.unary)}`, BINDS.unary), js(quote(name)));

const test = (of: Js, type: Type, module: Module): Js => {
  switch (type.kind) {
    case "any":
      return same(of, js("undefined"), false);
    case "null":
      return same(of, js("null"));
    case "boolean":
      return typeOf(of, "boolean");
    case "string":
      return all([typeOf(of, "string"), ...boundTests(of, type, module)]);
    case "number":
      return all([kindTest(of, type), ...boundTests(of, type, module)]);
    case "literal":
      return same(of, js(literal(type.value)));
    case "list":
    case "record":
      return call(testFunction(type, module), [of]);
    case "union":
      return unionTest(of, type.members, module);
    default:
      return always(false);
  }
};

/** Whether a number is one of the right sort. */
const kindTest = (of: Js, { integer }: Type & { readonly kind: "number" }): Js =>
  js(`Number.${integer ? "isInteger" : "isFinite"}(${of.code})`);

const boundTests = (of: Js, type: Type, module: Module): readonly Js[] =>
  bounds(type)
    .filter((bound) => bound !== "integer")
    .map((bound) => boundTest(of, type, bound, module));

/** Whether a value of the right kind keeps a bound. Lengths count code points. */
export const boundTest = (of: Js, type: Type, bound: Bound, module: Module): Js => {
  const limit = boundOf(type, bound);
  const compare = (left: string, operator: string): Js =>
    js(`${left} ${operator} ${limit}`, BINDS.relational);
  switch (bound) {
    case "integer":
      return js(`Number.isInteger(${of.code})`);
    case "minimum":
      return compare(of.code, ">=");
    case "maximum":
      return compare(of.code, "<=");
    case "exclusiveMinimum":
      return compare(of.code, ">");
    case "exclusiveMaximum":
      return compare(of.code, "<");
    case "minItems":
      return compare(`${of.code}.length`, ">=");
    case "maxItems":
      return compare(`${of.code}.length`, "<=");
    case "minLength":
      // No text has more code points than code units.
      return limit === 1
        ? same(of, js('""'), false)
        : compare(`${module.use("values/text", "codePoints")}(${of.code})`, ">=");
    case "maxLength": {
      const short = compare(`${of.code}.length`, "<=");
      const counted = compare(`${module.use("values/text", "codePoints")}(${of.code})`, "<=");
      return chain(short, "||", counted, BINDS.or);
    }
  }
};

const unionTest = (of: Js, members: readonly Type[], module: Module): Js => {
  const literals = members.flatMap((member) => (member.kind === "literal" ? [literal(member.value)] : []));
  const many = literals.length > 3;
  const set = many
    ? [js(`${module.define("constants", "any_of", `new Set([${literals.join(", ")}])`)}.has(${of.code})`)]
    : [];
  const rest = members.filter((member) => !many || member.kind !== "literal");
  const tests = [...set, ...rest.map((member) => test(of, member, module))];
  return tests.reduce((left, right) => chain(left, "||", right, BINDS.or));
};

/** The name of a function that tests one value. */
const testFunction = (type: Type, module: Module): string => {
  if (type.kind === "list") return module.define("functions", "is_list", listTest(type, module));
  if (type.kind === "record") return module.define("functions", "is_record", recordTest(type, module));
  return module.define("functions", "is", `(value) => ${test(js("value"), type, module).code}`);
};

const listTest = (type: ListType, module: Module): string => {
  const value = js("value");
  const counts = BOUNDS.filter((bound) => boundOf(type, bound) !== undefined);
  const tests = [js("Array.isArray(value)"), ...counts.map((bound) => boundTest(value, type, bound, module))];
  if (type.element.kind !== "any") {
    const item = `(item) => ${test(js("item"), type.element, module).code}`;
    tests.push(call(module.use("artifact/lists", "every"), [value, js(item, BINDS.arrow)]));
  }
  return `(value) => ${all(tests).code}`;
};

const recordTest = (type: RecordType, module: Module): string => {
  const lines = [`if (!${module.use("artifact", "isRecord")}(value)) return false;`];
  if (type.fields.size > 0) lines.push("let field;");
  const hasOwn = type.fields.size > 0 ? hasOwnName(module) : "";
  for (const [name, field] of [...type.fields].sort(([a], [b]) => (a < b ? -1 : 1))) {
    lines.push(`field = ${hasOwn}(value, ${quote(name)}) ? ${member("value", name)} : undefined;`);
    const fails = fieldFails(field.type, field.optional, module);
    if (fails !== null) lines.push(`if (${fails}) return false;`);
  }
  lines.push("return true;");
  return `(value) => {\n${lines.map((line) => `  ${line}`).join("\n")}\n}`;
};

/** When a field does not fit; null where whatever it is does. */
const fieldFails = (type: Type, optional: boolean, module: Module): string | null => {
  if (type.kind === "any") return optional ? null : "field === undefined";
  if (type.kind === "never") return "field !== undefined";
  const fails = not(test(js("field"), type, module));
  return optional ? `field !== undefined && ${fails.code}` : fails.code;
};
