import { type Expr, type Json, printName, printType, type Type } from "@agentpolicy/language";
import { isUnjudged } from "../rules/exprs.ts";

/** The function that stands for what no rule can judge. */
export const UNJUDGED = "cannot-judge";

/** How tightly a piece of text holds together, loosest first. */
const BINDS = { if: 0, or: 1, and: 2, not: 3, compare: 4, access: 5 } as const;
type Binding = (typeof BINDS)[keyof typeof BINDS];

/** Thrown for what the language has no words for; caught where a rule is written. */
export const UNWRITABLE: unique symbol = Symbol("unwritable");

/** A condition of a rule object as an author would write it. Only what such conditions are made of is known here. */
export function writeExpr(expr: Expr, least: Binding = BINDS.if): string {
  const [text, binding] = written(expr);
  return binding < least ? `(${text})` : text;
}

function written(expr: Expr): readonly [text: string, binding: Binding] {
  if (isUnjudged(expr)) return [`${UNJUDGED}()`, BINDS.access];
  const compared = (operator: string, right: string): readonly [string, Binding] => [
    `${writeExpr("of" in expr ? expr.of : expr, BINDS.access)} ${operator} ${right}`,
    BINDS.compare,
  ];
  switch (expr.kind) {
    case "constant":
      return [writeJson(expr.value), BINDS.access];
    case "root":
      return [expr.root, BINDS.access];
    case "local":
      return [expr.name, BINDS.access];
    case "tool":
      return [`tool.${expr.property}`, BINDS.access];
    case "field":
      return [`${writeExpr(expr.of, BINDS.access)}${member(expr.name)}`, BINDS.access];
    case "has":
      return compared("has", writeName(expr.name));
    case "is":
      return compared("is", writeType(expr.type));
    case "like":
      return compared(expr.negated ? "not like" : "like", writeText(expr.pattern));
    case "in":
      return compared(expr.negated ? "not in" : "in", writeExpr(expr.list, BINDS.access));
    case "not":
      return [`not ${writeExpr(expr.of, BINDS.access)}`, BINDS.not];
    case "and":
    case "or": {
      const binds = BINDS[expr.kind];
      return [`${writeExpr(expr.left, binds)} ${expr.kind} ${writeExpr(expr.right, binds)}`, binds];
    }
    case "equal":
    case "compare": {
      const operator = expr.kind === "compare" ? expr.operator : expr.negated ? "!=" : "==";
      const [left, right] = [writeExpr(expr.left, BINDS.access), writeExpr(expr.right, BINDS.access)];
      return [`${left} ${operator} ${right}`, BINDS.compare];
    }
    default:
      return writtenWhole(expr);
  }
}

function writtenWhole(expr: Expr): readonly [text: string, binding: Binding] {
  switch (expr.kind) {
    case "if": {
      const [test, yes] = [writeExpr(expr.test, BINDS.or), writeExpr(expr.then, BINDS.or)];
      return [`if ${test} then ${yes} else ${writeExpr(expr.otherwise)}`, BINDS.if];
    }
    case "quantify": {
      const of = writeExpr(expr.of, BINDS.access);
      return [`${of}.${expr.quantifier}(${expr.variable} => ${writeExpr(expr.body)})`, BINDS.access];
    }
    case "parse":
      return [`${expr.parser}(${writeExpr(expr.of)})`, BINDS.access];
    case "method": {
      if (expr.method === "list.item") throw UNWRITABLE;
      const name = expr.method.slice(expr.method.indexOf(".") + 1);
      const args = expr.args.length === 0 ? "" : `(${expr.args.map((arg) => writeExpr(arg)).join(", ")})`;
      return [`${writeExpr(expr.of, BINDS.access)}.${name}${args}`, BINDS.access];
    }
    default:
      throw UNWRITABLE;
  }
}

function member(name: string): string {
  const plain = writeName(name);
  return plain === name ? `.${name}` : `[${plain}]`;
}

/** A field's name, in quotes where it is no name of the language, or one of letters that look like others. */
export function writeName(name: string): string {
  return printName(name) === name && /^[ -~]*$/.test(name) ? name : writeText(name);
}

/** A type that values are told by. */
function writeType(type: Type): string {
  if (type.kind === "list") return `${writeType(type.element)}[]`;
  if (type.kind !== "record") return printType(type);
  const fields = [...type.fields].map(([name, field]) => `${writeName(name)}?: ${writeType(field.type)}`);
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}

function writeJson(value: Json): string {
  if (typeof value === "string") return writeText(value);
  return Array.isArray(value) ? `[${value.map(writeJson).join(", ")}]` : JSON.stringify(value);
}

/** A text in quotes; what cannot be seen is escaped. */
export function writeText(text: string): string {
  return JSON.stringify(text).replace(/[\p{C}\p{Zl}\p{Zp}]|[\u{fe00}-\u{fe0f}]/gu, (character) =>
    character.split("").map(escaped).join(""),
  );
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
