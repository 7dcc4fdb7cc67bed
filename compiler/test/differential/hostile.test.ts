import { checkText } from "@agentpolicy/language";
import type { Decision } from "@agentpolicy/runtime/abi";
import { beforeAll, describe, expect, it } from "vitest";
import { agree, type BackEnds, backEnds } from "../support/compare.ts";

const TEXT = `policy p
tools {
  t(text: string, to: string, n: number, tags: string[], any?: any, box?: { a: { b: string } }, __proto__?: string, constructor?: string)
  __proto__(toString: string)
  constructor(x: string)
  hasOwnProperty(x: string)
}
actor { role?: string }
on t {
  deny glob when input.text like "a*b?"
  deny pattern when input.text.matches("^(secret|x+)$")
  deny far when email(input.to).domain != "acme.com"
  deny big when input.n > 10
  deny tag when input.tags.any(g => g == "bad") or input.tags.length > 3
  deny mixed when input has any and input.any is { kind: string } and input.any.kind == "k"
  deny list when input has any and input.any is any[] and input.any.length > 2
  deny deep when input has box and input.box.a.b == "x"
  deny proto when (input["__proto__"] ?? "no") == "x" or (input["constructor"] ?? "no") == "x"
  deny role when (actor.role ?? "none") == "bad"
  require approval shown when input.n == 7 because "Text {input.text} for {input.to}."
  allow rest
}
on constructor, hasOwnProperty { allow plain when input.x == "y" }
on "__proto__" { allow proto-tool when input.toString == "y" }
on unknown { require approval stranger when input has x and input.x is string and input.x == "y" }
`;

let ends: BackEnds;
const decide = (input: unknown, more: object = {}): Decision =>
  agree(ends, { actor: { type: "agent", id: "b" }, action: { name: "t", input }, ...more });
const FINE = { text: "hello", to: "a@acme.com", n: 1, tags: [] };
const found = (input: object): unknown[] => {
  const { code, misfit } = decide({ ...FINE, ...input });
  return [code, misfit?.path, misfit?.found];
};

beforeAll(async () => {
  const { policy, diagnostics } = checkText(TEXT, { path: "p.agentpolicy" });
  expect(policy, JSON.stringify(diagnostics.filter(({ severity }) => severity === "error"))).not.toBeNull();
  ends = await backEnds(policy!);
});

