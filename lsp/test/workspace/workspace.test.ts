import { memoryHost } from "@agentpolicy/language";
import { beforeEach, describe, expect, test } from "vitest";
import { createWorkspace, type Workspace } from "../../src/ide/workspace/workspace.ts";

const TOOLS = (name: string, bounds = {}) => {
  const properties = { amount: { type: "number", ...bounds } };
  return JSON.stringify([{ name, inputSchema: { type: "object", properties, required: ["amount"] } }]);
};

const FILES = {
  "pay.agentpolicy":
    'import "./org.agentpolicy" as org\ntools bank from "tools.json"\non bank.pay {\n  allow small when input.amount < org.limit\n}\n',
  "pay.test.agentpolicy": 'test "small" {\n  call bank.pay { amount: 1 }\n  expect allow\n}\n',
  "web.agentpolicy":
    'import "./org.agentpolicy" as org\ntools { get(amount: number) }\non get {\n  allow few when input.amount < org.limit\n}\n',
  "org.agentpolicy": "let limit = 5\n",
  "tools.json": TOOLS("pay"),
};

let files: Record<string, string>;
let reads: string[];
let workspace: Workspace;

const policies = () => workspace.policies().map(({ entry, tests, aside }) => [entry, tests, aside]);
const codes = (path: string) => workspace.diagnostics(path).map(({ code }) => code);
const found = () => workspace.found(Object.keys(files).filter((path) => path.endsWith(".agentpolicy")));

beforeEach(() => {
  files = { ...FILES };
  reads = [];
  workspace = createWorkspace({
    ...memoryHost(files),
    read: (path) => {
      reads.push(path);
      return files[path];
    },
  });
  found();
});

describe("which policies there are", () => {
  test("what others import is no policy of its own, tests go with theirs", () => {
    expect(policies()).toEqual([
      ["pay.agentpolicy", ["pay.test.agentpolicy"], false],
      ["web.agentpolicy", [], false],
    ]);
  });

  test("a file belongs to each policy that imports it, a catalogue to each that reads it", () => {
    const entries = (path: string) => workspace.snapshotsOf(path).map(({ entry }) => entry);
    expect(entries("org.agentpolicy")).toEqual(["pay.agentpolicy", "web.agentpolicy"]);
    expect(entries("tools.json")).toEqual(["pay.agentpolicy"]);
    expect(entries("pay.test.agentpolicy")).toEqual(["pay.agentpolicy"]);
    expect(entries("nothing.agentpolicy")).toEqual([]);
    expect(workspace.snapshotOf("other.json")).toBeNull();
  });

  test("an import that is written or taken away changes them", () => {
    workspace.open("web.agentpolicy", "tools { get() }\non get {\n  allow all\n}\n");
    workspace.open("pay.agentpolicy", "tools { get() }\non get {\n  allow all\n}\n");
    expect(policies().map(([entry]) => entry)).toEqual([
      "org.agentpolicy",
      "pay.agentpolicy",
      "web.agentpolicy",
    ]);
    workspace.close("pay.agentpolicy");
    expect(policies().map(([entry]) => entry)).toEqual(["pay.agentpolicy", "web.agentpolicy"]);
  });

  test("the first of a circle stands for it; nothing throws", () => {
    files["a.agentpolicy"] = 'import "./b.agentpolicy" as b\n';
    files["b.agentpolicy"] = 'import "./a.agentpolicy" as a\n';
    files["c.agentpolicy"] = 'import "./c.agentpolicy" as c\n';
    found();
    expect(policies().map(([entry]) => entry)).toContain("a.agentpolicy");
    expect(policies().map(([entry]) => entry)).not.toContain("b.agentpolicy");
    expect(codes("c.agentpolicy")).toContain("import-cycle");
    expect(codes("b.agentpolicy")).toContain("import-cycle");
  });

  test("tests beside an imported file make a policy aside, which speaks of its tests alone", () => {
    files["org.test.agentpolicy"] =
      'test "x" {\n  call bank.pay { amount: 1 }\n  expect deny by nothing\n}\n';
    found();
    expect(policies()).toContainEqual(["org.agentpolicy", ["org.test.agentpolicy"], true]);
    expect(workspace.snapshotOf("org.agentpolicy")?.entry).toBe("pay.agentpolicy");
    expect(workspace.snapshotOf("org.test.agentpolicy")?.entry).toBe("org.agentpolicy");
    expect(codes("org.agentpolicy")).toEqual([]);
    expect(codes("org.test.agentpolicy")).toContain("unknown-rule");
  });

  test("a document without a file, of any name, is a policy; a test brings its policy along", () => {
    workspace.found([]);
    workspace.open("untitled:1", "on {", true);
    expect(policies()).toEqual([["untitled:1", [], false]]);
    expect(codes("untitled:1").length).toBeGreaterThan(0);
    workspace.open("pay.test.agentpolicy", FILES["pay.test.agentpolicy"]);
    expect(workspace.snapshotOf("pay.test.agentpolicy")?.entry).toBe("pay.agentpolicy");
  });
});

