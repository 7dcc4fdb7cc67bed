import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { loadProgram, resolvePath } from "@agentpolicy/language";
import { expect, test } from "vitest";
import type { Snapshot } from "../src/ide/snapshot.ts";
import { snapshotOf } from "../src/ide/snapshot.ts";
import { placedRule } from "../src/ide/words/placed.ts";
import { ruleInWords, ruleMarkdown } from "../src/ide/words/rule.ts";
import { snapshotFor } from "./support/ask.ts";
import { scenarios } from "./support/scenario.ts";

const EXAMPLES = new URL("../../examples/", import.meta.url);
const GOLDENS = new URL("goldens/words/", import.meta.url);
const WRITES = process.env.AGENTPOLICY_WRITE_SPECS === "1";

/** Every rule by its id, in words. */
const wordsOf = (snapshot: Snapshot): string =>
  snapshot.result.facts.rules
    .map((rule) => {
      const placed = placedRule(snapshot, rule);
      return `### ${rule.id}\n\n${placed ? ruleMarkdown(ruleInWords(placed, snapshot)) : "?"}\n`;
    })
    .join("\n");

const policies = readdirSync(EXAMPLES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) =>
    readdirSync(new URL(`${name}/`, EXAMPLES))
      .filter((file) => file.endsWith(".agentpolicy") && !/\.test\.agentpolicy$|^org\./.test(file))
      .map((file) => `${name}/${file}`),
  );

test.each(policies)("every rule of %s in words", (path) => {
  const read = (file: string) => {
    try {
      return readFileSync(new URL(file, EXAMPLES), "utf8");
    } catch {
      return undefined;
    }
  };
  const snapshot = snapshotOf(loadProgram(path, { read, resolve: resolvePath }));
  expect(snapshot.result.policy).not.toBeNull();
  const golden = new URL(path.replace(/.*\/(.*)\.agentpolicy$/, "$1.md"), GOLDENS);
  const given = `# ${path}\n\n${wordsOf(snapshot)}`;
  if (WRITES) {
    mkdirSync(fileURLToPath(GOLDENS), { recursive: true });
    writeFileSync(golden, given);
  } else expect(given).toBe(readFileSync(golden, "utf8"));
});

scenarios("words", (asked) => wordsOf(snapshotFor(asked)).trimEnd().split("\n"));
