import {
  ANY,
  INTEGER,
  listOf,
  literal,
  NUMBER,
  optional,
  recordOf,
  required,
  STRING,
  union,
} from "@agentpolicy/language";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as p from "../support/build.ts";
import { agree, type BackEnds, backEnds } from "../support/compare.ts";
import { HOSTILE, thrower } from "../support/hostile.ts";

const NAMES = [
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "valueOf",
  "then",
  "default",
  "</script>",
  "a\u2028b",
  "\ud800",
  "import",
  "me",
  "request",
  "at",
  "1",
  "",
];

/** A policy that reads values of every kind, by `any`, unions, lists and nested records. */
const wide = () =>
  p.policy({
    tools: [
      p.tool("t", {
        text: required({ kind: "string", minLength: 1, maxLength: 5_000_000 }),
        amount: required({ ...NUMBER, minimum: 0, exclusiveMaximum: 1e6 }),
        count: optional(INTEGER),
        mode: optional(union([literal("a"), literal("b"), literal(7), literal(true)])),
        target: required(
          union([
            recordOf(
              [
                ["kind", required(literal("file"))],
                ["path", required(STRING)],
              ],
              "closed",
            ),
            recordOf(
              [
                ["kind", required(literal("url"))],
                ["url", required(STRING)],
              ],
              "closed",
            ),
            { kind: "null" },
          ]),
        ),
        items: required(
          listOf(
            recordOf([
              ["price", required(NUMBER)],
              ["tags", required(listOf(STRING, { maxItems: 3 }))],
            ]),
            { maxItems: 100_000 },
          ),
        ),
        nested: optional(recordOf([["inner", required(recordOf([["deep", optional(STRING)]]))]])),
        free: optional(ANY),
      }),
    ],
    rules: [
      p.rule("p.text", "deny", {
        when: p.method("string.startsWith", p.path("input.text"), p.constant("no")),
      }),
      p.rule("p.amount", "deny", {
        when: p.compare(">", p.arithmetic("*", p.path("input.amount"), p.constant(1e305)), p.constant(1e308)),
      }),
      p.rule("p.target", "approval_required", {
        when: p.and(
          p.isType(p.path("input.target"), recordOf([["kind", required(literal("file"))]])),
          p.equal(p.field(p.path("input.target"), "path"), p.constant("/x")),
        ),
        because: p.template("To ", p.field(p.path("input.target"), "path"), "."),
      }),
      p.rule("p.items", "approval_required", {
        when: p.quantify(
          "any",
          p.path("input.items"),
          "item",
          p.and(
            p.compare(">", p.field(p.local("item"), "price"), p.constant(10)),
            p.method("list.contains", p.field(p.local("item"), "tags"), p.constant("x")),
          ),
        ),
      }),
      p.rule("p.nested", "allow", {
        when: p.and(
          p.has(p.path("input"), "nested"),
          p.equal(p.orElse(p.path("input.nested.inner.deep"), p.constant("")), p.constant("y")),
        ),
      }),
      p.rule("p.free", "allow", {
        when: p.and(
          p.isType(p.path("input.free"), listOf(STRING)),
          p.method("list.containsAll", p.path("input.free"), p.constant(["a"])),
        ),
      }),
      p.rule("p.mode", "allow", {
        when: p.equal(p.orElse(p.path("input.mode"), p.constant("b")), p.constant("b")),
      }),
      p.rule("p.count", "allow", {
        when: p.compare("<", p.orElse(p.path("input.count"), p.constant(0)), p.constant(3)),
      }),
    ],
  });

const fine = () => ({
  text: "yes",
  amount: 5,
  count: 1,
  mode: "a",
  target: { kind: "file", path: "/x" } as unknown,
  items: [{ price: 11, tags: ["x"] }] as unknown,
  nested: { inner: { deep: "y" } } as unknown,
  free: ["a"] as unknown,
});

const FIELDS = Object.keys(fine());

/**
 * A value that breaks when it is looked at may be refused as unreadable, or as not the one expected without ever being
 * looked at. Where a union is refused either will do; all else must be the same.
 */
const inUnion = (ends: BackEnds, request: unknown): void => {
  const [first, ...others] = Object.values(ends).map((policy: BackEnds["module"]) => {
    const { decision, code, rules, misfit } = policy.decide(request);
    return { decision, code, rules, path: misfit?.path };
  });
  for (const other of others) expect(other).toEqual(first);
};

const calls = (ends: BackEnds, value: unknown): void => {
  for (const field of FIELDS) agree(ends, p.request({ ...fine(), [field]: value }));
  agree(ends, p.request({ ...fine(), nested: { inner: value } }));
  agree(ends, p.request({ ...fine(), items: [{ price: value, tags: value }] }));
  inUnion(ends, p.request({ ...fine(), target: { kind: value } }));
  agree(ends, p.request({ ...fine(), items: value }));
  agree(ends, p.request(value));
  agree(ends, value);
  agree(ends, { actor: value, action: { name: "t", input: fine() } });
  agree(ends, { actor: { type: value, id: value }, action: { name: "t", input: fine() } });
  agree(ends, { actor: { type: "agent", id: "b" }, action: value });
  agree(ends, { actor: { type: "agent", id: "b" }, action: { name: value, input: {} } });
};

