import { OPERATORS, type Operator } from "./words.ts";

type Operands = { readonly [name: string]: unknown };

/** Whether some value could meet all of these operators, as far as values that are listed and ranges of numbers tell. */
export function isPossible(operators: Operands): boolean {
  const listed = operators.eq === undefined ? operators.in : [operators.eq];
  if (Array.isArray(listed)) return listed.some((value) => meetsAll(value, operators));
  const above = Math.max(numberOr(operators.gt, -Infinity), numberOr(operators.gte, -Infinity));
  const below = Math.min(numberOr(operators.lt, Infinity), numberOr(operators.lte, Infinity));
  if (above !== below) return above < below;
  return meetsAll(above, operators);
}

function numberOr(operand: unknown, otherwise: number): number {
  return typeof operand === "number" ? operand : otherwise;
}

function meetsAll(value: unknown, operators: Operands): boolean {
  return OPERATORS.every((name) => operators[name] === undefined || meets(name, value, operators[name]));
}

function meets(name: Operator, value: unknown, operand: unknown): boolean {
  const compares = typeof value === "number" && typeof operand === "number";
  switch (name) {
    case "exists":
      return (value !== null) === operand;
    case "eq":
      return value === operand;
    case "neq":
      return value !== operand;
    case "in":
      return (operand as readonly unknown[]).includes(value);
    case "lt":
      return compares && value < operand;
    case "lte":
      return compares && value <= operand;
    case "gt":
      return compares && value > operand;
    case "gte":
      return compares && value >= operand;
    case "contains":
      return typeof value === "string" && typeof operand === "string" && value.includes(operand);
    case "externalEmail":
      return typeof value === "string";
  }
}
