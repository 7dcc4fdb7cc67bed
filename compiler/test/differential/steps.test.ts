import {
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
import { describe, expect, it } from "vitest";
import {
  and,
  arithmetic,
  call,
  compare,
  constant,
  equal,
  field,
  fn,
  has,
  local,
  mask,
  method,
  or,
  parse,
  path,
  policy,
  quantify,
  request,
  rule,
  template,
  tool,
  track,
  trackOf,
} from "../support/build.ts";
import { agree, backEnds, compareBackEnds } from "../support/compare.ts";

const AMOUNT = tool("t", { amount: required(NUMBER), to: optional(STRING) });
const over = (limit: number) => compare(">", path("input.amount"), constant(limit));

describe("the steps of a decision, in all three back ends", () => {
  it("denies what no catalogue declares", async () => {
    const decision = await compareBackEnds(
      policy({ rules: [rule("a", "allow")] }),
      request({}, {}, "other\u202e"),
    );
    expect(decision).toMatchObject({ decision: "deny", code: "unknown_tool", rules: [] });
    expect(decision.reasons).toEqual(["No catalogue declares the tool `other\\u{202e}`."]);
  });

  it("judges unknown tools where a block covers them", async () => {
    const ends = await backEnds(
      policy({ rules: [rule("u", "approval_required", { on: [], unknown: true })], coversUnknown: true }),
    );
    expect(agree(ends, request({}, {}, "__proto__"))).toMatchObject({ code: "rule", rules: ["u"] });
    expect(agree(ends, request({}, {}, "t"))).toMatchObject({ decision: "deny", code: "default" });
  });

  it("checks the request's own parts first", async () => {
    const ends = await backEnds(policy({ rules: [rule("a", "allow")] }));
    const misfit = (given: unknown) => agree(ends, given).misfit;
    expect(misfit(null)).toEqual({ path: "request", expected: "record", found: "null" });
    expect(misfit([])).toEqual({ path: "request", expected: "record", found: "list" });
    expect(misfit(Number.NaN)).toMatchObject({ found: "number that is not finite" });
    expect(misfit({})).toEqual({ path: "action", expected: "record", found: "absent" });
    expect(misfit({ action: { name: 5 } })).toEqual({
      path: "action.name",
      expected: "string",
      found: "number",
    });
    expect(misfit({ action: { name: "t" } })).toEqual({ path: "actor", expected: "record", found: "absent" });
    expect(misfit({ action: { name: "t" }, actor: { type: "a" } })).toEqual({
      path: "actor.id",
      expected: "string",
      found: "absent",
    });
    expect(misfit({ action: { name: "t" }, actor: Object.create({ id: "x", type: "y" }) })).toMatchObject({
      path: "actor.id",
    });
    expect(agree(ends, { action: { name: "t" }, actor: { type: "a", id: "b" } }).decision).toBe("allow");
  });

  it("checks what is read, and only that", async () => {
    const ends = await backEnds(policy({ tools: [AMOUNT], rules: [rule("a", "allow", { when: over(3) })] }));
    expect(agree(ends, request({ amount: 4, to: 7 })).decision).toBe("allow");
    expect(agree(ends, request({ amount: "4" })).misfit).toEqual({
      path: "input.amount",
      expected: "number",
      found: "string",
    });
    expect(agree(ends, request({})).misfit?.found).toBe("absent");
    expect(agree(ends, request({ amount: Infinity })).misfit?.found).toBe("number that is not finite");
    expect(agree(ends, request([1])).misfit).toEqual({ path: "input", expected: "record", found: "list" });
    expect(agree(ends, request(undefined)).misfit?.path).toBe("input.amount");
  });

  it("says which bound failed", async () => {
    const bounded = tool("t", {
      count: required({ kind: "number", integer: true, minimum: 1, maximum: 9 }),
      name: required({ kind: "string", minLength: 3, maxLength: 5 }),
      tags: required(listOf(STRING, { minItems: 1, maxItems: 2 })),
      mode: required(union([literal("fast"), literal("slow")])),
      "odd key": required({ kind: "number", integer: false, exclusiveMinimum: 0 }),
    });
    const when = [
      compare(">", path("input.count"), constant(0)),
      equal(path("input.name"), constant("abc")),
      method("list.contains", path("input.tags"), constant("a")),
      equal(path("input.mode"), constant("fast")),
      compare(">", field(path("input"), "odd key"), constant(0)),
    ].reduce(or);
    const ends = await backEnds(policy({ tools: [bounded], rules: [rule("a", "allow", { when })] }));
    const fine = { count: 2, name: "abc", tags: ["a"], mode: "fast", "odd key": 1 };
    const misfit = (change: object) => {
      const { path: at, expected, found } = agree(ends, request({ ...fine, ...change })).misfit!;
      return [at, expected, found];
    };
    expect(agree(ends, request(fine)).decision).toBe("allow");
    expect(misfit({ count: 0 })).toEqual(["input.count", "integer, at least 1", "number out of range"]);
    expect(misfit({ count: 10 })).toEqual(["input.count", "integer, at most 9", "number out of range"]);
    expect(misfit({ count: 1.5 })).toEqual(["input.count", "integer", "number that is not an integer"]);
    expect(misfit({ name: "\u{1F600}\u{1F600}" })[1]).toBe("string of at least 3 characters");
    expect(misfit({ name: "abcdef" })).toEqual([
      "input.name",
      "string of at most 5 characters",
      "string too long",
    ]);
    expect(misfit({ tags: [] })).toEqual(["input.tags", "list of at least 1 item", "list too short"]);
    expect(misfit({ tags: ["a", 5] })).toEqual(["input.tags[1]", "string", "number"]);
    expect(misfit({ mode: "slower" })).toEqual(["input.mode", '"fast" | "slow"', "other string"]);
    expect(misfit({ mode: 5 })).toEqual(["input.mode", '"fast" | "slow"', "number"]);
    expect(misfit({ "odd key": 0 })).toEqual([
      'input["odd key"]',
      "number, more than 0",
      "number out of range",
    ]);
  });

  it("decides at the strictest level that matches, and merges its rules", async () => {
    const rules = [
      rule("allow-all", "allow"),
      rule("big", "approval_required", {
        when: over(10),
        risk: "high",
        requirements: ["preview", "audit"],
        because: template("Amount ", path("input.amount"), "."),
        approval: { from: ["cfo"], approvals: 2, within: 1000 },
      }),
      rule("also", "approval_required", {
        when: over(5),
        requirements: ["audit"],
        because: template("Same."),
      }),
      rule("same", "approval_required", { when: over(5), because: template("Same.") }),
      rule("huge", "deny", { when: over(100) }),
    ];
    const ends = await backEnds(policy({ tools: [AMOUNT], rules }));
    expect(agree(ends, request({ amount: 1 }))).toMatchObject({ decision: "allow", risk: "low" });
    expect(agree(ends, request({ amount: 50 }))).toMatchObject({
      decision: "approval_required",
      rules: ["also", "big", "same"],
      reasons: ["Same.", "Amount 50."],
      risk: "high",
      requirements: ["audit", "preview"],
      approval: {
        within: 1000,
        approvers: [{ rule: "also" }, { rule: "big", approvals: 2 }, { rule: "same" }],
      },
    });
    expect(agree(ends, request({ amount: 500 }))).toMatchObject({ decision: "deny", rules: ["huge"] });
  });

  it("asks what clarification rules ask", async () => {
    const rules = [
      rule("q", "clarification_required", {
        ask: template("Why?"),
        clarification: {
          needs: [
            ["context", "ticket"],
            ["context", "odd key"],
          ],
          within: 5,
        },
      }),
    ];
    const context = recordOf([
      ["ticket", optional(STRING)],
      ["odd key", optional(STRING)],
    ]);
    const ends = await backEnds(policy({ rules, roots: { context } }));
    expect(agree(ends, request({})).clarification).toEqual({
      questions: [{ rule: "q", ask: "Why?" }],
      needs: ["context.ticket", 'context["odd key"]'],
      within: 5,
    });
    expect(agree(ends, request({}, { context: { ticket: 5 } })).misfit?.path).toBe("context.ticket");
  });

  it("denies what cannot be evaluated, where it is considered", async () => {
    const text = tool("t", { to: required(STRING) });
    const domain = method("email.domain", parse("email", path("input.to")));
    const rules = [
      rule("a", "allow"),
      rule("bad", "deny", { when: equal(domain, constant("evil.com")) }),
      rule("worse", "deny", { when: equal(path("input.to"), constant("x")) }),
    ];
    const ends = await backEnds(policy({ tools: [text], rules }));
    expect(agree(ends, request({ to: "a@ok.com" })).decision).toBe("allow");
    expect(agree(ends, request({ to: "x" }))).toMatchObject({
      code: "invalid_value",
      rules: ["bad"],
      reasons: ["A value could not be read by `bad`."],
    });
  });

  it("falls back on the default", async () => {
    expect(await compareBackEnds(policy({}), request({}))).toMatchObject({
      decision: "deny",
      code: "default",
      reasons: ["No rule matched; the default is deny."],
    });
    expect(await compareBackEnds(policy({ default: "approval_required" }), request({}))).toMatchObject({
      decision: "approval_required",
      code: "default",
      approval: { approvers: [{ rule: null, from: [], approvals: 1 }], within: 86_400_000 },
    });
  });

  it("hides what is masked, with parts and wholes", async () => {
    const secret = tool("t", {
      card: required(recordOf([["iban", required(STRING)]])),
      to: required(STRING),
    });
    const last = fn("f", { c: secret.input.fields.get("card")!.type }, field(local("c"), "iban"));
    const rules = [
      rule("a", "approval_required", {
        because: template(path("input.to"), " ", path("input.card.iban"), " ", call("f", path("input.card"))),
      }),
    ];
    const ends = await backEnds(
      policy({ tools: [secret], rules, functions: [last], masks: [mask("input.card.iban")] }),
    );
    expect(agree(ends, request({ to: "x", card: { iban: "DE1" } })).reasons).toEqual(["x ••• •••"]);
    expect(ends.interpreter.masks("t")).toEqual([["input", "card", "iban"]]);
  });

  it("reads figures, and counts what runs", async () => {
    const spent = trackOf("p.spent", { figure: "sum", amount: path("input.amount"), per: "session" });
    const seen = trackOf("p.seen", { figure: "seen", bodies: [] });
    const rules = [
      rule("limit", "deny", {
        when: compare(">", arithmetic("+", track("p.spent"), path("input.amount")), constant(100)),
      }),
      rule("tainted", "deny", { when: track("p.seen") }),
      rule("a", "allow"),
    ];
    const ends = await backEnds(policy({ tools: [AMOUNT], rules, tracks: [spent, seen] }));
    const session = { session: { id: "s" } };
    const figures = { "p.spent": 90, "p.seen": false };
    expect(agree(ends, request({ amount: 5 }, session), figures).decision).toBe("allow");
    expect(agree(ends, request({ amount: 11 }, session), figures).rules).toEqual(["limit"]);
    expect(agree(ends, request({ amount: 5 }, session), { ...figures, "p.seen": true }).rules).toEqual([
      "tainted",
    ]);
    expect(agree(ends, request({ amount: 5 }, session), {}).reasons).toEqual([
      "The figure `p.seen` is not available.",
    ]);
    expect(agree(ends, request({ amount: 5 }, session), { ...figures, "p.spent": Number.NaN }).code).toBe(
      "state_unavailable",
    );
    expect(agree(ends, request({ amount: 5 }), figures).misfit).toEqual({
      path: "session.id",
      expected: "string",
      found: "absent",
    });
    expect(ends.interpreter.contributions(request({ amount: 5 }, session))).toEqual([
      { track: "p.spent", amount: 5 },
    ]);
  });

  it("runs nothing that it could not count", async () => {
    const total = trackOf("p.total", {
      figure: "sum",
      amount: arithmetic("*", path("input.amount"), constant(10)),
    });
    const ends = await backEnds(policy({ tools: [AMOUNT], rules: [rule("a", "allow")], tracks: [total] }));
    expect(agree(ends, request({ amount: 1 })).decision).toBe("allow");
    expect(agree(ends, request({ amount: 1e308 }))).toMatchObject({
      code: "invalid_value",
      rules: [],
      reasons: ["A value could not be counted by `p.total`."],
    });
  });

  it("tells the members of a union apart by what they demand and forbid", async () => {
    const target = union([
      recordOf([["file", required(STRING)]], "closed"),
      recordOf([["size", required(INTEGER)]], "closed"),
    ]);
    const either = tool("t", { target: required(target) });
    const rules = [
      rule("file", "allow", {
        when: and(has(path("input.target"), "file"), equal(path("input.target.file"), constant("a"))),
      }),
      rule("size", "allow", {
        when: and(
          { kind: "not", of: has(path("input.target"), "file"), at: AMOUNT.at },
          compare(">", path("input.target.size"), constant(1)),
        ),
      }),
    ];
    const ends = await backEnds(policy({ tools: [either], rules }));
    expect(agree(ends, request({ target: { file: "a" } })).rules).toEqual(["file"]);
    expect(agree(ends, request({ target: { size: 2 } })).rules).toEqual(["size"]);
    for (const target of [{}, { file: "a", size: 2 }, { size: "2" }, null]) {
      expect(agree(ends, request({ target })).misfit?.path).toBe("input.target");
    }
  });

  it("looks into lists with any, all and count", async () => {
    const items = tool("t", { items: required(listOf(recordOf([["price", required(NUMBER)]]))) });
    const dear = compare(">", field(local("i"), "price"), constant(10));
    const rules = [
      rule("any", "deny", { when: quantify("any", path("input.items"), "i", dear) }),
      rule("all", "allow", {
        when: quantify(
          "all",
          path("input.items"),
          "i",
          compare("<", field(local("i"), "price"), constant(5)),
        ),
      }),
      rule("two", "approval_required", {
        when: compare(
          ">",
          quantify("count", path("input.items"), "i", has(local("i"), "price")),
          constant(1),
        ),
      }),
    ];
    const ends = await backEnds(policy({ tools: [items], rules }));
    const prices = (...all: unknown[]) => request({ items: all.map((price) => ({ price })) });
    expect(agree(ends, prices(1, 11)).rules).toEqual(["any"]);
    expect(agree(ends, prices(1)).rules).toEqual(["all"]);
    expect(agree(ends, prices(1, 2)).rules).toEqual(["two"]);
    expect(agree(ends, prices(7)).code).toBe("default");
    expect(agree(ends, prices(1, "2")).misfit?.path).toBe("input.items[1].price");
  });
});
