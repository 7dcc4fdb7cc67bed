import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { check, loadProgram, resolvePath } from "@agentpolicy/language";
import { describe, expect, it } from "vitest";

const host = {
  read: (path: string) => {
    try {
      return readFileSync(path, "utf8");
    } catch {
      return undefined;
    }
  },
  resolve: resolvePath,
};

const example = (path: string): string =>
  fileURLToPath(new URL(`../../../examples/${path}`, import.meta.url));

describe("the tour of the language", () => {
  const result = check(loadProgram(example("payments/payments.agentpolicy"), host));

  it("is free of errors and warnings", () => {
    expect(result.diagnostics.filter(({ severity }) => severity !== "hint")).toEqual([]);
  });

  it("gives rules of both files, under the names that audit records use", () => {
    const ids = result.policy?.rules.map(({ id }) => id) ?? [];
    expect(ids).toContain("payments.large-transfer");
    expect(ids).toContain("payments.org.prod-destruction");
  });

  it("covers by an imported rule the tools of the policy that imports it", () => {
    const rule = result.policy?.rules.find(({ id }) => id === "payments.org.prod-destruction");
    expect(rule?.bodies.flatMap(({ tools }) => tools)).toContain("shell.run");
  });

  it("keeps each tool of a rule in exactly one body", () => {
    for (const rule of result.policy?.rules ?? []) {
      const tools = rule.bodies.flatMap((body) => body.tools);
      expect(new Set(tools).size).toBe(tools.length);
    }
  });

  it("resolves names across files", () => {
    const external = result.uses.find(
      ({ at, declared }) => at.file !== declared.file && declared.file.endsWith("org.agentpolicy"),
    );
    expect(external).toBeDefined();
  });
});
