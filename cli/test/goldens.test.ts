import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { BAD, folder, GOOD, type RunOptions, run } from "./run.ts";

const GOLDENS = new URL("./goldens/", import.meta.url);

const FAILING = `${GOOD}
test "transfers add up" {
  call bank.transfer { to: "bob", amount: 600 }
  expect allow by small
  call bank.get_balance { account: "vault" }
  expect deny code rule
}
`;
const WARNING = `tools web { get(url: string) }

on web.get {
  allow partners
    when input.url.startsWith("https://partners.acme.com")
}
`;
const FILES = {
  "pay.agentpolicy": GOOD,
  "bad.agentpolicy": BAD,
  "failing.agentpolicy": FAILING,
  "warning.agentpolicy": WARNING,
  "broken.agentpolicy": GOOD.replace("allow small", "alow small").replace(
    "when input.amount > 500",
    "when input.amount >",
  ),
  "transfer.json": JSON.stringify({
    actor: { type: "agent", id: "a" },
    action: { name: "bank.transfer", input: { to: "bob", amount: 600 } },
  }),
};

interface Shown {
  readonly name: string;
  readonly args: readonly string[];
  readonly colour?: true;
}

/** What people see, word by word and colour by colour. `UPDATE_GOLDENS=1` writes it anew. */
const SHOWN: readonly Shown[] = [
  { name: "check-sound", args: ["check", "pay.agentpolicy"] },
  { name: "check-error", args: ["check", "bad.agentpolicy"] },
  { name: "check-error-colour", args: ["check", "bad.agentpolicy"], colour: true },
  { name: "check-syntax", args: ["check", "broken.agentpolicy"] },
  { name: "check-warning", args: ["check", "warning.agentpolicy"] },
  { name: "test-failing-coverage", args: ["test", "--coverage", "failing.agentpolicy"] },
  { name: "test-failing-colour", args: ["test", "failing.agentpolicy"], colour: true },
  { name: "eval-explain", args: ["eval", "pay.agentpolicy", "--request", "transfer.json", "--explain"] },
  { name: "eval-colour", args: ["eval", "pay.agentpolicy", "--request", "transfer.json"], colour: true },
  { name: "compile", args: ["compile", "pay.agentpolicy", "warning.agentpolicy"] },
  { name: "fmt-broken", args: ["fmt", "broken.agentpolicy", "pay.agentpolicy"] },
  { name: "wrong-use", args: ["chek", "pay.agentpolicy"] },
  { name: "help", args: [] },
  { name: "help-checkpoints", args: ["checkpoints", "--help"] },
  { name: "help-approve", args: ["checkpoints", "approve", "--help"] },
  { name: "help-standing", args: ["standing", "--help"] },
  { name: "help-audit", args: ["audit", "--help"] },
  { name: "help-replay", args: ["replay", "--help"] },
  { name: "no-store", args: ["checkpoints", "list", "--store", "sqlite:none.db"] },
];

it.each(SHOWN)("$name", async ({ name, args, colour }) => {
  const env: RunOptions = colour === true ? { env: { FORCE_COLOR: "1" } } : {};
  const { code, out, err } = await run(args, { cwd: folder(FILES), ...env });
  const section = (title: string, text: string) => (text === "" ? "" : `── ${title}\n${text}`);
  const shown = `$ agentpolicy ${args.join(" ")}\n${section("output", out)}${section("errors", err)}── exit code ${code}\n`;
  const golden = new URL(`${name}.txt`, GOLDENS);
  if (process.env.UPDATE_GOLDENS === "1") writeFileSync(golden, shown);
  expect(existsSync(golden), `${name}.txt is there; UPDATE_GOLDENS=1 writes it`).toBe(true);
  expect(shown).toBe(readFileSync(golden, "utf8"));
});
