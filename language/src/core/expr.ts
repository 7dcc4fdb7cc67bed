import type { Location } from "../text/span.ts";
import type { Json, Type } from "../types/type.ts";

/** The parts of a request that an expression starts from. */
export type Root = "input" | "actor" | "context" | "resource" | "session" | "model" | "evidence" | "now";

/** What a tool says about itself. Known at compile time but for `on unknown`, where only `tool` nodes are left over. */
export type ToolProperty =
  | "name"
  | "server"
  | "title"
  | "readOnly"
  | "destructive"
  | "idempotent"
  | "openWorld";

export type Parser = "email" | "url" | "domain" | "path" | "ip" | "datetime" | "command";

/** Built-in functions of one receiver, resolved by the receiver's type. The part before the dot is that type. */
export type Method =
  | "string.startsWith"
  | "string.endsWith"
  | "string.contains"
  | "string.lower"
  | "string.length"
  | "list.contains"
  | "list.containsAll"
  | "list.containsAny"
  | "list.item"
  | "list.length"
  | "instant.hour"
  | "instant.weekday"
  | "instant.date"
  | "email.local"
  | "email.domain"
  | "url.scheme"
  | "url.host"
  | "url.port"
  | "url.path"
  | "url.query"
  | "url.within"
  | "domain.within"
  | "path.absolute"
  | "path.within"
  | "path.name"
  | "path.extension"
  | "ip.in"
  | "ip.private"
  | "ip.version"
  | "command.program"
  | "command.name"
  | "command.args"
  | "command.compound";

/**
 * A checked expression: names resolved, methods chosen by type, sugar gone. It needs no types to be evaluated, and an
 * evaluator must still fault safely on what a checker would have refused. Evaluation gives a value, `absent` (only
 * `field` and `list.item` can, and only `default` and `is` take it), or a fault (a parser refuses, arithmetic is not
 * finite), which makes the whole rule impossible to evaluate.
 *
 * - `constant`: strings, numbers, booleans, null, lists and records; instants and durations are milliseconds, and a
 *   duration says so (`unit`), for where it is shown.
 * - `tool`: only in bodies for unknown tools. - `field`: an own property or absent; `has`: whether it is there.
 * - `local`: a lambda's or function's parameter, by name (names are unique within a body).
 * - `call`: a function of the policy by id, arguments evaluated first. - `track`: the figure, by track id.
 * - `equal` and `in` compare primitives only, never across kinds. - `like.pattern` is the glob as written.
 * - `matches.limit`: longest text in UTF-16 units that may be tried, where the expression is not linear; longer faults.
 * - `instant.*` take an optional time zone as first argument (a constant).
 * - `list.item` takes an index (a constant, from 0). The language has no word for it; rule objects use it.
 */
export type Expr = { readonly at: Location } & (
  | { readonly kind: "constant"; readonly value: Json; readonly unit?: "duration" }
  | { readonly kind: "root"; readonly root: Root }
  | { readonly kind: "tool"; readonly property: ToolProperty }
  | { readonly kind: "field"; readonly of: Expr; readonly name: string }
  | { readonly kind: "has"; readonly of: Expr; readonly name: string }
  | { readonly kind: "default"; readonly of: Expr; readonly otherwise: Expr }
  | { readonly kind: "not"; readonly of: Expr }
  | { readonly kind: "and" | "or"; readonly left: Expr; readonly right: Expr }
  | { readonly kind: "if"; readonly test: Expr; readonly then: Expr; readonly otherwise: Expr }
  | { readonly kind: "equal"; readonly left: Expr; readonly right: Expr; readonly negated: boolean }
  | {
      readonly kind: "compare";
      readonly operator: "<" | "<=" | ">" | ">=";
      readonly left: Expr;
      readonly right: Expr;
    }
  | { readonly kind: "in"; readonly of: Expr; readonly list: Expr; readonly negated: boolean }
  | { readonly kind: "like"; readonly of: Expr; readonly pattern: string; readonly negated: boolean }
  | { readonly kind: "matches"; readonly of: Expr; readonly source: string; readonly limit?: number }
  | { readonly kind: "is"; readonly of: Expr; readonly type: Type }
  | {
      readonly kind: "arithmetic";
      readonly operator: "+" | "-" | "*" | "/";
      readonly left: Expr;
      readonly right: Expr;
    }
  | { readonly kind: "list"; readonly items: readonly Expr[] }
  | { readonly kind: "local"; readonly name: string }
  | { readonly kind: "call"; readonly fn: string; readonly args: readonly Expr[] }
  | {
      readonly kind: "quantify";
      readonly quantifier: "any" | "all" | "count";
      readonly of: Expr;
      readonly variable: string;
      readonly body: Expr;
    }
  | { readonly kind: "method"; readonly method: Method; readonly of: Expr; readonly args: readonly Expr[] }
  | { readonly kind: "parse"; readonly parser: Parser; readonly of: Expr }
  | { readonly kind: "track"; readonly track: string }
);

export type ExprKind = Expr["kind"];
