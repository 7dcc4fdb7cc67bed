import { describe, expect, it } from "vitest";
import { definePolicy } from "../../src/rules/define.ts";
import type { EvidenceItem, EvidenceMatcher, Matcher } from "../../src/rules/rule-objects.ts";

const actor = { type: "agent", id: "bot" };

const verdictOf = (decision: { readonly decision: string; readonly code: string }): string => {
  if (decision.decision === "allow") return "yes";
  return decision.code === "invalid_value" ? "unjudged" : decision.code === "default" ? "no" : decision.code;
};

/** What a rule says of an argument; `undefined` is absent. */
const judge = (matcher: Matcher, value: unknown): string => {
  const policy = definePolicy({
    internalDomains: ["acme.com"],
    rules: [{ id: "r", decision: "allow", when: { input: { it: matcher } } }],
  });
  return verdictOf(policy.decide({ actor, action: { name: "t", input: { it: value } } }));
};

describe.each<
  [what: string, matcher: Matcher, cases: readonly (readonly [value: unknown, verdict: string])[]]
>([
  [
    "a string",
    "x",
    [
      ["x", "yes"],
      ["y", "no"],
      [undefined, "no"],
      [null, "unjudged"],
      [["x"], "unjudged"],
    ],
  ],
  [
    "a string with *",
    "a*c",
    [
      ["ac", "yes"],
      ["a\nc", "yes"],
      ["ab", "no"],
      [5, "unjudged"],
      [undefined, "no"],
    ],
  ],
  [
    "a number",
    5,
    [
      [5, "yes"],
      [6, "no"],
      ["5", "unjudged"],
    ],
  ],
  [
    "a boolean",
    true,
    [
      [true, "yes"],
      [false, "no"],
      ["true", "unjudged"],
    ],
  ],
  [
    "null",
    null,
    [
      [null, "yes"],
      ["x", "no"],
      [undefined, "no"],
    ],
  ],
  [
    "a record",
    { a: { b: 1 } },
    [
      [{ a: { b: 1, c: 2 } }, "yes"],
      [{ a: { b: 2 } }, "no"],
      [{}, "no"],
      [{ a: [1] }, "unjudged"],
    ],
  ],
  [
    "a record asked for what is not there",
    { a: { exists: false } },
    [
      [{}, "yes"],
      [undefined, "yes"],
      [{ a: 1 }, "no"],
      ["text", "unjudged"],
    ],
  ],
  [
    "a list",
    ["x", { gt: 1 }],
    [
      [["x", 2], "yes"],
      [["x", 1], "no"],
      [["x"], "no"],
      [["x", 2, 3], "no"],
      [[1, 2], "unjudged"],
      ["x", "unjudged"],
    ],
  ],
  [
    "a list of one",
    ["x"],
    [
      [["x"], "yes"],
      [["y"], "no"],
      [["x", "x"], "no"],
      [[1], "unjudged"],
      [{}, "unjudged"],
    ],
  ],
  [
    "no items",
    [],
    [
      [[], "yes"],
      [[1], "no"],
      [{}, "unjudged"],
    ],
  ],
  [
    "lists within lists",
    [["x"], [["y"]]],
    [
      [[["x"], [["y"]]], "yes"],
      [[["x"], [["z"]]], "no"],
    ],
  ],
  [
    "eq",
    { eq: "a*" },
    [
      ["a*", "yes"],
      ["ab", "no"],
      [undefined, "no"],
      [1, "unjudged"],
    ],
  ],
  [
    "neq",
    { neq: "x" },
    [
      ["y", "yes"],
      ["x", "no"],
      [undefined, "unjudged"],
      [null, "unjudged"],
      [["y"], "unjudged"],
    ],
  ],
  [
    "neq null",
    { neq: null },
    [
      ["y", "yes"],
      [null, "no"],
      [undefined, "unjudged"],
    ],
  ],
  [
    "in",
    { in: ["a", 1] },
    [
      ["a", "yes"],
      [1, "yes"],
      ["b", "no"],
      [undefined, "no"],
      [true, "unjudged"],
      [null, "unjudged"],
    ],
  ],
  [
    "in, with null",
    { in: ["a", null] },
    [
      [null, "yes"],
      ["a", "yes"],
      ["b", "no"],
      [1, "unjudged"],
    ],
  ],
  [
    "exists",
    { exists: true },
    [
      [0, "yes"],
      [[], "yes"],
      [null, "no"],
      [undefined, "no"],
    ],
  ],
  [
    "exists not",
    { exists: false },
    [
      [undefined, "yes"],
      [null, "yes"],
      [0, "no"],
    ],
  ],
  [
    "lt",
    { lt: 5 },
    [
      [4, "yes"],
      [5, "no"],
      ["4", "unjudged"],
      [undefined, "unjudged"],
      [null, "unjudged"],
      [[4], "unjudged"],
    ],
  ],
  [
    "lte",
    { lte: 5 },
    [
      [5, "yes"],
      [6, "no"],
    ],
  ],
  [
    "gt",
    { gt: 5 },
    [
      [6, "yes"],
      [5, "no"],
    ],
  ],
  [
    "gte and lt",
    { gte: 5, lt: 7 },
    [
      [5, "yes"],
      [7, "no"],
      [4, "no"],
      ["5", "unjudged"],
    ],
  ],
  [
    "a guarded number",
    { exists: true, gt: 5 },
    [
      [6, "yes"],
      [undefined, "no"],
      [null, "no"],
      ["6", "unjudged"],
    ],
  ],
  [
    "contains",
    { contains: "x" },
    [
      ["axb", "yes"],
      ["ab", "no"],
      [["x"], "yes"],
      [["axb"], "no"],
      [["x", 1], "unjudged"],
      [undefined, "no"],
      [5, "unjudged"],
    ],
  ],
  [
    "contains a number",
    { contains: 5 },
    [
      [[5], "yes"],
      [[6], "no"],
      ["5", "unjudged"],
    ],
  ],
  [
    "externalEmail",
    { externalEmail: true },
    [
      ["a@evil.example", "yes"],
      ["a@ACME.com", "no"],
      ["a@mail.acme.com", "yes"],
      [["a@acme.com", "b@evil.example"], "yes"],
      [["a@acme.com"], "no"],
      [[], "no"],
      ["A <a@acme.com>", "unjudged"],
      ["a@acme.com,b@evil.example", "unjudged"],
      [["a@acme.com", 5], "unjudged"],
      [undefined, "unjudged"],
    ],
  ],
  [
    "externalEmail not",
    { externalEmail: false },
    [
      ["a@acme.com", "yes"],
      ["a@evil.example", "no"],
      [["a@acme.com", "x"], "unjudged"],
      [[], "yes"],
    ],
  ],
])("%s: %j", (_what, matcher, cases) => {
  it.each(cases)("%j: %s", (value, verdict) => {
    expect(judge(matcher, value)).toBe(verdict);
  });
});

