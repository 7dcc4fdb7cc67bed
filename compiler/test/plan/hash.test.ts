import { checkText, NULL, NUMBER, required, STRING, union } from "@agentpolicy/language";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../src/plan/canonical.ts";
import { policyHash } from "../../src/plan/hash.ts";
import { makePlan } from "../../src/plan/make.ts";
import { manifestOf } from "../../src/plan/manifest.ts";
import { and, constant, equal, local, mask, path, policy, quantify, rule, tool } from "../support/build.ts";

const word = (text: string) => equal(path("input.a"), constant(text));
const base = { tools: [tool("t", { a: required(STRING) }), tool("u", { a: required(STRING) })] };
const hash = (parts: Parameters<typeof policy>[0]) => policyHash(policy({ ...base, ...parts }));

describe("the hash of a policy's meaning", () => {
  it("does not depend on how bodies and masks are split, nor on parameters' names", () => {
    const both = rule("r", "allow", { when: word("x"), on: ["t", "u"] });
    const split = {
      ...both,
      bodies: [
        ...rule("r", "allow", { when: word("x"), on: ["u"] }).bodies,
        ...rule("r", "allow", { when: word("x") }).bodies,
      ],
    };
    expect(hash({ rules: [split] })).toBe(hash({ rules: [both] }));
    expect(hash({ masks: [mask("input.a", ["t"]), mask("input.a", ["u"])] })).toBe(
      hash({ masks: [mask("input.a", ["u", "t"])] }),
    );
    const any = (name: string) => quantify("any", path("input.a"), name, equal(local(name), constant(1)));
    expect(hash({ rules: [rule("r", "allow", { when: any("x") })] })).toBe(
      hash({ rules: [rule("r", "allow", { when: any("y") })] }),
    );
  });

  it("depends on all that a decision depends on", () => {
    const rules = [rule("r", "allow", { when: word("x") })];
    const changes: Parameters<typeof policy>[0][] = [
      {},
      { rules },
      { rules, name: "other" },
      { rules, version: "1" },
      { rules, default: "approval_required" },
      { rules, coversUnknown: true },
      { rules, masks: [mask("input.a")] },
      { rules: [rule("s", "allow", { when: word("x") })] },
      { rules: [rule("r", "deny", { when: word("x") })] },
      { rules: [rule("r", "allow", { when: word("y") })] },
      { rules: [rule("r", "allow", { unless: word("x") })] },
      { rules: [rule("r", "allow", { when: word("x"), because: ["Why."] })] },
      { rules: [rule("r", "allow", { when: and(word("x"), word("x")) })] },
      { rules, tools: [tool("t", { a: required(NUMBER) }), base.tools[1]!] },
      { rules, tools: [tool("t", { a: required(union([STRING, NULL])) }), base.tools[1]!] },
    ];
    expect(new Set(changes.map(hash)).size).toBe(changes.length);
  });

  it("does not depend on the order of imports, nor on files' names", () => {
    const rules = 'tools { t(a: string) }\non t { allow r when input.a == "x" }';
    const imported = (order: readonly string[], files: Record<string, string>) => {
      const imports = order.map((file) => `import "./${file}" as ${file[0]}`);
      const result = checkText(`policy p\n${imports.join("\n")}`, { path: "p.agentpolicy", files });
      expect(result.policy, JSON.stringify(result.diagnostics)).not.toBeNull();
      return policyHash(result.policy!);
    };
    const more = 'on t { deny d when input.a == "y" }';
    const files = { "a.agentpolicy": rules, "b.agentpolicy": more };
    const hash = imported(["a.agentpolicy", "b.agentpolicy"], files);
    expect(imported(["b.agentpolicy", "a.agentpolicy"], files)).toBe(hash);
    expect(
      imported(["alpha.agentpolicy", "beta.agentpolicy"], {
        "alpha.agentpolicy": `// moved\n${rules}`,
        "beta.agentpolicy": more,
      }),
    ).toBe(hash);
  });
});

describe("the manifest", () => {
  it("points at rules and fingerprints sources and schemas, whatever their names", () => {
    const text = "policy p\ntools { __proto__(a: string) }\non * {\n  allow constructor\n}\n";
    const { policy: checked, diagnostics } = checkText(text, { path: "p.agentpolicy" });
    expect(checked, JSON.stringify(diagnostics)).not.toBeNull();
    const { rules, sources, tools, hash } = manifestOf(checked!, makePlan(checked!).hash);
    expect(Object.entries(rules)).toEqual([
      ["p.constructor", { effect: "allow", at: { file: "p.agentpolicy", line: 3, character: 8 } }],
    ]);
    expect(Object.keys(tools)).toEqual(["__proto__"]);
    expect(Object.keys(sources)).toEqual(["p.agentpolicy"]);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it("has one text for a JSON value", () => {
    expect(canonicalJson({ b: [1, { d: null, c: "\ud800" }], a: -0 })).toBe(
      '{"a":0,"b":[1,{"c":"\\ud800","d":null}]}',
    );
  });
});
