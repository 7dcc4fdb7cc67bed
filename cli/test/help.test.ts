import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { folder, GOOD, run, start } from "./run.ts";

const COMMANDS = ["init", "pull", "check", "fmt", "test", "eval", "compile", "lsp", "replay"];
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  import: ["agentiam"],
  checkpoints: ["list", "show", "approve", "reject", "answer", "cancel", "expire"],
  standing: ["list", "grant", "revoke"],
  audit: ["tail", "verify", "export"],
};
const BELOW = Object.entries(GROUPS).flatMap(([group, names]) => names.map((name) => [group, name] as const));
const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

describe("help", () => {
  it("comes where nothing is asked for", async () => {
    const ran = await run([]);
    expect(ran).toMatchObject({ code: 0, err: "" });
    for (const name of [...COMMANDS, ...Object.keys(GROUPS)])
      expect(ran.out).toMatch(new RegExp(`^  ${name} `, "m"));
    expect((await run(["--help"])).out).toBe(ran.out);
    expect((await run(["help"])).out).toBe(ran.out);
  });

  it.each(COMMANDS)("of %s has an example and fits the screen", async (name) => {
    const ran = await run([name, "--help"]);
    expect(ran).toMatchObject({ code: 0, err: "" });
    expect(ran.out).toMatch(new RegExp(`Examples?:\n  \\$ agentpolicy ${name} `));
    const [text] = ran.out.split("Example");
    for (const line of text?.split("\n") ?? []) expect(line.length).toBeLessThanOrEqual(80);
    expect((await run(["help", name])).out).toBe(ran.out);
  });

  it.each(BELOW)("of %s %s has an example and fits the screen", async (group, name) => {
    const ran = await run([group, name, "--help"]);
    expect(ran).toMatchObject({ code: 0, err: "" });
    expect(ran.out).toMatch(new RegExp(`Examples?:\n  \\$ agentpolicy ${group} ${name}`));
    const [text] = ran.out.split("Example");
    for (const line of text?.split("\n") ?? []) expect(line.length).toBeLessThanOrEqual(80);
    expect(ran.out.includes("--format <format>")).toBe(ran.out.includes("--json "));
    expect((await run([group, "help", name])).out).toBe(ran.out);
  });

  it.each(Object.keys(GROUPS))("of %s lists what it can do", async (group) => {
    const ran = await run([group, "--help"]);
    expect(ran).toMatchObject({ code: 0, err: "" });
    for (const name of GROUPS[group] ?? []) expect(ran.out).toMatch(new RegExp(`^  ${name} `, "m"));
    for (const line of ran.out.split("Example")[0]?.split("\n") ?? [])
      expect(line.length).toBeLessThanOrEqual(80);
    expect(await run([group])).toMatchObject({ code: 2, out: "", err: ran.out });
  });

  it("prints the version", async () => {
    expect(await run(["--version"])).toMatchObject({ code: 0, out: `${version}\n` });
  });
});

describe("wrong use", () => {
  it.each([
    [["chek", "x"], "(Did you mean check?)"],
    [["compil"], "(Did you mean compile?)"],
    [["frobnicate"], "unknown command 'frobnicate'"],
    [["check", "--formt", "json", "x"], "(Did you mean --format?)"],
    [["help", "frobnicate"], "agentpolicy"],
    [["eval"], "missing required argument 'policy'"],
    [["--nonsense"], "unknown option '--nonsense'"],
    [["checkpoints", "aprove", "x"], "(Did you mean approve?)"],
    [["checkpoints", "approve"], "missing required argument 'id'"],
    [["checkpoints", "approve", "x", "--as", "ann"], "unknown option '--as'"],
    [["checkpoints", "list", "--state", "waiting"], "Allowed choices are pending, approved"],
    [["checkpoints", "list", "--limit", "0"], "It must be a whole number from 1 on."],
    [["audit", "tail", "--since", "yesterday"], "It must be a length of time or a time"],
    [["replay", "x.jsonl"], "required option '--policy <file>' not specified"],
  ])("%j", async (args, message) => {
    const ran = await run(args);
    expect(ran.err).toContain(message);
    expect(ran.code).toBe(2);
  });
});

describe("watch", () => {
  it("runs again when a file changes, and ends when interrupted", async () => {
    const { writeFileSync } = await import("node:fs");
    const cwd = folder({ "p/pay.agentpolicy": GOOD });
    const child = start(["check", "--watch", "p"], { cwd });
    let out = "";
    let err = "";
    child.stdout?.on("data", (chunk) => {
      out += chunk;
    });
    child.stderr?.on("data", (chunk) => {
      err += chunk;
    });
    const until = async (holds: () => boolean) => {
      for (let tries = 0; tries < 200 && !holds(); tries += 1)
        await new Promise((resolve) => setTimeout(resolve, 50));
      expect(holds(), `${out}${err}`).toBe(true);
    };
    await until(() => out.includes("1 policy checked") && err.includes("watching"));
    writeFileSync(`${cwd}/p/pay.agentpolicy`, GOOD.replace("input.amount <= 500", "input.amuont <= 500"));
    await until(() => out.includes("error[unknown-argument]"));
    out = "";
    writeFileSync(`${cwd}/p/pay.agentpolicy`, GOOD);
    await until(() => out.includes("1 policy checked"));
    out = "";
    writeFileSync(`${cwd}/p/more.agentpolicy`, "tools { a() @read-only }\n\non a {\n  allow reads\n}\n");
    await until(() => out.includes("2 policies checked"));
    const ended = new Promise((resolve) => child.on("close", (code, signal) => resolve(code ?? signal)));
    child.kill("SIGINT");
    expect(await ended).toBe(130);
  });

  it("ends at once on a signal where there is nothing to clean up, however busy it is", async () => {
    // A node of the language's own size keeps the command busy for longer than anybody waits.
    const words = Array.from({ length: 4000 }, (_, i) => `input.a == "w${i}"`).join(" or ");
    const many = Array.from({ length: 40 }, (_, i) => `  allow r${i} when ${words}`).join("\n");
    const cwd = folder({ "a.agentpolicy": `tools { x(a: string) }\non x {\n${many}\n}\n` });
    const child = start(["check", "a.agentpolicy"], { cwd });
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const ended = new Promise((resolve) => child.on("close", (code, signal) => resolve(signal ?? code)));
    child.kill("SIGTERM");
    expect(await ended).toBe("SIGTERM");
  });

  it("sees a file that was missing", async () => {
    const { writeFileSync } = await import("node:fs");
    const cwd = folder({ "a.agentpolicy": 'tools t from "./t.json"\n\non t.x {\n  allow reads\n}\n' });
    const child = start(["check", "--watch", "a.agentpolicy"], { cwd });
    let text = "";
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (text += chunk));
    const until = async (words: string) => {
      for (let tries = 0; tries < 200 && !text.includes(words); tries += 1)
        await new Promise((resolve) => setTimeout(resolve, 50));
      expect(text).toContain(words);
    };
    await until("watching");
    expect(text).toContain("error[missing-file]");
    text = "";
    writeFileSync(
      `${cwd}/t.json`,
      '[{ "name": "x", "inputSchema": { "type": "object", "properties": {} } }]',
    );
    await until("✓ 1 policy checked");
    child.kill("SIGTERM");
  });
});
