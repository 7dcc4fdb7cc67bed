import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { checkPolicyFile, format, interpret, loadPolicyFile, runTests } from "agentpolicy";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../", import.meta.url));

/** Every policy that is an entry: its folder's main file, not a file that others import. */
const entries = readdirSync(root, { withFileTypes: true })
  .filter((folder) => folder.isDirectory())
  .flatMap(({ name }) => readdirSync(root + name).map((file) => `${name}/${file}`))
  .filter(
    (file) => file.endsWith(".agentpolicy") && !file.endsWith("org.agentpolicy") && !file.includes(".test."),
  );

it("finds the examples", () => {
  expect(entries).toEqual(
    expect.arrayContaining([
      "agentdojo-banking/banking.agentpolicy",
      "agentdojo-slack/slack.agentpolicy",
      "filesystem/filesystem.agentpolicy",
      "github/github.agentpolicy",
      "payments/payments.agentpolicy",
      "shell/shell.agentpolicy",
    ]),
  );
});

describe.each(entries)("%s", (entry) => {
  it("checks with no finding", async () => {
    const { diagnostics } = await checkPolicyFile(root + entry);
    expect(diagnostics.filter((d) => d.severity !== "hint").map((d) => `${d.code}: ${d.message}`)).toEqual(
      [],
    );
  });

  it("passes its own tests in the reference interpreter and as closures", async () => {
    const { policy } = await checkPolicyFile(root + entry, { tests: true });
    if (policy === null) throw new Error("does not check");
    for (const made of [interpret(policy), await loadPolicyFile(root + entry)]) {
      const results = runTests(policy, made);
      expect(results.length).toBeGreaterThan(0);
      expect(results.filter((result) => !result.passed).map((result) => result.name)).toEqual([]);
    }
  });

  it("is written in the canonical format", () => {
    const text = readFileSync(root + entry, "utf8");
    expect(format(text, entry).text).toBe(text);
  });
});
