import { type Expr, NUMBER, recordOf, required, type Type } from "@agentpolicy/language";
import {
  AT,
  and,
  arithmetic,
  call,
  compare,
  constant,
  equal,
  field,
  has,
  ifElse,
  isType,
  local,
  method,
  not,
  or,
  orElse,
  parse,
  quantify,
  track,
} from "./build.ts";
import { WORDS } from "./generate-types.ts";
import type { Pick } from "./pick.ts";

/** What an expression may start from. */
export interface Sources {
  readonly roots: readonly { readonly of: Expr; readonly type: Type }[];
  readonly functions: readonly { readonly id: string; readonly parameter: Type }[];
  readonly counts: readonly string[];
  readonly flags: readonly string[];
}

let variables = 0;

/** A well-typed condition over the sources: everything optional, nullable or mixed is asked for first. */
export function someCondition(pick: Pick, sources: Sources, depth: number): Expr {
  const inner = (): Expr => someCondition(pick, sources, depth - 1);
  switch (pick.below(depth <= 0 ? 6 : 12)) {
    case 6:
    case 7:
      return and(inner(), inner());
    case 8:
    case 9:
      return or(inner(), inner());
    case 10:
      return not(inner());
    case 11:
      return ifElse(inner(), inner(), inner());
    default:
      return someLeaf(pick, sources);
  }
}

function someLeaf(pick: Pick, sources: Sources): Expr {
  const { functions, counts, flags } = sources;
  if (pick.once(12)) return constant(pick.once(2));
  if (functions.length > 0 && pick.once(8)) {
    const { id, parameter } = pick.of(functions);
    return called(pick, sources, id, parameter);
  }
  if (counts.length > 0 && pick.once(8)) {
    const sum = arithmetic(pick.of(["+", "-", "*"]), track(pick.of(counts)), constant(pick.below(20)));
    return compare(pick.of(["<", "<=", ">", ">="]), sum, constant(pick.below(50)));
  }
  if (flags.length > 0 && pick.once(8)) return track(pick.of(flags));
  if (pick.once(10)) {
    const now: Expr = { kind: "root", root: "now", at: AT };
    return compare(
      ">",
      method("instant.hour", now, ...(pick.once(2) ? [constant("Europe/Berlin")] : [])),
      constant(11),
    );
  }
  const { of, type } = pick.of(sources.roots);
  return someTest(pick, of, type, 4);
}

/** A call of a function with some value of its parameter's type, or false where there is none. */
function called(pick: Pick, { roots }: Sources, id: string, parameter: Type): Expr {
  const { of, type } = pick.of(roots);
  if (type.kind !== "record") return constant(false);
  for (const [name, { type: found, optional }] of type.fields) {
    if (found !== parameter) continue;
    const value = call(id, field(of, name));
    return optional ? and(has(of, name), value) : value;
  }
  return constant(false);
}

/** A condition over one value of a type. */
export function someTest(pick: Pick, of: Expr, type: Type, depth: number): Expr {
  switch (type.kind) {
    case "string":
      return textTest(pick, of);
    case "number":
      return numberTest(pick, of);
    case "boolean":
      return of;
    case "literal":
      return equal(of, constant(type.value));
    case "null":
      return equal(of, constant(null));
    case "list":
      return listTest(pick, of, type.element, depth);
    case "record":
      return recordTest(pick, of, type, depth);
    case "union":
      return unionTest(pick, of, type.members, depth);
    case "any":
      return anyTest(pick, of, depth);
    default:
      return constant(true);
  }
}

/** What is anything is narrowed first, to something as deep as the depth allows. */
function anyTest(pick: Pick, of: Expr, depth: number): Expr {
  const types: readonly Type[] = [
    { kind: "string" },
    { kind: "number", integer: pick.once(2) },
    { kind: "list", element: { kind: "any" } },
    { kind: "list", element: { kind: "string" } },
    recordOf([["a", required(pick.once(2) ? { kind: "any" } : NUMBER)]]),
  ];
  const type = depth <= 0 ? types[0]! : pick.of(types);
  const test = someTest(pick, of, type, depth - 1);
  return pick.once(2) ? and(isType(of, type), test) : ifElse(isType(of, type), test, constant(pick.once(2)));
}

