import { describe, expect, it } from "vitest";
import { checkText } from "../../src/check/check.ts";
import { classesOf, listsOf } from "../../src/lints/analysis/classes.ts";
import { partsOfBody, typingsOf } from "../../src/lints/analysis/conditions.ts";
import { rememberedCatalogue } from "../../src/schema/remembered.ts";

const range = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

const tools = (count: number): string =>
  `tools s {\n${range(count, (i) => `  t${i}(a: string, id: ${i % 2 === 0 ? "string" : "integer"}, amount: number)`).join("\n")}\n}\n`;

const checked = (text: string) => {
  const { policy, diagnostics } = checkText(text);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return policy!;
};

describe("the lints at scale", { timeout: 600_000 }, () => {
  it("look at tools that are covered alike once", () => {
    const policy = checked(`${tools(1000)}on * {
  deny large when input.amount > 500
  deny numbered when input.id is integer and input.id > 3
}
on s.t7 {
  allow seven when input.a == "x"
}`);
    const classes = classesOf(policy);
    const sizes = [...listsOf(policy)].map((list) => classes(list).map((one) => one.tools.length));
    expect(sizes.map((list) => list.sort((a, b) => a - b))).toEqual([[1, 499, 500], [500], [1, 499], [1]]);
  });

  it("work out once what rules over the same tools know of the same arguments", () => {
    const policy = checked(
      `${tools(1000)}on * {\n${range(50, (i) => `  deny r${i} when input.amount > ${i} and input.a == "x${i}"`).join("\n")}\n}\n`,
    );
    expect(listsOf(policy).size).toBe(1);
    const typings = policy.rules.map(({ bodies: [body] }) =>
      typingsOf(body!, partsOfBody(body!, policy)!, policy),
    );
    expect(new Set(typings.flat()).size).toBe(1);
  });

  it("take a thousand rules over a thousand tools", () => {
    const effects = ["deny", "allow", "require approval"];
    const { rules } = checked(
      `${tools(1000)}on * {\n${range(1000, (i) => `  ${effects[i % 3]} r${i} when input.amount > ${i} and input.a == "x${i}"`).join("\n")}\n}\n`,
    );
    expect(rules.map(({ bodies }) => bodies.length)).toEqual(range(1000, () => 1));
  });

  it("take a chain of tests over a long enumeration", () => {
    const values = range(805, (i) => `"v${i}"`);
    const chain = values.slice(0, 800).map((value) => `input.a == ${value}`);
    const { rules } = checked(
      `tools { t(a: ${values.join(" | ")}) }\non t {\n  deny r when ${chain.join(" or ")}\n}\n`,
    );
    expect(rules).toHaveLength(1);
  });
});

describe("a catalogue that was read before", () => {
  it("is not read again while its text stays, and is when it changes", () => {
    const first = rememberedCatalogue('[{"name": "a"}]', "x.json");
    expect(rememberedCatalogue('[{"name": "a"}]', "x.json")).toBe(first);
    expect(rememberedCatalogue('[{"name": "a"}]', "y.json")).not.toBe(first);
    expect(rememberedCatalogue('[{"name": "b"}]', "x.json").tools.map(({ name }) => name)).toEqual(["b"]);
  });

  it("is forgotten once many others were read", () => {
    const first = rememberedCatalogue("[]", "first.json");
    for (let i = 0; i < 64; i += 1) rememberedCatalogue("[]", `${i}.json`);
    expect(rememberedCatalogue("[]", "first.json")).not.toBe(first);
  });
});