// Sizes at which whoever went over a text for each of its characters, or over a list that only claims to be long,
// would not end while anybody waits.
describe("hostile values are decided or denied, and never thrown", { timeout: 600_000 }, () => {
  it("text: newlines, lone surrogates, ten megabytes", () => {
    expect(decide(FINE).decision).toBe("allow");
    expect(decide({ ...FINE, text: "a\n\nb\n" }).rules).toEqual(["p.glob"]);
    expect(decide({ ...FINE, text: "secret\n" }).decision).toBe("allow");
    expect(decide({ ...FINE, text: "\n" }).decision).toBe("allow");
    expect(decide({ ...FINE, n: 7, text: "\ud800\u202e\nx" }).reasons).toEqual([
      "Text \\u{d800}\\u{202e}\\u{a}x for a@acme.com.",
    ]);
    const huge = "a".repeat(10_000_000);
    expect(decide({ ...FINE, text: huge }).decision).toBe("allow");
    expect(decide({ ...FINE, text: `${"x".repeat(10_000_000)}!` }).decision).toBe("allow");
    expect(decide({ ...FINE, to: huge }).code).toBe("invalid_value");
    expect(decide({ ...FINE, n: 7, text: huge }).reasons[0]?.length).toBeLessThan(300);
  });

  it("numbers that are none, and values of other kinds", () => {
    expect(found({ n: Number.NaN })).toEqual(["invalid_request", "input.n", "number that is not finite"]);
    expect(found({ n: Number.NEGATIVE_INFINITY })[2]).toBe("number that is not finite");
    expect(found({ n: 10n })[2]).toBe("bigint");
    expect(found({ n: new Number(1) })[2]).toBe("record");
    expect(found({ text: Symbol("x") })[2]).toBe("symbol");
    expect(found({ text: () => "x" })[2]).toBe("function");
    expect(found({ text: undefined })[2]).toBe("absent");
    expect(found({ tags: { length: 0 } })[2]).toBe("record");
    expect(decide(-0).misfit).toMatchObject({ path: "input", found: "number" });
  });

  it("own properties alone, whatever their names", () => {
    const input = JSON.parse('{"__proto__": "x", "text": "q", "to": "a@acme.com", "n": 1, "tags": []}');
    expect(decide(input).rules).toEqual(["p.proto"]);
    expect(decide({ ...FINE, constructor: "x" }).rules).toEqual(["p.proto"]);
    expect(decide({ ...FINE, constructor: 5 }).misfit?.path).toBe("input.constructor");
    expect(decide(Object.create(FINE)).misfit?.path).toBe("input.n");
    const actor = Object.create({ role: "bad" }, { id: { value: "b" }, type: { value: "agent" } });
    expect(decide(FINE, { actor }).decision).toBe("allow");
  });

  it("tools with such names, declared and not", () => {
    const call = (name: string, input: object) =>
      agree(ends, { actor: { type: "a", id: "b" }, action: { name, input } });
    for (const name of ["constructor", "hasOwnProperty"]) {
      expect(call(name, { x: "y" }).rules).toEqual(["p.plain"]);
      expect(call(name, {}).code).toBe("invalid_request");
    }
    expect(call("__proto__", { toString: "y" }).rules).toEqual(["p.proto-tool"]);
    expect(call("__proto__", {}).misfit?.found).toBe("absent");
    for (const name of ["toString", "valueOf", "", "t\0", "\ud800"]) {
      expect(call(name, { x: "y" }).rules).toEqual(["p.stranger"]);
    }
  });

  it("getters and proxies that throw", () => {
    const bomb = () => {
      throw new Error("boom");
    };
    const trapped = new Proxy({}, { getOwnPropertyDescriptor: bomb, get: bomb, has: bomb, ownKeys: bomb });
    const { proxy: revoked, revoke } = Proxy.revocable([], {});
    revoke();
    expect(found(Object.defineProperty({}, "text", { get: bomb, enumerable: false }))).toBeDefined();
    const getter = Object.defineProperty({ ...FINE }, "text", { get: bomb });
    expect(decide(getter).misfit).toEqual({ path: "input.text", expected: "string", found: "unreadable" });
    expect(decide(trapped).misfit).toMatchObject({ path: "input.__proto__", found: "unreadable" });
    expect(found({ box: trapped })).toEqual(["invalid_request", "input.box.a", "unreadable"]);
    expect(found({ tags: revoked })).toEqual(["invalid_request", "input.tags", "unreadable"]);
    expect(found({ any: trapped })).toEqual(["invalid_request", "request", "unreadable"]);
    expect(found({ any: revoked })).toEqual(["invalid_request", "request", "unreadable"]);
    expect(decide(revoked).misfit).toMatchObject({ path: "input", found: "unreadable" });
    for (const request of [
      trapped,
      revoked,
      { action: trapped },
      { action: { name: "t" }, actor: trapped },
    ]) {
      expect(agree(ends, request)).toMatchObject({ decision: "deny", code: "invalid_request" });
    }
    expect(agree(ends, Object.defineProperty({}, "action", { get: bomb })).misfit?.path).toBe("action");
    const named = { action: Object.defineProperty({}, "name", { get: bomb }) };
    expect(agree(ends, named).misfit?.path).toBe("action.name");
    expect(
      agree(ends, { action: { name: "t" }, actor: Object.defineProperty({}, "id", { get: bomb }) }).code,
    ).toBe("invalid_request");
  });

  it("cycles, depth and length", () => {
    const cycle: { [name: string]: unknown } = { ...FINE, kind: "k" };
    cycle.any = cycle;
    cycle.box = { a: cycle };
    expect(decide(cycle).misfit).toMatchObject({ path: "input.box.a.b", found: "absent" });
    let deep: unknown = "x";
    for (let i = 0; i < 10_000; i++) deep = i % 2 ? [deep] : { a: deep };
    expect(decide({ ...FINE, any: deep }).decision).toBe("allow");
    expect(decide({ ...FINE, box: deep }).misfit?.path).toBe("input.box");
    const sparse: unknown[] = [];
    sparse.length = 4_000_000_000;
    expect(decide({ ...FINE, tags: sparse }).misfit?.path).toBe("input.tags[0]");
    expect(decide({ ...FINE, any: sparse }).rules).toEqual(["p.list"]);
    expect(decide({ ...FINE, tags: Array(100_000).fill("x") }).rules).toEqual(["p.tag"]);
  });

  it("figures and who of any kind", () => {
    for (const end of [ends.interpreter, ends.closures, ends.module]) {
      for (const odd of [
        null,
        undefined,
        5,
        "x",
        [],
        new Proxy(
          {},
          {
            getOwnPropertyDescriptor: () => {
              throw 1;
            },
          },
        ),
      ]) {
        expect(
          end.decide({ actor: { type: "a", id: "b" }, action: { name: "t", input: FINE } }, odd as never)
            .decision,
        ).toBe("allow");
        expect(end.visible("t", odd as never)).toBe(false);
        expect(end.visible("t", { actor: odd } as never)).toBe(false);
        expect(end.contributions(odd)).toEqual([]);
      }
      expect(end.reads("nope")).toEqual([]);
      expect(end.masks("constructor")).toEqual([]);
    }
  });
});