describe("what a change touches", () => {
  test("an edit makes its policies anew and no other", () => {
    const before = workspace.policy("web.agentpolicy");
    const pay = workspace.policy("pay.agentpolicy");
    workspace.open("pay.agentpolicy", `${FILES["pay.agentpolicy"]}\n`);
    expect(workspace.policy("web.agentpolicy")).toBe(before);
    expect(workspace.policy("pay.agentpolicy")).not.toBe(pay);
    workspace.open("org.agentpolicy", "let limit = 6\n");
    expect(workspace.policy("web.agentpolicy")).not.toBe(before);
  });

  test("files are read once, and again when they have changed", () => {
    workspace.files();
    workspace.open("pay.agentpolicy", `${FILES["pay.agentpolicy"]}\n`);
    workspace.files();
    expect(reads.filter((path) => path === "tools.json")).toHaveLength(1);
    files["tools.json"] = TOOLS("send");
    expect(codes("pay.agentpolicy")).toEqual([]);
    workspace.changed(["tools.json"]);
    expect(codes("pay.agentpolicy")).toContain("unknown-tool");
  });

  test("a catalogue that comes, goes and comes back", () => {
    delete files["tools.json"];
    workspace.changed(["tools.json"]);
    expect(codes("pay.agentpolicy")).toContain("missing-file");
    files["tools.json"] = FILES["tools.json"];
    workspace.changed(["tools.json"]);
    expect(codes("pay.agentpolicy")).toEqual([]);
  });

  test("an open document goes before its file until it is closed", () => {
    workspace.open("tools.json", TOOLS("send"));
    expect(codes("pay.agentpolicy")).toContain("unknown-tool");
    workspace.changed(["tools.json"]);
    expect(codes("pay.agentpolicy")).toContain("unknown-tool");
    workspace.close("tools.json");
    expect(codes("pay.agentpolicy")).toEqual([]);
  });
});

describe("what is said of a file", () => {
  test("what several policies find is said once; an error of one is an error", () => {
    workspace.open("org.agentpolicy", 'let limit = "five"\nlet limit = 6\n');
    expect(codes("org.agentpolicy").filter((code) => code === "duplicate-name")).toHaveLength(1);
  });

  test("what is wrong with a catalogue is said there", () => {
    workspace.open("tools.json", "[{");
    expect(codes("tools.json").length).toBeGreaterThan(0);
    expect(workspace.files()).toContain("tools.json");
  });

  test("a warning that is true of one policy alone is not said of a file that others share", () => {
    workspace.open(
      "org.agentpolicy",
      "let limit = 5\n\non * {\n  deny huge when input has amount and input.amount > 100\n}\n",
    );
    workspace.open(
      "pay.agentpolicy",
      `${FILES["pay.agentpolicy"].split("on ")[0]}on bank.pay {\n  allow all\n}\n`,
    );
    workspace.open("tools.json", TOOLS("pay").replace("required", "other"));
    const said = workspace
      .snapshotsOf("org.agentpolicy")
      .map(({ result }) =>
        result.diagnostics.filter(({ file }) => file === "org.agentpolicy").map(({ code }) => code),
      );
    expect(said).toEqual([[], ["needless-has"]]);
    expect(codes("org.agentpolicy")).toEqual([]);
    workspace.open("tools.json", TOOLS("pay"));
    expect(codes("org.agentpolicy")).toEqual(["needless-has"]);
  });
});
