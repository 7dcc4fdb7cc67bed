import { childrenOf, type Expr, type Json, type Rule, type Type } from "@agentpolicy/language";

/** Values worth trying for one path of a request; `undefined` leaves it out. */
export interface Candidates {
  readonly path: readonly string[];
  readonly values: readonly (Json | undefined)[];
}

type Path = readonly string[];

/** What the conditions of rules compare, path by path, with values on both sides of each comparison. */
export function candidatesFor(
  rules: readonly Rule[],
  tool: string,
  expand: (expr: Expr) => Expr,
  typeAt: (path: Path) => { readonly type: Type; readonly optional: boolean } | null,
): readonly Candidates[] {
  const found = new Map<string, { readonly path: Path; readonly values: Map<string, Json | undefined> }>();
  const add = (path: Path, values: readonly (Json | undefined)[]) => {
    const own = found.get(path.join("\n")) ?? { path, values: new Map() };
    for (const value of values) own.values.set(JSON.stringify(value) ?? "absent", value);
    found.set(path.join("\n"), own);
  };
  for (const rule of rules)
    for (const body of rule.bodies) {
      if (!body.tools.includes(tool)) continue;
      for (const part of [body.when, body.unless]) if (part) collect(expand(part), add);
    }
  for (const { path } of [...found.values()]) {
    const known = typeAt(path);
    if (known === null) continue;
    if (known.optional) add(path, [undefined]);
    add(path, ofType(known.type));
  }
  return [...found.values()].map(({ path, values }) => ({ path, values: [...values.values()] }));
}

/** The values that a type has few of. */
function ofType(type: Type): readonly Json[] {
  switch (type.kind) {
    case "literal":
      return [type.value];
    case "boolean":
      return [true, false];
    case "null":
      return [null];
    case "union":
      return type.members.length > 12 ? [] : type.members.flatMap(ofType);
    default:
      return [];
  }
}

type Add = (path: Path, values: readonly (Json | undefined)[]) => void;

function collect(expr: Expr, add: Add): void {
  for (const [subject, values] of comparisons(expr)) {
    const read = readOf(subject);
    if (read !== null) add(read.path, values.map(read.wrap));
  }
  for (const child of childrenOf(expr)) collect(child, add);
}

/** What is compared, and values for which it turns out one way or the other. */
function comparisons(expr: Expr): readonly (readonly [Expr, readonly Json[]])[] {
  switch (expr.kind) {
    case "equal":
    case "compare":
      return [...sides(expr.left, expr.right), ...sides(expr.right, expr.left)];
    case "in":
      return expr.list.kind === "constant"
        ? [
            [
              expr.of,
              [...(Array.isArray(expr.list.value) ? expr.list.value : []), ...others(expr.list.value)],
            ],
          ]
        : expr.of.kind === "constant"
          ? [[expr.list, [[expr.of.value], []]]]
          : [];
    case "like":
      return [[expr.of, [expr.pattern.replaceAll("*", ""), expr.pattern.replaceAll(/[*?]/g, "x"), "x"]]];
    case "is":
      return [[expr.of, ["x", 1, true]]];
    case "has":
      return [[{ kind: "field", of: expr.of, name: expr.name, at: expr.at }, ["x"]]];
    case "method":
      return [[expr.of, ofMethod(expr)]];
    case "parse":
      return [[expr.of, [PLAIN[expr.parser] ?? "x"]]];
    case "field":
      return [[expr, [true, false]]];
    case "quantify":
      return [[expr.of, [[]]]];
    default:
      return [];
  }
}

const PLAIN: Readonly<Record<string, string>> = {
  email: "someone@example.com",
  url: "https://example.com/",
  domain: "example.com",
  path: "/tmp/file.txt",
  ip: "192.0.2.1",
  datetime: "2026-01-31T12:00:00Z",
  command: "ls",
};

function sides(subject: Expr, value: Expr): readonly (readonly [Expr, readonly Json[]])[] {
  if (value.kind !== "constant") return [];
  const around =
    typeof value.value === "number"
      ? [value.value, value.value + 1, value.value - 1]
      : [value.value, ...others(value.value)];
  const sum = subject.kind === "arithmetic" ? [subject.left, subject.right] : [subject];
  return sum.map((one) => [one, around] as const);
}

/** A value that is another one. */
const others = (value: Json): readonly Json[] =>
  typeof value === "string" || Array.isArray(value) ? ["other"] : [];

function ofMethod(expr: Expr & { readonly kind: "method" }): readonly Json[] {
  const constants = expr.args.flatMap((arg) => (arg.kind === "constant" ? [arg.value] : []));
  switch (expr.method) {
    case "string.startsWith":
    case "string.endsWith":
    case "string.contains":
      return [...constants, "x"];
    case "list.contains":
      return [constants, []];
    case "list.containsAll":
    case "list.containsAny":
      return [...constants, []];
    case "ip.in":
      return constants.map((range) => String(range).replace(/\/.*$/, ""));
    default:
      return constants;
  }
}

interface ReadPath {
  readonly path: Path;
  /** The value of the whole path for which the subject is the given one. */
  readonly wrap: (value: Json) => Json;
}

/** The path of the request that a value comes from, through parsers and methods. */
function readOf(expr: Expr): ReadPath | null {
  switch (expr.kind) {
    case "root":
      return { path: [expr.root], wrap: (value) => value };
    case "field": {
      const of = readOf(expr.of);
      return of && { path: [...of.path, expr.name], wrap: (value) => value };
    }
    case "default":
      return readOf(expr.of);
    case "parse": {
      const of = readOf(expr.of);
      return of && { path: of.path, wrap: (value) => of.wrap(value) };
    }
    case "method": {
      const of = readOf(expr.of);
      return of && { path: of.path, wrap: (value) => of.wrap(wrapMethod(expr.method, value)) };
    }
    default:
      return null;
  }
}

/** A text of which the part that a method gives is the value. */
function wrapMethod(method: string, value: Json): Json {
  const text = String(value);
  switch (method) {
    case "email.domain":
      return `someone@${text === "other" ? "other.example" : text}`;
    case "email.local":
      return `${text}@example.com`;
    case "url.host":
      return `https://${text === "other" ? "other.example" : text}/`;
    case "url.scheme":
      return text === "other" ? "ftp://example.com/" : `${text}://example.com/`;
    case "path.name":
      return `/tmp/${text}`;
    case "path.extension":
      return `/tmp/file.${text}`;
    case "command.program":
    case "command.name":
      return text;
    case "list.item":
      return [value];
    case "string.length":
      return "x".repeat(Math.max(0, Math.min(200, Number(value) || 0)));
    case "list.length":
      return Array.from({ length: Math.max(0, Math.min(20, Number(value) || 0)) }, () => "x");
    default:
      return value;
  }
}