describe("what requests always are", () => {
  const decide = (when: object, more: object): string =>
    verdictOf(
      definePolicy({ rules: [{ id: "r", decision: "allow", when }] }).decide({
        actor,
        action: { name: "t" },
        ...more,
      }),
    );

  it("a model's figures are compared, and one of another kind is refused", () => {
    const unsure = { model: { confidence: { lt: 0.8 } } };
    expect(decide(unsure, { model: { confidence: 0.5 } })).toBe("yes");
    expect(decide(unsure, { model: { confidence: 0.9 } })).toBe("no");
    expect(decide(unsure, {})).toBe("unjudged");
    expect(decide({ model: { confidence: { exists: true, lt: 0.8 } } }, {})).toBe("no");
    expect(decide(unsure, { model: { confidence: "0.5" } })).toBe("invalid_request");
    expect(decide({ model: { name: "small-*" } }, { model: { name: "small-2" } })).toBe("yes");
  });

  it("an actor's id and type are text", () => {
    expect(decide({ actor: { id: "b*", type: { in: ["agent", "tool"] } } }, {})).toBe("yes");
    expect(decide({ actor: { id: { neq: "bot" } } }, {})).toBe("no");
  });

  it.each<[EvidenceMatcher | EvidenceItem, readonly object[], string]>([
    [{ type: "user_*" }, [{ type: "mail" }, { type: "user_instruction" }], "yes"],
    [{ type: "user_*" }, [{ type: "mail" }], "no"],
    [{ type: "user_*" }, [], "no"],
    [
      { any: { source: "crm", confidence: { gte: 0.9 } } },
      [{ type: "a", source: "crm", confidence: 0.95 }],
      "yes",
    ],
    [{ any: { confidence: { gte: 0.9 } } }, [{ type: "a" }], "unjudged"],
    [{ all: [{ type: "a" }, { type: "b" }] }, [{ type: "b" }, { type: "a" }], "yes"],
    [{ all: [{ type: "a" }, { type: "b" }] }, [{ type: "a" }], "no"],
    [{ count: 1 }, [{ type: "a" }], "yes"],
    [{ count: { gte: 2 }, any: { type: "a" } }, [{ type: "a" }], "no"],
    [{}, [{ type: "a" }], "yes"],
    [{}, [], "no"],
    [{ type: "a" }, [{ type: 5 }], "invalid_request"],
  ])("evidence %j over %j: %s", (evidence, items, verdict) => {
    expect(decide({ evidence }, { evidence: items })).toBe(verdict);
  });

  it("one of several names or globs is enough, and the order of what is asked says nothing", () => {
    const named = (action: string | string[], name: string) => decide({ action }, { action: { name } });
    expect(named(["pay", "read_*"], "read_x")).toBe("yes");
    expect(named(["pay", "read_*"], "pay")).toBe("yes");
    expect(named(["pay", "read_*"], "payment")).toBe("no");
    expect(named("*", "anything")).toBe("yes");
    expect(named("READ_*", "read_x")).toBe("no");
    const input = { a: 5, b: "x" };
    for (const when of [
      { a: { gt: 9 }, b: { gt: 1 } },
      { b: { gt: 1 }, a: { gt: 9 } },
    ]) {
      expect(decide({ input: when }, { action: { name: "t", input } })).toBe("no");
    }
  });
});
