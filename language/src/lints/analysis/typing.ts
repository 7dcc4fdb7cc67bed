import type { Expr, Method, Root } from "../../core/expr.ts";
import type { CheckedPolicy } from "../../core/policy.ts";
import { ANY, BOOLEAN, listOf, literal, NEVER, NUMBER, numberOf, STRING, union } from "../../types/build.ts";
import { typeOfConstant } from "../../types/constant.ts";
import type { RecordType, Type } from "../../types/type.ts";
import { type Domain, domainOf, textsIn } from "./domain.ts";
import { ALL_STRINGS } from "./strings.ts";

/** What values are known to be before any condition is looked at: what step 2 of the semantics enforces, no more. */
export interface Typing {
  readonly policy: CheckedPolicy;
  /** The arguments' type; `any` where several tools are judged at once. */
  readonly input: Type;
  /** The variables of `any`, `all` and `count` around the expression. */
  readonly locals: ReadonlyMap<string, Type>;
}

const COUNT = numberOf({ integer: true, minimum: 0 });

const METHOD_TYPES: Readonly<Partial<Record<Method, Type>>> = {
  "string.lower": STRING,
  "string.length": COUNT,
  "list.length": COUNT,
  "instant.hour": numberOf({ integer: true, minimum: 0, maximum: 23 }),
  "instant.weekday": union(["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map(literal)),
  "instant.date": STRING,
  "email.local": STRING,
  "email.domain": STRING,
  "url.scheme": STRING,
  "url.host": STRING,
  "url.port": numberOf({ integer: true, minimum: 0, maximum: 65_535 }),
  "url.path": STRING,
  "url.query": STRING,
  "path.name": STRING,
  "path.extension": STRING,
  "ip.version": union([literal(4), literal(6)]),
  "command.program": STRING,
  "command.name": STRING,
  "command.args": listOf(STRING),
};

/** Texts that are lower-cased before a policy sees them. */
const LOWER: ReadonlySet<Method> = new Set(["string.lower", "email.domain", "url.scheme", "url.host"]);

const rootType = (root: Root, { policy, input }: Typing): Type => {
  if (root === "input") return input;
  return root === "now" ? NUMBER : policy.roots[root];
};

/** The type of a field's value where it is there, and whether it is: always, never or perhaps. */
export const fieldOf = (
  of: Type,
  name: string,
): { readonly type: Type; readonly there: "always" | "never" | "perhaps" } => {
  if (of.kind === "union") {
    const found = of.members.map((member) => fieldOf(member, name));
    const [first, ...others] = found.map(({ there }) => there);
    const there = others.every((one) => one === first) ? first! : "perhaps";
    return { type: union(found.map(({ type }) => type)), there };
  }
  if (of.kind !== "record") return { type: ANY, there: "perhaps" };
  return fieldOfRecord(of, name);
};

const fieldOfRecord = (of: RecordType, name: string): ReturnType<typeof fieldOf> => {
  const field = of.fields.get(name);
  if (field !== undefined) return { type: field.type, there: field.optional ? "perhaps" : "always" };
  if (of.rest === "closed") return { type: NEVER, there: "never" };
  return { type: of.rest === "hidden" ? ANY : of.rest, there: "perhaps" };
};

export const elementOf = (list: Type): Type => {
  if (list.kind === "union") return union(list.members.map(elementOf));
  return list.kind === "list" ? list.element : ANY;
};

/** The type of an expression, or something wider. */
export const typeOf = (expr: Expr, typing: Typing): Type => {
  switch (expr.kind) {
    case "constant":
      return typeOfConstant(expr.value);
    case "root":
      return rootType(expr.root, typing);
    case "field":
      return fieldOf(typeOf(expr.of, typing), expr.name).type;
    case "local":
      return typing.locals.get(expr.name) ?? ANY;
    case "track": {
      const figure = typing.policy.tracks.get(expr.track)?.figure;
      if (figure === undefined) return ANY;
      return figure === "seen" ? BOOLEAN : figure === "count" ? COUNT : NUMBER;
    }
    case "method":
      return METHOD_TYPES[expr.method] ?? BOOLEAN;
    case "if":
      return union([typeOf(expr.then, typing), typeOf(expr.otherwise, typing)]);
    case "default":
      return union([typeOf(expr.of, typing), typeOf(expr.otherwise, typing)]);
    case "arithmetic":
      return NUMBER;
    case "quantify":
      return expr.quantifier === "count" ? COUNT : BOOLEAN;
    case "list":
      return listOf(union(expr.items.map((item) => typeOf(item, typing))));
    case "parse":
      return expr.parser === "datetime" ? NUMBER : { kind: "opaque", name: expr.parser };
    case "tool":
    case "call":
      return ANY;
    default:
      return BOOLEAN;
  }
};

/** The values that an expression can have at all. */
export const startingDomain = (expr: Expr, typing: Typing): Domain => {
  if (expr.kind === "method" && LOWER.has(expr.method))
    return textsIn({ ...ALL_STRINGS, tests: [{ kind: "lower", text: "", holds: true }] });
  return domainOf(typeOf(expr, typing));
};
