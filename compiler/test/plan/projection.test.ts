import {
  BOOLEAN,
  type Expr,
  listOf,
  NUMBER,
  optional,
  printType,
  recordOf,
  required,
  STRING,
  type Type,
} from "@agentpolicy/language";
import { describe, expect, it } from "vitest";
import { makePlan } from "../../src/plan/make.ts";
import {
  call,
  constant,
  equal,
  field,
  fn,
  has,
  ifElse,
  isType,
  local,
  mask,
  method,
  orElse,
  path,
  policy,
  quantify,
  rule,
  template,
  tool,
  trackOf,
} from "../support/build.ts";

const ITEM = recordOf([
  ["price", required(NUMBER)],
  ["name", required(STRING)],
]);
const TOOL = tool("t", {
  a: required(STRING),
  b: optional(
    recordOf([
      ["c", required(STRING)],
      ["d", required(BOOLEAN)],
    ]),
  ),
  items: required(listOf(ITEM, { minItems: 1 })),
  free: required({ kind: "any" }),
});

/** What step 2 demands of the input, where a rule has this condition. */
const demanded = (when: Expr, more: Parameters<typeof policy>[0] = {}): string => {
  const plan = makePlan(policy({ tools: [TOOL], rules: [rule("r", "allow", { when })], ...more }));
  const check = plan.tools.get("t")!.checks.find(({ root }) => root === "input");
  return check === undefined ? "nothing" : printType(check.type as Type, { full: true });
};
const word = (of: Expr) => equal(of, constant("x"));

describe("what step 2 demands", () => {
  it("is what is read, as deep as it is read", () => {
    expect(demanded(word(path("input.a")))).toBe("{ a: string }");
    expect(demanded(word(path("input.b.c")))).toBe("{ b?: { c: string } }");
    expect(demanded(equal(path("context.env"), constant(1)))).toBe("nothing");
  });

  it("is presence of nothing where presence is asked for", () => {
    expect(demanded(has(path("input"), "a"))).toBe("{}");
    expect(demanded(has(path("input.b"), "c"))).toBe("{ b?: {} }");
  });

  it("looks into lists only where their elements are read", () => {
    const length = method("list.length", path("input.items"));
    expect(demanded(equal(length, constant(1)))).toBe("{ items: any[] }");
    const cheap = quantify("any", path("input.items"), "i", equal(field(local("i"), "price"), constant(1)));
    expect(demanded(cheap)).toBe("{ items: { price: number }[] }");
  });

  it("follows values through functions, `??`, `if` and `is`", () => {
    const functions = [fn("f", { p: TOOL.input }, word(field(local("p"), "a")))];
    expect(demanded(call("f", path("input")), { functions })).toBe("{ a: string }");
    const either = ifElse(word(path("input.a")), path("input.b"), orElse(path("input.b"), path("input.b")));
    expect(demanded(word(field(either, "c")))).toBe("{ a: string, b?: { c: string } }");
    const list = { kind: "list", items: [path("input.b")], at: TOOL.at } as const;
    expect(demanded(quantify("all", list, "x", field(local("x"), "d")))).toBe("{ b?: { d: boolean } }");
    expect(demanded(isType(path("input.free"), STRING))).toBe("{ free: any }");
  });

  it("includes clauses, masks and the tracks that watch", () => {
    const TRUE = constant(true);
    expect(demanded(TRUE, { rules: [rule("r", "allow", { because: template(path("input.a")) })] })).toBe(
      "{ a: string }",
    );
    expect(demanded(TRUE, { masks: [mask("input.b.c")] })).toBe("{ b?: { c: string } }");
    expect(demanded(TRUE, { tracks: [trackOf("p.n", { when: word(path("input.a")) })] })).toBe(
      "{ a: string }",
    );
  });

  it("takes time in proportion to functions, however they call each other", () => {
    const functions = Array.from({ length: 60 }, (_, i) => {
      const inner = (): Expr => (i === 0 ? field(local("p"), "a") : call(`f${i - 1}`, local("p")));
      return fn(`f${i}`, { p: TOOL.input }, ifElse(word(inner()), inner(), inner()));
    });
    expect(demanded(word(call("f59", path("input"))), { functions })).toBe("{ a: string }");
  });
});
