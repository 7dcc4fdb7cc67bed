import {
  check,
  isTestFile,
  loadProgram,
  memoryHost,
  policiesOfTestFile,
  policyNameOf,
  resolvePath,
} from "@agentpolicy/language";
import { describe, expect, it } from "vitest";

const TOOLS = "tools t { run(n: number) }\n";

const load = (files: Record<string, string>, entry: string, tests: readonly string[] = []) =>
  check(loadProgram(entry, memoryHost(files), { tests }));

const codes = (result: ReturnType<typeof check>) =>
  result.diagnostics.filter(({ severity }) => severity !== "hint").map(({ code }) => code);

describe("names of files", () => {
  it("give a policy its name where no header does", () => {
    expect(policyNameOf("/srv/pay.agentpolicy")).toBe("pay");
    expect(policyNameOf("C:\\pay.limits.test.agentpolicy")).toBe("pay.limits");
    expect(policyNameOf("-")).toBe("-");
    expect(
      load({ "dir/pay.agentpolicy": `${TOOLS}on t.run { allow a when input.n > 3 }` }, "dir/pay.agentpolicy")
        .policy?.name,
    ).toBe("pay");
  });

  it("resolve relative to the folder of the file that they stand in", () => {
    expect(resolvePath("a/b/c.agentpolicy", "../d.json")).toBe("a/d.json");
    expect(resolvePath("c.agentpolicy", "./d.json")).toBe("d.json");
    expect(resolvePath("/a/c.agentpolicy", "d/./e.json")).toBe("/a/d/e.json");
    expect(resolvePath("c.agentpolicy", "../d.json")).toBe("../d.json");
    expect(resolvePath("a/c.agentpolicy", "/d.json")).toBe("/d.json");
  });
});

describe("imports", () => {
  it("count once, by the shortest way, whatever the order", () => {
    const shared = "on * { deny never-here when false }";
    const middle = 'import "shared.agentpolicy" as deep\nlet x = 1\n';
    const ids = (first: string, second: string) =>
      load(
        {
          "shared.agentpolicy": shared,
          "middle.agentpolicy": middle,
          "p.agentpolicy": `${first}\n${second}\n${TOOLS}on t.run { deny a when input.n > middle.x }`,
        },
        "p.agentpolicy",
      )
        .policy?.rules.map(({ id }) => id)
        .sort();
    const far = 'import "middle.agentpolicy" as middle';
    const near = 'import "shared.agentpolicy" as z-near';
    expect(ids(far, near)).toEqual(["p.a", "p.z-near.never-here"]);
    expect(ids(near, far)).toEqual(["p.a", "p.z-near.never-here"]);
  });

  it("carry the names on the way in the ids of rules, functions and tracks", () => {
    const { policy } = load(
      {
        "b.agentpolicy":
          "track calls = count on * per actor\nfn f(n: number) = n > 1\non * { deny c when calls > 3 }",
        "a.agentpolicy": 'import "b.agentpolicy" as b\nfn g(n: number) = b.f(n)',
        "p.agentpolicy": `import "a.agentpolicy" as a\n${TOOLS}on t.run { deny x when a.g(input.n) }`,
      },
      "p.agentpolicy",
    );
    expect(policy?.rules.map(({ id }) => id).sort()).toEqual(["p.a.b.c", "p.x"]);
    expect([...(policy?.functions.keys() ?? [])].sort()).toEqual(["p.a.b.f", "p.a.g"]);
    expect([...(policy?.tracks.keys() ?? [])]).toEqual(["p.a.b.calls"]);
  });
});

describe("files of tests", () => {
  const policy = `${TOOLS}let limit = 3\non t.run { allow small when input.n < limit }`;
  const test = 'test "small" {\n  call t.run { n: limit }\n  expect allow by small\n}';

  it("see the names of their policy", () => {
    const files = { "p.agentpolicy": policy, "p.test.agentpolicy": test };
    const result = load(files, "p.agentpolicy", ["p.test.agentpolicy"]);
    expect(codes(result)).toEqual([]);
    expect(result.policy?.tests.map(({ name }) => name)).toEqual(["small"]);
    expect(result.policy?.name).toBe("p");
  });

  it("load their policy when they are asked for themselves", () => {
    const files = { "p.agentpolicy": policy, "p.limits.test.agentpolicy": test };
    const result = load(files, "p.limits.test.agentpolicy");
    expect(codes(result)).toEqual([]);
    expect(result.policy?.tests.length).toBe(1);
  });

  it("are policies of their own where no policy stands beside them", () => {
    expect(codes(load({ "q.test.agentpolicy": `${policy}\n${test}` }, "q.test.agentpolicy"))).toEqual([]);
  });

  it("hold no rules", () => {
    const files = { "p.agentpolicy": policy, "p.test.agentpolicy": `${test}\non t.run { allow all }` };
    expect(codes(load(files, "p.agentpolicy", ["p.test.agentpolicy"]))).toEqual(["misplaced-item"]);
  });

  it("are known by their ending", () => {
    expect(isTestFile("a/p.test.agentpolicy")).toBe(true);
    expect(isTestFile("a/test.agentpolicy")).toBe(false);
    expect(policiesOfTestFile("a/p.x.test.agentpolicy")).toEqual(["a/p.x.agentpolicy", "a/p.agentpolicy"]);
  });
});

describe("what is not there", () => {
  it("is one error at the place that names it, or at the start of a missing entry", () => {
    const result = load({}, "p.agentpolicy");
    expect(result.policy).toBeNull();
    expect(result.diagnostics.map(({ code, file, span }) => [code, file, span.start])).toEqual([
      ["missing-file", "p.agentpolicy", 0],
    ]);
  });
});
