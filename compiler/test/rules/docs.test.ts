import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { policyFromRules } from "../../src/rules/define.ts";
import type { PolicyObject } from "../../src/rules/rule-objects.ts";
import { OPERATORS } from "../../src/rules/words.ts";
import { agree, type BackEnds, backEnds } from "../support/compare.ts";

const TEXT = readFileSync(new URL("../../../docs/rules.md", import.meta.url), "utf8");

interface Block {
  readonly info: string;
  readonly text: string;
}

const blocks: readonly Block[] = [...TEXT.matchAll(/^```(\w+ \w+)\n(.*?)^```$/gms)].map(
  ([, info = "", text = ""]) => ({
    info,
    text,
  }),
);

/** Rules, and the calls that stand below them. */
const examples = blocks.flatMap(({ info, text }, i) => {
  if (info !== "json rules" && info !== "json policy") return [];
  const given: unknown = JSON.parse(text);
  const policy = (info === "json policy" ? given : { rules: [given].flat() }) as PolicyObject;
  const calls = blocks[i + 1]?.info === "text calls" ? blocks[i + 1]!.text.trim().split("\n") : [];
  return [{ policy, calls }];
});

const PARTS = /\s+(input|context|actor|resource|model|evidence)\s+(?=[{[])/;

/** `pay input {"amount": 5} -> deny, rule, by large, risk high, requires log sign`. */
const readCall = (line: string) => {
  const [call = "", said = ""] = line.split(" -> ");
  const [name = "", ...parts] = call.split(PARTS);
  const roots: { [root: string]: unknown } = {};
  for (let i = 0; i < parts.length; i += 2) roots[parts[i]!] = JSON.parse(parts[i + 1]!);
  const { input, actor, ...rest } = roots;
  const request = {
    actor: { type: "agent", id: "bot", ...(actor as object) },
    action: { name, input },
    ...rest,
  };
  const [decision, code, ...more] = said.split(", ");
  const told = Object.fromEntries(more.map((one) => [one.split(" ")[0], one.split(" ").slice(1)]));
  return { request, decision, code, ...told } as {
    request: object;
    decision: string;
    code: string;
    by?: string[];
    risk?: string[];
    requires?: string[];
  };
};

describe("docs/rules.md", () => {
  it("has an example for every operator, and calls for every example", () => {
    expect(examples.length).toBeGreaterThan(8);
    for (const { calls } of examples) expect(calls.length).toBeGreaterThan(2);
    const rules = JSON.stringify(examples.map(({ policy }) => policy));
    for (const operator of OPERATORS) expect(rules, operator).toContain(`"${operator}":`);
  });

  it.each(
    examples.map((example) => ({ ...example, name: example.policy.rules.map(({ id }) => id).join(", ") })),
  )("tells truly of $name", async ({ policy, calls }) => {
    const ends: BackEnds = await backEnds(policyFromRules(policy));
    for (const line of calls) {
      const call = readCall(line);
      const said = agree(ends, call.request);
      expect([said.decision, said.code], line).toEqual([call.decision, call.code]);
      if (call.by) expect(said.rules, line).toEqual(call.by);
      if (call.risk) expect([said.risk], line).toEqual(call.risk);
      if (call.requires) expect(said.requirements, line).toEqual(call.requires);
    }
  });
});
