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

/** What people see, word by word and colour by colour. `UPDATE_GOLDENS=1` writes it anew. */
const SHOWN: readonly (readonly [string, readonly string[], RunOptions["env"]?])[] = [
  ["check-sound", ["check", "pay.agentpolicy"]],
  ["check-error", ["check", "bad.agentpolicy"]],
  ["check-error-colour", ["check", "bad.agentpolicy"], { FORCE_COLOR: "1" }],
  ["check-syntax", ["check", "broken.agentpolicy"]],
  ["check-warning", ["check", "warning.agentpolicy"]],
  ["test-failing-coverage", ["test", "--coverage", "failing.agentpolicy"]],
  ["test-failing-colour", ["test", "failing.agentpolicy"], { FORCE_COLOR: "1" }],
  ["eval-explain", ["eval", "pay.agentpolicy", "--request", "transfer.json", "--explain"]],
  [
    "eval-explain-colour",
    ["eval", "pay.agentpolicy", "--request", "transfer.json", "--explain"],
    { FORCE_COLOR: "1" },
  ],
  ["compile", ["compile", "pay.agentpolicy", "warning.agentpolicy"]],
  ["fmt-broken", ["fmt", "broken.agentpolicy", "pay.agentpolicy"]],
  ["wrong-use", ["chek", "pay.agentpolicy"]],
  ["help", []],
];

it.each(SHOWN)("%s", async (name, args, env) => {
  const { code, out, err } = await run(args, { cwd: folder(FILES), ...(env === undefined ? {} : { env }) });
  const section = (title: string, text: string) => (text === "" ? "" : `── ${title}\n${text}`);
  const shown = `$ agentpolicy ${args.join(" ")}\n${section("output", out)}${section("errors", err)}── exit code ${code}\n`;
  const golden = new URL(`${name}.txt`, GOLDENS);
  if (process.env.UPDATE_GOLDENS === "1") writeFileSync(golden, shown);
  expect(existsSync(golden), `${name}.txt is there; UPDATE_GOLDENS=1 writes it`).toBe(true);
  expect(shown).toBe(readFileSync(golden, "utf8"));
});
