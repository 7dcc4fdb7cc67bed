import { type Expr, type Json, listOf, NUMBER, STRING, type Type } from "@agentpolicy/language";
import type { Known } from "./check-operators.ts";
import {
  all,
  among,
  cannotBeJudged,
  constant,
  either,
  equal,
  ifElse,
  is,
  method,
  not,
  type Place,
} from "./exprs.ts";
import type { Operators } from "./rule-objects.ts";
import { OPERATORS, type Operator } from "./words.ts";

/** Where operators are written, and what they know beside their operands. */
interface Beside {
  readonly at: (operator: string) => Place;
  readonly internalDomains: readonly string[];
}

/** What one operator asks of a value. `type`: what only can be judged; null where all can, or `holds` says it itself. */
interface Ask {
  readonly type: Type | null;
  readonly holds: Expr;
  readonly at: Place;
}

const KINDS: Readonly<Record<string, Type>> = {
  string: STRING,
  number: NUMBER,
  boolean: { kind: "boolean" },
};

/** Whether a value that is there is as all operators ask. They are tried in one order, however the object names them. */
export function operatorsHold(value: Expr, operators: Operators, known: Known, beside: Beside): Expr {
  const asks = OPERATORS.filter((name) => operators[name] !== undefined).map((name) =>
    known !== null && name === "exists"
      ? { type: null, holds: constant(operators.exists === true, beside.at(name)), at: beside.at(name) }
      : askOf(name, value, operators, known, beside),
  );
  const parts: Expr[] = [];
  for (let i = 0; i < asks.length; ) {
    const first = asks[i]!;
    const alike = asks.slice(i).findIndex(({ type }) => type !== first.type);
    const group = alike < 0 ? asks.slice(i) : asks.slice(i, i + alike);
    const holds = all(
      group.map((ask) => ask.holds),
      first.at,
    );
    parts.push(known === null && first.type !== null ? judgedAs(value, first.type, holds, first.at) : holds);
    i += group.length;
  }
  return all(parts, parts[0]?.at ?? beside.at("exists"));
}

function judgedAs(
  value: Expr,
  type: Type,
  holds: Expr,
  at: Place,
  otherwise = cannotBeJudged(value, at),
): Expr {
  return ifElse(is(value, type, at), holds, otherwise, at);
}

function askOf(name: Operator, value: Expr, operators: Operators, known: Known, beside: Beside): Ask {
  const at = beside.at(name);
  switch (name) {
    case "exists": {
      const isNull = is(value, { kind: "null" }, at);
      return { type: null, holds: operators.exists === true ? not(isNull, at) : isNull, at };
    }
    case "eq":
    case "neq": {
      const operand = operators[name] as Json;
      const differs = name === "neq";
      if (operand !== null)
        return { type: KINDS[typeof operand]!, holds: equal(value, operand, at, differs), at };
      const isNull = is(value, { kind: "null" }, at);
      return { type: null, holds: differs ? not(isNull, at) : isNull, at };
    }
    case "in":
      return isAmong(value, operators.in ?? [], at);
    case "contains":
      return holdsPart(value, operators.contains ?? "", known, at);
    case "externalEmail": {
      const outside = operators.externalEmail === true;
      return isExternal(value, outside, known, beside.internalDomains, at);
    }
    default: {
      const operator = COMPARISONS[name];
      const right = constant(operators[name] as number, at);
      return { type: NUMBER, holds: { kind: "compare", operator, left: value, right, at }, at };
    }
  }
}

const COMPARISONS = { lt: "<", lte: "<=", gt: ">", gte: ">=" } as const;

/** A value whose kind none of the list has cannot be judged. */
function isAmong(value: Expr, values: readonly Json[], at: Place): Ask {
  const kinds = Object.keys(KINDS).filter((kind) => values.some((one) => typeof one === kind));
  const ofKind = (kind: string): readonly Json[] => values.filter((one) => typeof one === kind);
  const takesNull = values.includes(null);
  const [only] = kinds;
  if (!takesNull && kinds.length === 1 && only !== undefined) {
    return { type: KINDS[only]!, holds: among(value, [...new Set(values)], at), at };
  }
  const chain = kinds.reduceRight<Expr>(
    (otherwise, kind) =>
      judgedAs(value, KINDS[kind]!, among(value, [...new Set(ofKind(kind))], at), at, otherwise),
    cannotBeJudged(value, at),
  );
  const isNull = is(value, { kind: "null" }, at);
  if (!takesNull) return { type: null, holds: chain, at };
  return { type: null, holds: kinds.length === 0 ? isNull : either([isNull, chain]), at };
}

/** A list of values of the operand's kind that has it, or a text that has the operand, which is text then. */
function holdsPart(value: Expr, part: string | number | boolean, known: Known, at: Place): Ask {
  const inText = method("string.contains", value, [part], at);
  if (known !== null) return { type: null, holds: inText, at };
  const list = listOf(KINDS[typeof part]!);
  const inList = judgedAs(value, list, method("list.contains", value, [part], at), at);
  if (typeof part !== "string") return { type: null, holds: inList, at };
  return { type: null, holds: judgedAs(value, STRING, inText, at, inList), at };
}

/** One address, or a list of addresses of which some are external, or none. */
function isExternal(value: Expr, outside: boolean, known: Known, domains: readonly string[], at: Place): Ask {
  const domainOf = (address: Expr): Expr =>
    method("email.domain", { kind: "parse", parser: "email", of: address, at }, [], at);
  const one = among(domainOf(value), domains, at, outside);
  if (known !== null) return { type: null, holds: one, at };
  const variable = "address";
  const each = among(domainOf({ kind: "local", name: variable, at }), domains, at, outside);
  const quantifier = outside ? "any" : "all";
  const list: Expr = { kind: "quantify", quantifier, of: value, variable, body: each, at };
  const inList = judgedAs(value, listOf(STRING), list, at);
  return { type: null, holds: judgedAs(value, STRING, one, at, inList), at };
}