describe("hostile values get a decision, the same from all three back ends", () => {
  for (const [name, make] of Object.entries(HOSTILE)) {
    it(name, async () => {
      const ends = await backEnds(wide());
      expect(agree(ends, p.request(fine()))).toMatchObject({ code: "rule", rules: ["p.items", "p.target"] });
      calls(ends, make());
    });
  }

  it("a getter that throws is named by its path", async () => {
    const ends = await backEnds(wide());
    const misfit = (input: object) => agree(ends, p.request(input)).misfit;
    expect(
      misfit({
        ...fine(),
        get amount() {
          return thrower();
        },
      }),
    ).toEqual({ path: "input.amount", expected: "number", found: "unreadable" });
    const items = [{ price: 1, tags: [] }, Object.defineProperty({ tags: [] }, "price", { get: thrower })];
    expect(misfit({ ...fine(), items })).toMatchObject({ path: "input.items[1].price", found: "unreadable" });
    const throwsLate = {
      kind: "file",
      get path() {
        return thrower();
      },
    };
    expect(misfit({ ...fine(), target: throwsLate })).toMatchObject({
      path: "input.target",
      found: "unreadable",
    });
  });

  it("values that change between two reads throw nothing", async () => {
    const ends = await backEnds(wide());
    const flips = (...values: unknown[]): PropertyDescriptor => {
      let at = 0;
      return { enumerable: true, get: () => values[Math.min(at++, values.length - 1)] };
    };
    for (const second of Object.values(HOSTILE).map((make) => make())) {
      const target = () =>
        Object.defineProperties({}, { kind: flips("file", second), path: flips("/x", second) });
      const items = () => [Object.defineProperties({}, { price: flips(1, second), tags: flips([], second) })];
      for (const policy of Object.values(ends)) {
        const decision = policy.decide(p.request({ ...fine(), target: target(), items: items() }));
        expect(["allow", "approval_required", "clarification_required", "deny"]).toContain(decision.decision);
      }
    }
  });

  it("figures that nobody can read are not available", async () => {
    const ends = await backEnds(
      p.policy({
        rules: [p.rule("p.a", "allow", { when: p.compare("<", p.track("p.spent"), p.constant(5)) })],
        tracks: [p.trackOf("p.spent", { bodies: [] })],
      }),
    );
    expect(agree(ends, p.request({}), { "p.spent": 4 })).toMatchObject({ decision: "allow" });
    for (const make of Object.values(HOSTILE)) {
      const value = make();
      agree(ends, p.request({}), { "p.spent": value } as never);
      agree(ends, p.request({}), value as never);
    }
    expect(agree(ends, p.request({}), Object.create({ "p.spent": 4 }))).toMatchObject({
      code: "state_unavailable",
    });
  });
});

describe("names that mean something to JavaScript", () => {
  const odd = () =>
    p.policy({
      tools: NAMES.map((name) =>
        p.tool(name, Object.fromEntries(NAMES.map((field) => [field, optional(STRING)])), "closed"),
      ),
      rules: NAMES.flatMap((name) => [
        p.rule(`p.${name}`, "approval_required", {
          on: NAMES,
          when: p.equal(
            p.orElse(p.field(p.path("input"), name), p.constant("")),
            p.constant(name === "" ? "empty" : name),
          ),
          because: p.template(name, " ", p.orElse(p.field(p.path("input"), name), p.constant(name))),
        }),
      ]),
      functions: NAMES.map((name) => p.fn(`p.${name}`, { [name]: STRING }, p.local(name))),
    });

  it("are tools, arguments and rules like any other", async () => {
    const ends = await backEnds(odd());
    for (const name of NAMES) {
      const input = JSON.parse(`{${JSON.stringify(name)}:${JSON.stringify(name === "" ? "empty" : name)}}`);
      expect(agree(ends, p.request(input, {}, name))).toMatchObject({ code: "rule", rules: [`p.${name}`] });
      expect(agree(ends, p.request({}, {}, name))).toMatchObject({ code: "default" });
      expect(agree(ends, p.request(JSON.parse(`{${JSON.stringify(name)}:5}`), {}, name))).toMatchObject({
        code: "invalid_request",
      });
    }
    expect(agree(ends, p.request({}, {}, "isPrototypeOf"))).toMatchObject({ code: "unknown_tool" });
  });
});

describe("arbitrary requests", () => {
  const leaf = fc.oneof(
    fc.string(),
    fc.double(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.constant(undefined),
    fc.constantFrom("a", "b", "/x", "file", "url", "x", "y"),
  );
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.array(tie("any"), { maxLength: 3 }),
      fc.dictionary(
        fc.constantFrom("kind", "path", "url", "price", "tags", "inner", "deep", "__proto__"),
        tie("any"),
        { maxKeys: 3 },
      ),
    ),
  })).any;
  const input = fc.record(
    Object.fromEntries(
      FIELDS.map((field) => [
        field,
        fc.oneof(
          { weight: 3, arbitrary: fc.constant(fine()[field as "text"] as unknown) },
          { weight: 1, arbitrary: value },
        ),
      ]),
    ),
    { requiredKeys: [] },
  );

  it("are decided alike", async () => {
    const ends = await backEnds(wide());
    fc.assert(
      fc.property(input, (given) => void agree(ends, p.request(given))),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(
        fc.anything({
          withNullPrototype: true,
          withSparseArray: true,
          withBigInt: true,
          withDate: true,
          withMap: true,
        }),
        (given) => void calls(ends, given),
      ),
      { numRuns: 100 },
    );
  });
});
