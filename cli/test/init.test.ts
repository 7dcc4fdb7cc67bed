import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { interpret, runTests } from "@agentpolicy/compiler";
import { check, format, loadProgram, memoryHost, readCatalogue } from "@agentpolicy/language";
import { describe, expect, it } from "vitest";
import { serverName } from "../src/mcp/name.ts";
import { makeStarter } from "../src/starter/starter.ts";
import { folder, run } from "./run.ts";

const PAGES = fileURLToPath(new URL("servers/pages.mjs", import.meta.url));
const CORPUS = fileURLToPath(new URL("../../../shared/corpus/mcp", import.meta.url));

/** What an author does next: everything must be fine. */
const isClean = async (cwd: string): Promise<void> => {
  for (const args of [
    ["check", "."],
    ["fmt", "--check", "."],
    ["test", "."],
    ["compile", "-o", "out", "."],
  ]) {
    const ran = await run(args, { cwd });
    expect(`${args.join(" ")}\n${ran.out}${ran.err}`).toSatisfy(() => ran.code === 0, `${ran.out}${ran.err}`);
  }
};

const tool = (name: string, more: object) => ({
  name,
  inputSchema: { type: "object", properties: { id: { type: "string" } }, required: ["id"] },
  ...more,
});

describe("init", () => {
  const tools = [
    tool("look", { annotations: { readOnlyHint: true } }),
    tool("wipe", { annotations: { destructiveHint: true }, description: "Wipes." }),
    tool("add", { annotations: { destructiveHint: false }, description: "Adds a thing.\nAnd more." }),
    tool("mystery", {}),
    tool("create.issue/v2", { annotations: { readOnlyHint: true } }),
  ];

  it("makes a policy and tests from a catalogue", async () => {
    const cwd = folder({ "shop.tools.json": JSON.stringify({ tools }) });
    const ran = await run(["init", "shop.tools.json"], { cwd });
    expect(ran).toMatchObject({ code: 0, err: "" });
    expect(ran.out).toContain("wrote shop.agentpolicy\nwrote shop.test.agentpolicy\n");
    expect(ran.out).toContain("2 tools may run, 2 wait for approval, 1 is denied.");
    expect(ran.out).toContain("Next: agentpolicy test shop.agentpolicy");
    const policy = readFileSync(join(cwd, "shop.agentpolicy"), "utf8");
    expect(policy).toContain('tools shop from "./shop.tools.json"');
    expect(policy).toMatch(/on shop\."create\.issue\/v2",\s+shop\.look \{\n {2}allow reads\n\}/);
    expect(policy).toMatch(/on shop\.mystery,\s+shop\.wipe \{\n {2}require approval destructive-calls/);
    expect(policy).toContain("//   add - Adds a thing.\n");
    await isClean(cwd);
  });

  it("asks a running server, and writes its catalogue beside the policy", async () => {
    const cwd = folder();
    const ran = await run(["init", "-o", "policies", "--", process.execPath, PAGES, "7", "3"], { cwd });
    expect(ran.code).toBe(0);
    expect(readdirSync(join(cwd, "policies")).sort()).toEqual([
      "pages.agentpolicy",
      "pages.test.agentpolicy",
      "pages.tools.json",
    ]);
    await isClean(cwd);
  });

  it("takes the real filesystem server", async () => {
    const cwd = folder();
    const ran = await run(["init", "--", "npx", "mcp-server-filesystem", "."], { cwd });
    expect(ran.code).toBe(0);
    const policy = readFileSync(join(cwd, "filesystem.agentpolicy"), "utf8");
    expect(policy).toMatch(/filesystem\.read_text_file/);
    expect(policy).toContain("//   create_directory - ");
    await isClean(cwd);
  });

  it("names the policy by the file that it writes, and reaches the catalogue from there", async () => {
    const cwd = folder({ "tools/shop.json": JSON.stringify(tools) });
    const ran = await run(["init", "tools/shop.json", "-o", "policies/store.agentpolicy"], { cwd });
    expect(ran.code).toBe(0);
    expect(readFileSync(join(cwd, "policies/store.agentpolicy"), "utf8")).toContain(
      'tools store from "../tools/shop.json"',
    );
    await isClean(cwd);
  });

  it("writes over nothing unless it is told to", async () => {
    const cwd = folder({ "shop.tools.json": JSON.stringify({ tools }), "shop.agentpolicy": "mine" });
    const ran = await run(["init", "shop.tools.json"], { cwd });
    expect(ran).toMatchObject({ code: 2, out: "" });
    expect(ran.err).toContain("error: `shop.agentpolicy` is already there");
    expect(existsSync(join(cwd, "shop.test.agentpolicy"))).toBe(false);
    expect((await run(["init", "shop.tools.json", "--force"], { cwd })).code).toBe(0);
  });

  it("takes OpenAI's and Anthropic's tools, and standard input", async () => {
    const openai = [
      { type: "function", function: { name: "send", parameters: { type: "object", properties: {} } } },
    ];
    const anthropic = [{ name: "send", input_schema: { type: "object", properties: {} } }];
    for (const catalogue of [openai, anthropic]) {
      const cwd = folder();
      const ran = await run(["init", "-", "--name", "mail"], { cwd, stdin: JSON.stringify(catalogue) });
      expect(ran.code).toBe(0);
      expect(readFileSync(join(cwd, "mail.agentpolicy"), "utf8")).toContain("on mail.send {");
      await isClean(cwd);
    }
  });

  const wrong: readonly (readonly [readonly string[], string, string])[] = [
    [["init"], "", "which tools?"],
    [["init", "absent.json"], "", "there is no file `absent.json`"],
    [["init", "-"], "[]", "there are no tools in `<stdin>`"],
    [["init", "-"], "nonsense", "error["],
    [
      ["init", "-", "--name", "deny"],
      '[{"name":"a","inputSchema":{"type":"object"}}]',
      "`deny` cannot name a policy",
    ],
    [
      ["init", "-", "--name", "a b"],
      '[{"name":"a","inputSchema":{"type":"object"}}]',
      "`a b` cannot name a policy",
    ],
    [["init", "x.json", "--", "npx"], "", "give a catalogue file or a server, not both"],
    [["init", "--", "no-such-program-here"], "", "there is no program"],
  ];
  it.each(wrong)("%j %j", async (args, stdin, message) => {
    const cwd = folder();
    const ran = await run(args, { cwd, stdin });
    expect(ran.err).toContain(message);
    expect(ran.code).not.toBe(0);
    expect(readdirSync(cwd)).toEqual([]);
  });
});

describe.skipIf(!existsSync(CORPUS))("the starting policy for real servers", () => {
  const catalogues = existsSync(CORPUS)
    ? readdirSync(CORPUS).filter((name) => name.endsWith(".tools.json"))
    : [];
  it.each(catalogues)("%s", (file) => {
    const text = readFileSync(join(CORPUS, file), "utf8");
    const { tools } = readCatalogue(text, "t.json");
    const name = serverName(file);
    const { policy, tests } = makeStarter(name, tools, "./t.json");
    expect(format(policy).text).toBe(policy);
    expect(format(tests).text).toBe(tests);
    const host = memoryHost({ "p.agentpolicy": policy, "p.test.agentpolicy": tests, "t.json": text });
    const checked = check(loadProgram("p.agentpolicy", host, { tests: ["p.test.agentpolicy"] }));
    expect(checked.diagnostics.filter(({ severity }) => severity !== "hint")).toEqual([]);
    if (checked.policy === null) throw new Error("unreachable: no errors and no policy");
    const results = runTests(checked.policy, interpret(checked.policy));
    expect(results.flatMap(({ failures }) => failures)).toEqual([]);
    expect(results.flatMap(({ calls }) => calls)).toHaveLength(tools.length);
  });
});

if (!existsSync(CORPUS))
  console.warn("SKIPPED: starting policies for real servers; ../shared/corpus is not here");
