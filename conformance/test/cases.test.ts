import { closures, emitModule, interpret, makePlan } from "@agentpolicy/compiler";
import { checkText } from "@agentpolicy/language";
import type { Policy } from "@agentpolicy/runtime/abi";
import { beforeAll, describe, expect, it } from "vitest";
import { loadModule } from "../../compiler/test/support/load-module.ts";
import { type CaseFile, differences, loadCases, requestOf } from "../src/index.ts";

const files = loadCases();

const backEnds = async (file: CaseFile): Promise<ReadonlyMap<string, Policy>> => {
  const checked = checkText(file.policy.join("\n"), {
    path: "p.agentpolicy",
    ...(file.files === undefined ? {} : { files: file.files as Record<string, string> }),
  });
  if (checked.policy === null)
    throw new Error(checked.diagnostics.map((d) => `${d.code}: ${d.message}`).join("\n"));
  const plan = makePlan(checked.policy);
  return new Map([
    ["interpreter", interpret(checked.policy)],
    ["closures", closures(plan)],
    ["module", await loadModule(emitModule(plan).code)],
  ]);
};

it("there are at least 300 cases, each named once in its file", () => {
  const counts = [...files.values()].map((file) => file.cases.length);
  expect(counts.reduce((a, b) => a + b, 0)).toBeGreaterThanOrEqual(300);
  for (const file of files.values())
    expect(new Set(file.cases.map((one) => one.name)).size).toBe(file.cases.length);
});

describe.each([...files])("%s", (_, file) => {
  let policies: ReadonlyMap<string, Policy>;
  beforeAll(async () => {
    policies = await backEnds(file);
  });
  it.each(file.cases.map((one) => [one.name, one] as const))("%s", (_name, one) => {
    for (const [name, policy] of policies) {
      const decision = policy.decide(requestOf(file, one), one.figures);
      expect(differences(one.expect, decision), name).toEqual([]);
    }
  });
});