function textTest(pick: Pick, of: Expr): Expr {
  const word = constant(pick.of(WORDS));
  switch (pick.below(12)) {
    case 0:
      return equal(of, word);
    case 1:
      return { kind: "in", of, list: constant([pick.of(WORDS), "zz"]), negated: pick.once(2), at: AT };
    case 2:
      return {
        kind: "like",
        of,
        pattern: pick.of(["*", "a?", "*acme*", "", "?\n*"]),
        negated: pick.once(2),
        at: AT,
      };
    case 3:
      return {
        kind: "matches",
        of,
        source: pick.of(["^a", "[0-9]+$", "(x|@)"]),
        at: AT,
        ...(pick.once(2) && { limit: 8 }),
      };
    case 4:
      return method(pick.of(["string.startsWith", "string.endsWith", "string.contains"] as const), of, word);
    case 5:
      return compare("<", method("string.length", of), constant(3));
    case 6:
      return equal(method("string.lower", of), word);
    case 7:
      return equal(method("email.domain", parse("email", of)), constant("acme.com"));
    case 8:
      return method("url.within", parse("url", of), constant("https://acme.com/v1"));
    case 9:
      return method("path.within", parse("path", of), pick.once(2) ? constant("/srv") : of);
    case 10:
      return method("ip.private", parse("ip", of));
    default:
      return method("command.compound", parse("command", of));
  }
}

function numberTest(pick: Pick, of: Expr): Expr {
  const operator = pick.of(["<", "<=", ">", ">="] as const);
  const limit = constant(pick.below(12));
  if (pick.once(3)) {
    return compare(
      operator,
      arithmetic(pick.of(["+", "-", "*", "/"]), of, constant(1 + pick.below(3))),
      limit,
    );
  }
  return pick.once(4) ? equal(of, limit) : compare(operator, of, limit);
}

function listTest(pick: Pick, of: Expr, element: Type, depth: number): Expr {
  const primitive = element.kind === "string" || element.kind === "number" || element.kind === "boolean";
  if (primitive && pick.once(3)) {
    const wanted = constant(
      element.kind === "string" ? ["a", pick.of(WORDS)] : element.kind === "number" ? [1, 2] : [true],
    );
    return method(pick.of(["list.containsAll", "list.containsAny"] as const), of, wanted);
  }
  if (depth <= 0 || pick.once(4)) return compare(">", method("list.length", of), constant(pick.below(3)));
  const name = `v${variables++}`;
  const body = someTest(pick, local(name), element, depth - 1);
  if (pick.once(3)) return compare(">", quantify("count", of, name, body), constant(pick.below(2)));
  return quantify(pick.of(["any", "all"]), of, name, body);
}

function recordTest(pick: Pick, of: Expr, type: Type & { kind: "record" }, depth: number): Expr {
  if (depth <= 0 || type.fields.size === 0) return constant(true);
  if (typeof type.rest !== "string" && pick.once(5)) {
    return and(has(of, "other"), someTest(pick, field(of, "other"), type.rest, depth - 1));
  }
  const [name, { type: found, optional }] = pick.of([...type.fields]);
  const value = field(of, name);
  if (!optional) return someTest(pick, value, found, depth - 1);
  if (found.kind === "string" && pick.once(2)) return textTest(pick, orElse(value, constant("none")));
  const test = someTest(pick, value, found, depth - 1);
  return pick.once(2) ? and(has(of, name), test) : or(not(has(of, name)), test);
}

function unionTest(pick: Pick, of: Expr, members: readonly Type[], depth: number): Expr {
  const records = members.filter((member) => member.kind === "record");
  const literals = members.every((member) => member.kind === "literal");
  if (literals) return someTest(pick, of, pick.of(members), depth);
  if (records.length > 1) {
    const member = pick.of(records);
    const kind = member.fields.get("kind")?.type;
    const tag = kind?.kind === "literal" ? kind.value : "";
    return and(equal(field(of, "kind"), constant(tag)), recordTest(pick, of, member, depth));
  }
  const member = pick.of(members);
  if (member.kind === "null") return equal(of, constant(null));
  const isIt = isType(of, wide(member));
  const test = someTest(pick, of, member, depth);
  return pick.once(2) ? and(isIt, test) : ifElse(isIt, test, constant(false));
}

/** The plain kind of a type, to narrow with. */
function wide(type: Type): Type {
  if (type.kind === "record") return { kind: "record", fields: new Map(), rest: "hidden" };
  if (type.kind === "list") return { kind: "list", element: { kind: "any" } };
  if (type.kind === "number") return { kind: "number", integer: false };
  if (type.kind === "literal") return { kind: "string" };
  return type.kind === "string" ? { kind: "string" } : type;
}
