import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { BAD, folder, GOOD, run } from "./run.ts";

const sound = { "pay.agentpolicy": GOOD };
const broken = { "pay.agentpolicy": BAD };
const IN_BAD = { line: 18, start: 15, end: 21 };

describe("check", () => {
  it("says nothing about a sound policy", async () => {
    const ran = await run(["check", "pay.agentpolicy"], { cwd: folder(sound) });
    expect(ran.out).toMatch(/^[\s\S]*✓ 1 policy checked/);
    expect(ran).toMatchObject({ code: 0, err: "" });
  });

  it("shows a finding with its line", async () => {
    const ran = await run(["check", "pay.agentpolicy"], { cwd: folder(broken) });
    expect(ran.code).toBe(1);
    expect(ran.out).toContain("error[unknown-argument]: tool `bank.transfer` has no argument `amuont`");
    expect(ran.out).toContain("pay.agentpolicy:19:16");
    expect(ran.out).toContain("did you mean `amount`?");
    expect(ran.out).toMatch(/✗ 1 policy checked: 1 error\b/);
    expect(ran.out).not.toContain("\u001b");
  });

  it("colours where it is asked to", async () => {
    const ran = await run(["check", "pay.agentpolicy"], { cwd: folder(broken), env: { FORCE_COLOR: "1" } });
    expect(ran.out).toContain("\u001b[");
    const never = await run(["check", "pay.agentpolicy"], {
      cwd: folder(broken),
      env: { FORCE_COLOR: "1", NO_COLOR: "1" },
    });
    expect(never.out).not.toContain("\u001b");
  });

  it("gives the JSON that editors and programs read", async () => {
    const ran = await run(["check", "--format", "json", "pay.agentpolicy"], { cwd: folder(broken) });
    expect(ran.code).toBe(1);
    const { diagnostics } = JSON.parse(ran.out);
    const error = diagnostics.find(({ severity }: { severity: string }) => severity === "error");
    expect(error).toMatchObject({
      code: "unknown-argument",
      severity: "error",
      message: "tool `bank.transfer` has no argument `amuont`",
      file: "pay.agentpolicy",
      range: {
        start: { line: IN_BAD.line, character: IN_BAD.start },
        end: { line: IN_BAD.line, character: IN_BAD.end },
      },
    });
    expect(error.related[0]).toMatchObject({ file: "pay.agentpolicy", range: { start: { line: 4 } } });
    expect(error.fixes[0].edits[0]).toMatchObject({ newText: "amount", range: error.range });
  });

  it("gives SARIF 2.1.0", async () => {
    const ran = await run(["check", "--format", "sarif", "pay.agentpolicy"], { cwd: folder(broken) });
    expect(ran.code).toBe(1);
    const log = JSON.parse(ran.out);
    expect(log.version).toBe("2.1.0");
    const [sarif] = log.runs;
    expect(sarif.tool.driver.name).toBe("agentpolicy");
    const result = sarif.results.find(({ ruleId }: { ruleId: string }) => ruleId === "unknown-argument");
    expect(sarif.tool.driver.rules[result.ruleIndex].id).toBe("unknown-argument");
    expect(result).toMatchObject({
      level: "error",
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "pay.agentpolicy" },
            region: { startLine: 19, startColumn: 16, endLine: 19, endColumn: 22 },
          },
        },
      ],
    });
    expect(result.fixes[0].artifactChanges[0].replacements[0]).toMatchObject({
      deletedRegion: { startLine: 19, startColumn: 16, endLine: 19, endColumn: 22 },
      insertedContent: { text: "amount" },
    });
  });

  it("gives GitHub annotations", async () => {
    const ran = await run(["check", "--format", "github", "pay.agentpolicy"], { cwd: folder(broken) });
    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(
      /^::error file=pay\.agentpolicy,line=19,endLine=19,col=16,endColumn=22,title=unknown-argument::tool `bank\.transfer` has no argument `amuont`/m,
    );
  });

  it("reads standard input", async () => {
    const ran = await run(["check", "-"], { stdin: BAD });
    expect(ran.code).toBe(1);
    expect(ran.out).toContain("<stdin>:19:16");
    expect((await run(["check", "-"], { stdin: GOOD })).code).toBe(0);
  });

  it("shows paths from the working folder, whatever way they are given", async () => {
    const cwd = folder({ "a/b/pay.agentpolicy": BAD });
    for (const file of [
      "a/b/pay.agentpolicy",
      "./a/../a/b/pay.agentpolicy",
      join(cwd, "a/b/pay.agentpolicy"),
    ]) {
      expect((await run(["check", file], { cwd })).out).toContain(" a/b/pay.agentpolicy:19:16");
    }
    expect((await run(["check", "pay.agentpolicy"], { cwd: join(cwd, "a/b") })).out).toContain(
      " pay.agentpolicy:19:16",
    );
  });
});

