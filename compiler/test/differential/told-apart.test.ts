import { checkText } from "@agentpolicy/language";
import { describe, expect, it } from "vitest";
import { explain } from "../../src/explain/explain.ts";
import { agree, backEnds } from "../support/compare.ts";

type Schema = Readonly<Record<string, unknown>> | boolean;

const record = (
  properties: Record<string, Schema>,
  required = Object.keys(properties),
  more = {},
): Schema => ({
  type: "object",
  properties,
  required,
  ...more,
});
const CLOSED = { additionalProperties: false };
const TEXT = { type: "string" };
const NUMBER = { type: "number" };
const either = (...anyOf: Schema[]): Schema => ({ anyOf });
const list = (items: Schema): Schema => ({ type: "array", items });

interface Case {
  readonly input: Schema;
  readonly policy: string;
  /** Inputs, and the code of the decision on each. */
  readonly calls: readonly (readonly [input: unknown, code: string])[];
}

/** Policies that once met a value that their types ruled out. */
const CASES: Readonly<Record<string, Case>> = {
  "an argument whose closed type lacks what the parameter may have": {
    input: record({ a: TEXT }, ["a"], CLOSED),
    policy:
      'fn f(r: { a: string, b?: number }) = r.a == "y" or (r.b ?? 0) > 3\non t { deny x when f(input) }',
    calls: [
      [{ a: "x", b: "5" }, "invalid_request"],
      [{ a: "x" }, "default"],
    ],
  },
  "an item of a list literal told from the others by what it must have": {
    input: record({ a: record({ k: TEXT }), b: record({ x: NUMBER }) }),
    policy: "on t { deny x when [input.a, input.b].any(r => not (r has k) and r.x > 3) }",
    calls: [
      [{ a: { x: "5" }, b: { x: 1 } }, "invalid_request"],
      [{ a: { k: "", x: "5" }, b: { x: 5 } }, "rule"],
    ],
  },
  "an item of a list literal told from the others by what it cannot have": {
    input: record({ a: record({ k: TEXT }, [], CLOSED), b: record({ x: NUMBER }, []) }),
    policy: "on t { deny x when [input.a, input.b].any(r => r has x and r.x > 3) }",
    calls: [
      [{ a: { x: "5" }, b: {} }, "invalid_request"],
      [{ a: {}, b: { x: 5 } }, "rule"],
    ],
  },
  "an outcome of `if` that cannot have the field": {
    input: record({ c: { type: "boolean" }, a: record({}, [], CLOSED), b: record({ x: NUMBER }, []) }),
    policy: "on t { deny x when ((if input.c then input.a else input.b).x ?? 0) > 3 }",
    calls: [
      [{ c: true, a: { x: "5" }, b: {} }, "invalid_request"],
      [{ c: false, a: {}, b: { x: 5 } }, "rule"],
    ],
  },
  "a record within a member of a union": {
    input: record({
      w: either(record({ u: record({}, [], CLOSED) }), record({ u: record({ x: NUMBER }), q: NUMBER })),
    }),
    policy: "on t { deny x when input.w.u has x and input.w.q > 3 }",
    calls: [
      [{ w: { u: { x: 1 }, q: "5" } }, "invalid_request"],
      [{ w: { u: { x: 1 }, q: 5 } }, "rule"],
    ],
  },
  "a member of a union that forbids the field by its type": {
    input: record({
      u: either(record({ a: TEXT, b: false }, ["a"]), record({ b: NUMBER, c: NUMBER }, ["c"])),
    }),
    policy: "on t { deny x when input.u has b and input.u.c > 3 }",
    calls: [
      [{ u: { a: "", b: 1, c: "5" } }, "invalid_request"],
      [{ u: { b: 1, c: 5 } }, "rule"],
    ],
  },
  "lists of several types": {
    input: record({ x: either(list(TEXT), list(NUMBER)), y: list(TEXT) }),
    policy: `on t {
      deny x when input.x.contains(3) or "a" in input.x or input.y.containsAny(input.x)
      deny y when input.x.any(e => e is string and e.startsWith("b"))
    }`,
    calls: [
      [{ x: [1], y: [] }, "default"],
      [{ x: [3], y: [] }, "rule"],
      [{ x: ["bc"], y: [] }, "rule"],
    ],
  },
  "a field that can only be null": {
    input: record({ a: { type: "null" }, b: { type: ["string", "null"] } }),
    policy: "on t { deny x when input.a == input.b }",
    calls: [
      [{ a: "s", b: null }, "invalid_request"],
      [{ a: null, b: null }, "rule"],
    ],
  },
};

const checked = (input: Schema, policy: string) =>
  checkText(`tools from "t.json"\n${policy}\ndefault require approval`, {
    files: { "t.json": JSON.stringify([{ name: "t", inputSchema: input }]) },
  });
const codesOf = (input: Schema, policy: string): readonly string[] =>
  checked(input, policy).diagnostics.flatMap(({ severity, code }) => (severity === "error" ? [code] : []));
