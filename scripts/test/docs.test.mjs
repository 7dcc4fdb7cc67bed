import { describe, expect, it } from "vitest";
import { wrongCommand } from "../docs/commands.mjs";
import { commandsOf, linksOf, readMarkdown } from "../docs/markdown.mjs";
import { wrongPolicies } from "../docs/policies.mjs";

const document = readMarkdown(
  [
    "# A Title, with `code`!",
    "See [one](a.md#there), `[no](link.md)` and [two](<b.md>).",
    "[ref]: c.md",
    "Run `agentpolicy check x`.",
    "```sh",
    "$ agentpolicy fmt \\",
    "  --check y",
    "```",
    "````md",
    "```agentpolicy",
    "inner",
    "```",
    "````",
    "```agentpolicy main.agentpolicy",
    "policy x",
    "```",
    "```json ./tools.json",
    "[]",
    "```",
    "## A Title, with `code`!",
  ].join("\n"),
);

describe("reading Markdown", () => {
  it("finds links outside code", () => {
    expect(linksOf(document.prose)).toEqual([
      { line: 2, target: "a.md#there" },
      { line: 2, target: "b.md" },
      { line: 3, target: "c.md" },
    ]);
  });
  it("names headings as GitHub does", () => {
    expect([...document.anchors]).toEqual(["a-title-with-code", "a-title-with-code-1"]);
  });
  it("keeps a fence within a longer fence together", () => {
    expect(document.blocks.map(({ language }) => language)).toEqual(["sh", "md", "agentpolicy", "json"]);
    expect(document.blocks[1].text).toBe("```agentpolicy\ninner\n```\n");
  });
  it("finds commands in spans and shell blocks", () => {
    const commands = commandsOf(document).map(({ command }) => command);
    expect(commands).toContain("agentpolicy check x");
    expect(commands).toContain("agentpolicy fmt --check y");
  });
});

describe("commands in documents", () => {
  const known = {
    commands: [
      { name: "check", options: ["--format", "-w"] },
      { name: "audit", options: ["-h"], commands: [{ name: "tail", options: ["-f"], commands: [] }] },
    ],
    scripts: ["build", "test"],
  };
  it.each([
    ["agentpolicy chek a", "there is no command `agentpolicy chek`"],
    ["npx agentpolicy check --fromat json", "`agentpolicy check` has no option `--fromat`"],
    ["npm ci && npm run biuld", "there is no script `npm run biuld`"],
    ["agentpolicy audit tial", "there is no command `agentpolicy audit tial`"],
    ["agentpolicy audit tail --since 1h", "`agentpolicy audit tail` has no option `--since`"],
    ["npm start", "there is no script `npm run start`"],
  ])("%s", (line, message) => expect(wrongCommand(line, known)).toBe(message));
  it.each([
    "agentpolicy",
    "agentpolicy …",
    "agentpolicy check --format json -w a -- --other",
    "agentpolicy audit",
    "agentpolicy audit tail|verify",
    "agentpolicy audit tail -f",
    "npm ci && npm test",
    "npm install agentpolicy",
    "git commit",
  ])("%s is fine", (line) => expect(wrongCommand(line, known)).toBe(null));
});

describe("policies in documents", () => {
  const seen = [];
  const check = (text, options) => {
    seen.push({ text, options });
    return {
      diagnostics: [
        { severity: "error", code: "bad", message: "it is bad" },
        { severity: "hint", code: "h", message: "h" },
      ],
    };
  };
  it("are checked with the files that the document gives", () => {
    expect(wrongPolicies(document.blocks, check)).toEqual([
      { line: 14, message: "the policy does not compile: bad: it is bad" },
    ]);
    expect(seen[0].options.path).toBe("main.agentpolicy");
    expect(seen[0].options.files["tools.json"]).toBe("[]\n");
  });
  it("are left alone where they are marked", () => {
    expect(wrongPolicies(readMarkdown("```agentpolicy fragment\nx\n```").blocks, check)).toEqual([]);
  });
});