describe("check over folders", () => {
  const files = {
    "one/pay.agentpolicy": GOOD,
    "one/lib/shared.agentpolicy": "on * where tool.destructive {\n  deny never\n}\n",
    "one/main.agentpolicy":
      'import "./lib/shared.agentpolicy" as shared\n\ntools web { drop(table: string) @destructive }\n',
    "one/pay.test.agentpolicy":
      'test "reads" {\n  call bank.get_balance { account: "x" }\n  expect allow by reads\n}\n',
    "two/bad.agentpolicy": BAD,
    "node_modules/x/worse.agentpolicy": "nonsense",
  };

  it("takes what is imported as a part of what imports it, and tests with their policy", async () => {
    const ran = await run(["check", "one"], { cwd: folder(files) });
    expect(ran.out).toContain("2 policies checked");
    expect(ran.code).toBe(0);
  });

  it("takes several, and patterns", async () => {
    const cwd = folder(files);
    expect((await run(["check", "."], { cwd })).out).toContain("3 policies checked: 1 error");
    expect((await run(["check", "one", "two"], { cwd })).out).toContain("3 policies checked: 1 error");
    expect((await run(["check", "t*/*.agentpolicy"], { cwd })).out).toContain("1 policy checked: 1 error");
    expect((await run(["check", "**/pa?.agentpolicy"], { cwd })).out).toContain("1 policy checked");
  });

  it("loses no file where files import each other in a circle", async () => {
    const cwd = folder({
      "a.agentpolicy": 'import "./b.agentpolicy" as b\n',
      "b.agentpolicy": 'import "./a.agentpolicy" as a\n',
    });
    const ran = await run(["check", "."], { cwd });
    expect(ran.out).toContain("error[import-cycle]");
    expect(ran.code).toBe(1);
  });

  it("checks a test file whose policy is missing, and says so", async () => {
    const cwd = folder({ "pay.test.agentpolicy": files["one/pay.test.agentpolicy"] });
    const ran = await run(["check", "."], { cwd });
    expect(ran.out).toContain("error[");
    expect(ran.code).toBe(1);
  });

  it("reports a mistake in a test file at its place", async () => {
    const test = files["one/pay.test.agentpolicy"].replace("account:", "acount:");
    const cwd = folder({ "pay.agentpolicy": GOOD, "pay.test.agentpolicy": test });
    const ran = await run(["check", "."], { cwd });
    expect(ran.out).toContain(" pay.test.agentpolicy:2:");
    expect(ran.code).toBe(1);
  });
});

describe("check --explain-schema", () => {
  const tools = [
    {
      name: "put",
      inputSchema: {
        type: "object",
        properties: { id: { type: "string", not: { const: "x" } } },
        required: ["id"],
      },
    },
  ];
  const policy = 'tools t from "./t.tools.json"\n\non t.put {\n  allow known\n    when input.id == "a"\n}\n';
  const files = { "p.agentpolicy": policy, "t.tools.json": JSON.stringify({ tools }, null, 2) };

  it("says where a schema was widened, and why", async () => {
    const ran = await run(["check", "--explain-schema", "p.agentpolicy"], { cwd: folder(files) });
    expect(ran.out).toMatch(/put[\s\S]*not[\s\S]*t\.tools\.json:\d+/);
    expect(ran.code).toBe(0);
  });
  it("in JSON too", async () => {
    const ran = await run(["check", "--explain-schema", "--format", "json", "p.agentpolicy"], {
      cwd: folder(files),
    });
    const [widening] = JSON.parse(ran.out).widenings;
    expect(widening).toMatchObject({ keyword: "not", file: "t.tools.json" });
    expect(widening.tool).toContain("put");
  });
});

describe("check, wrongly used", () => {
  const cases: readonly (readonly [readonly string[], string])[] = [
    [["check"], "missing required argument 'files'"],
    [["check", "absent.agentpolicy"], "there is no file `absent.agentpolicy`"],
    [["check", "empty"], "there is no `*.agentpolicy` file in `empty`"],
    [
      ["check", "empty/x.txt"],
      "`empty/x.txt` is no policy: the name of a policy file ends in `.agentpolicy`",
    ],
    [["check", "empty/*"], "no file matches `empty/*`"],
    [["check", "*.nothing"], "no file matches `*.nothing`"],
    [["check", "--format", "xml", "pay.agentpolicy"], "Allowed choices are pretty, json, sarif, github"],
    [["check", "-", "pay.agentpolicy"], "`-` (standard input) stands alone"],
    [["check", "--watch", "-"], "standard input cannot be watched"],
    [["check", "--explain-shema", "pay.agentpolicy"], "Did you mean --explain-schema?"],
  ];
  it.each(cases)("%j", async (args, message) => {
    const ran = await run(args, { cwd: folder({ ...sound, "empty/x.txt": "" }) });
    expect(ran.err).toContain(message);
    expect(ran).toMatchObject({ code: 2, out: "" });
  });
});

describe("files that are not UTF-8", () => {
  const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");
  const policy = 'tools t from "./t.tools.json"\non t.x {\n  allow   y\n}\n';

  it.each([
    ["check", ["check", "p.agentpolicy"]],
    ["compile", ["compile", "p.agentpolicy"]],
    ["fmt", ["fmt", "p.agentpolicy"]],
    ["test", ["test", "."]],
    ["eval", ["eval", "p.agentpolicy", "--request", "r.json"]],
  ])("%s refuses a policy and leaves it as it is", async (_, args) => {
    const cwd = folder({ "r.json": "{}" });
    const bytes = latin1("// caf\u00e9\non *   { allow x }\n");
    writeFileSync(join(cwd, "p.agentpolicy"), bytes);
    const ran = await run(args, { cwd });
    expect(ran.err).toContain("`p.agentpolicy` is not UTF-8 text");
    expect(ran).toMatchObject({ code: 2, out: "" });
    expect(readdirSync(cwd).sort()).toEqual(["p.agentpolicy", "r.json"]);
    expect(readFileSync(join(cwd, "p.agentpolicy")).equals(bytes)).toBe(true);
  });

  it("refuses a catalogue", async () => {
    const cwd = folder({ "p.agentpolicy": policy });
    writeFileSync(join(cwd, "t.tools.json"), latin1('[{ "name": "x", "description": "\u00e9" }]'));
    const ran = await run(["check", "p.agentpolicy"], { cwd });
    expect(ran.err).toContain("`t.tools.json` is not UTF-8 text");
    expect(ran.code).toBe(2);
  });
});
