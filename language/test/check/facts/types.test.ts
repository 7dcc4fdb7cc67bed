import { describe, expect, it } from "vitest";
import { checkMarked, nodeAt, receiverAt, shown } from "./at.ts";

const HEAD = `tools bank {
  pay(to: string, amount: number, kind: "card" | "wire", note?: string, tags: string[])
  refund(to: integer, amount: number)
}
tools web { fetch(url: string, headers?: { name: string, secure: boolean }[]) }
actor { role: "support" | "finance", team?: string }
context { env: "dev" | "prod" }
let limit = 500
let names = ["a", "b"]
fn twice(n: number, why: "x" | "y") = n * 2 > limit and why == "x"
track paid = sum input.amount on bank.pay per actor
`;

const rule = (condition: string, on = "bank.pay"): string =>
  `${HEAD}on ${on} {\n  deny r when ${condition}\n}\n`;

describe("typeOf", () => {
  it.each([
    ["input▮.amount > 3", "bank.pay", /^\{ to: string/],
    ["input.amount▮ > 3", "bank.pay", "number"],
    ['input.kind▮ == "card"', "bank.pay", '"card" | "wire"'],
    ['input.kind == "card" or input.kind▮ == "wire"', "bank.pay", '"wire"'],
    ['input has note and input.note▮ like "x"', "bank.pay", "string"],
    ['actor.role▮ == "support"', "bank.pay", '"support" | "finance"'],
    ["input.amount + limit▮ > 3", "bank.pay", "500"],
    ["paid▮ > 3", "bank.pay", "number"],
    ['input.tags.any(t => t▮ == "a")', "bank.pay", "string"],
    ['url(input.url)▮.host == "a"', "web.fetch", "url"],
    ["now▮.hour > 3", "bank.pay", "instant"],
    ["tool▮.destructive", "bank.pay", /^\{ name: string/],
    // Over several tools it is what it is for any of them.
    ["input.to▮ == 3", "bank.*", /string/],
    // Text that is not finished, or wrong.
    ["input.kind▮ ==", "bank.pay", '"card" | "wire"'],
    ["input.tags.any(t => t.▮)", "bank.pay", null],
    ["twice(input.amount▮, ", "bank.pay", "number"],
    ["input.nothing == input.amount▮", "bank.pay", "number"],
    ["nowhere(input.amount▮)", "bank.pay", "number"],
    ['input.amount▮ and input.to == "a"', "bank.pay", "number"],
    ["not▮ input.amount", "bank.pay", null],
    ['email(input.to, input.amount▮).domain == "a"', "bank.pay", "number"],
    ['input.nothing.any(x => actor.role▮ == "support")', "bank.pay", '"support" | "finance"'],
    ['input.to.startsWith("a", actor.role▮)', "bank.pay", '"support" | "finance"'],
    ["input.tags.any(actor.role▮)", "bank.pay", '"support" | "finance"'],
    ['actor.role▮ == "support"', "bank.nothing", '"support" | "finance"'],
  ])("%s on %s", (condition, on, wanted) => {
    const marked = checkMarked(rule(condition, on));
    const type = shown(marked.facts.typeOf(nodeAt(marked)));
    if (wanted instanceof RegExp) expect(type).toMatch(wanted);
    else expect(type).toBe(wanted);
  });

  it.each([
    ["input.▮", "bank.pay", /^\{ to: string, amount: number, kind:/],
    ["input.▮ == 3", "web.fetch", /^\{ url: string/],
    ["input.am▮", "bank.pay", /^\{ to: string/],
    ["input.amount.▮", "bank.pay", "number"],
    ["(input.to.▮) and true", "bank.pay", "string"],
    ["input.tags.any(t => t.▮)", "bank.pay", "string"],
    ["input has headers and input.headers.any(h => h.▮)", "web.fetch", "{ name: string, secure: boolean }"],
    ["url(input.url).▮", "web.fetch", "url"],
    ["tool.▮", "bank.pay", /^\{ name: string/],
    ["context.▮", "bank.pay", '{ env: "dev" | "prod" }'],
    ["twice(input.▮", "bank.pay", /^\{ to: string/],
    ["input.amount > 3 and (actor.▮ ", "bank.pay", /role: "support" \| "finance"/],
  ])("before the dot of %s on %s", (condition, on, wanted) => {
    const marked = checkMarked(rule(condition, on));
    const type = shown(marked.facts.typeOf(receiverAt(marked)));
    if (wanted instanceof RegExp) expect(type).toMatch(wanted);
    else expect(type).toBe(wanted);
  });

  it("tells tools apart where they differ", () => {
    const marked = checkMarked(rule("input.to▮ == 3", "bank.*"));
    const facts = marked.facts.typesOf(nodeAt(marked));
    expect(facts.map(({ type, tools }) => [shown(type), tools])).toEqual([
      ["string", ["bank.pay"]],
      ["integer", ["bank.refund"]],
    ]);
  });

  it("says what may be absent, and that unknown tools are covered", () => {
    const marked = checkMarked(rule('input.note▮ == "a"'));
    expect(marked.facts.typesOf(nodeAt(marked))).toMatchObject([{ mayBeAbsent: true, unknown: false }]);
    const unknown = checkMarked(rule("input▮ has note", "bank.pay, unknown"));
    expect(unknown.facts.typesOf(nodeAt(unknown)).map((fact) => fact.unknown)).toEqual([false, true]);
  });

  it("knows paths of needs and masks", () => {
    const text = `${HEAD}on bank.pay {
  require clarification why ask "Why?" needs context.env▮
  mask input.to
}`;
    const marked = checkMarked(text);
    expect(shown(marked.facts.typeOf(nodeAt(marked)))).toBe('"dev" | "prod"');
    const unfinished = checkMarked(text.replace("context.env▮", "context.▮"));
    expect(shown(unfinished.facts.typeOf(receiverAt(unfinished)))).toBe('{ env: "dev" | "prod" }');
  });
});

describe("expectedAt", () => {
  it.each([
    ['input.kind == "▮"', "bank.pay", '"card" | "wire"'],
    ["input.kind == ▮", "bank.pay", '"card" | "wire"'],
    ["input.kind != ▮ and true", "bank.pay", '"card" | "wire"'],
    ['input.kind in ["card", "▮"]', "bank.pay", '"card" | "wire"'],
    ['"x▮" == actor.role', "bank.pay", '"support" | "finance"'],
    ['twice(3, "▮")', "bank.pay", '"x" | "y"'],
    ["twice(3▮", "bank.pay", "number"],
    ['input.tags.contains("▮")', "bank.pay", "string"],
    ['now.weekday == "▮"', "bank.pay", /"mon" \| "tue"/],
    ['input has note and (input.note ?? "▮") == "a"', "bank.pay", "string"],
    ['(if true then input.kind else "card") == ("▮")', "bank.pay", '"card" | "wire"'],
    ["input.amount > ▮", "bank.pay", "number"],
    ["now + ▮", "bank.pay", "duration"],
  ])("%s on %s", (condition, on, wanted) => {
    const marked = checkMarked(rule(condition, on));
    const type = shown(marked.facts.expectedAt(nodeAt(marked)));
    if (wanted instanceof RegExp) expect(type).toMatch(wanted);
    else expect(type).toBe(wanted);
  });

  it.each([
    ['test "t" { call bank.pay { kind: "▮" } }', '"card" | "wire"'],
    ['test "t" { call bank.pay { tags: ["▮"] } expect deny }', "string"],
    ['test "t" { actor { role: "▮" } }', '"support" | "finance"'],
    ['test "t" { context { env: ▮ } }', '"dev" | "prod"'],
    ['let home: "dev" | "prod" = "▮"', '"dev" | "prod"'],
    ["on * where ▮ { }", "boolean"],
  ])("%s", (item, wanted) => {
    const marked = checkMarked(`${HEAD}${item}\n`);
    expect(shown(marked.facts.expectedAt(nodeAt(marked)))).toBe(wanted);
  });
});
