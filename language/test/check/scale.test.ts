import { check, loadProgram, memoryHost } from "@agentpolicy/language";
import { describe, expect, it } from "vitest";

const tool = (i: number): string =>
  `  t${i}(a: string, n${i % 7}: number, id: ${i % 2 === 0 ? "string" : "integer"}, amount: number, note?: string)`;

const tools = (count: number): string =>
  `tools s {\n${Array.from({ length: count }, (_, i) => tool(i)).join("\n")}\n}\n`;

const checked = (text: string) => check(loadProgram("p.agentpolicy", memoryHost({ "p.agentpolicy": text })));

describe("checking at scale", { timeout: 600_000 }, () => {
  it("takes ten thousand tools, and shares the bodies of those that are alike", () => {
    const rules = `on * {
  deny large when input.amount > 500
  deny noted when input has note and input.note like "x*"
  deny numbered when input.id is integer and input.id > 3
}`;
    const { policy } = checked(tools(10_000) + rules);
    const bodies = policy?.rules.map((rule) => [rule.id, rule.bodies.length]);
    expect(bodies).toEqual([
      ["p.large", 1],
      ["p.noted", 1],
      ["p.numbered", 2],
    ]);
    expect(policy?.rules.every(({ bodies }) => bodies.flatMap((body) => body.tools).length === 10_000)).toBe(
      true,
    );
  });

  it("takes hundreds of rules over a thousand tools", () => {
    const rules = Array.from(
      { length: 300 },
      (_, i) => `  deny r${i} when input.amount > ${i} and input.a == "x${i}"`,
    );
    const { policy } = checked(`${tools(1000)}on * {\n${rules.join("\n")}\n}\n`);
    expect(policy?.rules.length).toBe(300);
  });

  it("reports a mistake once, whatever the number of tools", () => {
    const { diagnostics } = checked(`${tools(1000)}on * {\n  deny slip when input.amuont > 3\n}\n`);
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    expect(errors.map(({ code, message }) => [code, message])).toEqual([
      ["unknown-argument", "`s.t0` and 999 more tools have no argument `amuont`"],
    ]);
    expect(errors[0]?.label).toBe("did you mean `amount`?");
  });

  it("takes long lists: in the policy, and records in a data file", () => {
    const numbers = Array.from({ length: 130_000 }, (_, i) => i).join(", ");
    const written = checked(
      `tools t { x(n: integer) }\non t.x { allow listed when input.n in [${numbers}] }\n`,
    );
    expect(written.policy).not.toBeNull();

    const records = JSON.stringify(Array.from({ length: 10_000 }, (_, i) => ({ name: `n${i}`, limit: i })));
    const text = `tools t { x(a: string) }
let known: { name: string, limit: number }[] from "./known.json"
on t.x { allow listed when known.any(k => k.name == input.a) }
`;
    const files = memoryHost({ "p.agentpolicy": text, "known.json": records });
    expect(check(loadProgram("p.agentpolicy", files)).policy).not.toBeNull();
  });
});