const request = (input: unknown) => ({ actor: { type: "agent", id: "a" }, action: { name: "t", input } });

describe("what narrowing relies on is demanded of a request", () => {
  it.each(Object.entries(CASES))("%s", async (_, { input, policy, calls }) => {
    const result = checked(input, policy);
    expect(codesOf(input, policy)).toEqual([]);
    const ends = await backEnds(result.policy!);
    for (const [given, code] of calls) {
      expect(agree(ends, request(given)).code).toBe(code);
      const { rules } = explain(result.policy!, request(given));
      expect(rules.map(({ outcome }) => outcome)).not.toContain("faulted");
    }
  });

  it("and nothing is concluded from what a list may hold but does not", () => {
    const kinds = ["a", "b", "c"].map((kind) => record({ kind: { const: kind }, [`of-${kind}`]: NUMBER }));
    const policy = `let ok: ("a" | "b")[] = ["a"]
      on t { deny x when input.u.kind not in ok and input.u.of-c > 3 }`;
    expect(codesOf(record({ u: either(...kinds) }), policy)).toEqual(["unguarded-optional"]);
  });

  it("and nothing from a name that reads like a path", () => {
    const input = record({ a: record({ b: TEXT }, []), "a\u0000b": TEXT }, ["a"]);
    const policy = 'on t { deny x when input has "a\\u0000b" and input.a.b == "x" }';
    expect(codesOf(input, policy)).toContain("unguarded-optional");
  });

  it("and an element of lists of several types is one of all", () => {
    const input = record({ x: either(list(TEXT), list(NUMBER)) });
    expect(codesOf(input, 'on t { deny x when input.x.any(e => e.startsWith("a")) }')).toEqual([
      "unknown-property",
    ]);
  });
});

describe("what functions read of roots", () => {
  it("is read only after they have asked whether there is anything to read from", async () => {
    const { policy } = checkText(`tools { t(a: string) }
      context { o?: { x?: string, y?: { z?: string } } }
      fn asks() = context has o and context.o has x
      fn asks-deeper() = context has o and context.o has y and context.o.y has z
      fn reads() = context has o and (context.o.x ?? "q") == "q"
      on t { deny x when asks()  require approval y when asks-deeper()  allow z when not reads() and input.a == "1" }`);
    const ends = await backEnds(policy!);
    for (const [context, code] of [
      [undefined, "rule"],
      [{}, "rule"],
      [{ o: {} }, "default"],
      [{ o: { x: "" } }, "rule"],
      [{ o: { y: {} } }, "default"],
      [{ o: { y: { z: 3 } } }, "rule"],
    ]) {
      const action = { name: "t", input: { a: "1" } };
      expect(agree(ends, { actor: { type: "agent", id: "a" }, action, context }).code).toBe(code);
    }
  });
});

describe("what is known of a tool", () => {
  const decide = async (policy: string, files: Record<string, string>, name: string, input: unknown) => {
    const result = checkText(policy, { files });
    expect(result.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    const ends = await backEnds(result.policy!);
    return agree(ends, { actor: { type: "agent", id: "a" }, action: { name, input } }).code;
  };

  it("is what MCP assumes where no catalogue declares it", async () => {
    const policy = `tools { t() }
      on unknown { allow x when tool.destructive and tool.server == null and tool.name == "y" }`;
    expect(await decide(policy, {}, "y", {})).toBe("rule");
    expect(await decide(policy, {}, "z", {})).toBe("default");
  });

  it("and of the time of day is the zone that a function or arithmetic keeps", async () => {
    const policy = `tools { t() }
      fn tokyo() = now("Asia/Tokyo")
      on t { allow x when (tokyo() + 1h).hour == 10 and now.hour == 0 }`;
    const result = checkText(policy);
    const ends = await backEnds(result.policy!);
    const call = { actor: { type: "agent", id: "a" }, action: { name: "t" }, now: 0 };
    expect(agree(ends, call).code).toBe("rule");
  });

  it("leaves out arguments that its schema does not speak of", async () => {
    const catalogue = ["path", "other"].map((name) => ({ name, inputSchema: record({ [name]: TEXT }, []) }));
    const policy = `tools from "t.json"
      on * { deny x when input has path and input.path.startsWith("/etc") }
      default require approval`;
    const files = { "t.json": JSON.stringify(catalogue) };
    expect(await decide(policy, files, "path", { path: "/etc/x" })).toBe("rule");
    expect(await decide(policy, files, "other", { path: 3 })).toBe("default");
  });

  it("keeps a track from summing up what a tool does not have", async () => {
    const catalogue = [
      { name: "pay", inputSchema: record({ amount: NUMBER }) },
      { name: "look", inputSchema: record({}, [], CLOSED) },
    ];
    const policy = `tools from "t.json"
      track spent = sum input.amount on * when input has amount per session
      on * { allow x }
      on pay { deny y when spent > 3 }`;
    expect(await decide(policy, { "t.json": JSON.stringify(catalogue) }, "look", {})).toBe("rule");
  });
});
