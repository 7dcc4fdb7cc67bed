import type { Expr, Json, Method } from "@agentpolicy/language";
import { AT, constant, field, has, isType, local, method, orElse, parse, path, track } from "./build.ts";
import type { Pick } from "./pick.ts";

const METHODS: readonly Method[] = [
  "string.lower",
  "string.length",
  "string.startsWith",
  "list.contains",
  "list.containsAll",
  "list.length",
  "instant.hour",
  "instant.date",
  "email.domain",
  "url.port",
  "url.within",
  "domain.within",
  "path.within",
  "path.name",
  "ip.in",
  "ip.private",
  "command.args",
  "command.compound",
];
const CONSTANTS: readonly Json[] = [
  true,
  false,
  null,
  0,
  1.5,
  "",
  "a@b.com",
  "/srv",
  "10.0.0.0/8",
  [],
  [1, "a"],
  { a: { b: 1 } },
];

/** Any expression at all, as no checker would let it through. */
export function nonsense(pick: Pick, depth: number): Expr {
  const inner = (): Expr => nonsense(pick, depth - 1);
  if (depth <= 0) {
    return pick.of<() => Expr>([
      () => constant(pick.of(CONSTANTS)),
      () =>
        path(pick.of(["input", "actor", "context", "evidence", "now", "session.id", "input.a", "input.a.b"])),
      () => local(pick.of(["x", "y"])),
      () => track(pick.of(["p.t", "p.none"])),
      () => ({ kind: "tool", property: pick.of(["name", "server", "destructive"]), at: AT }),
    ])();
  }
  const negated = pick.once(2);
  return pick.of<() => Expr>([
    () => field(inner(), pick.of(["a", "b", "__proto__", "length"])),
    () => has(inner(), pick.of(["a", "constructor"])),
    () => orElse(inner(), inner()),
    () => ({ kind: "not", of: inner(), at: AT }),
    () => ({ kind: pick.of(["and", "or"]), left: inner(), right: inner(), at: AT }),
    // biome-ignore lint/suspicious/noThenProperty: the field of the core form is called so; nothing awaits it
    () => ({ kind: "if", test: inner(), then: inner(), otherwise: inner(), at: AT }),
    () => ({ kind: "equal", left: inner(), right: inner(), negated, at: AT }),
    () => ({ kind: "compare", operator: pick.of(["<", ">="]), left: inner(), right: inner(), at: AT }),
    () => ({ kind: "arithmetic", operator: pick.of(["+", "/", "*"]), left: inner(), right: inner(), at: AT }),
    () => ({ kind: "in", of: inner(), list: inner(), negated, at: AT }),
    () => ({ kind: "like", of: inner(), pattern: "*a?", negated, at: AT }),
    () => ({ kind: "matches", of: inner(), source: pick.of(["^a", "("]), at: AT }),
    () =>
      isType(
        inner(),
        pick.of([{ kind: "string" }, { kind: "any" }, { kind: "list", element: { kind: "null" } }]),
      ),
    () => ({ kind: "list", items: [inner(), inner()], at: AT }),
    () => ({ kind: "call", fn: pick.of(["f", "g", "none"]), args: pick.some(0, 2, inner), at: AT }),
    () => ({
      kind: "quantify",
      quantifier: pick.of(["any", "all", "count"]),
      of: inner(),
      variable: "x",
      body: inner(),
      at: AT,
    }),
    () => method(pick.of(METHODS), inner(), ...pick.some(0, 1, inner)),
    () => parse(pick.of(["email", "url", "domain", "path", "ip", "datetime", "command"]), inner()),
  ])();
}
