import { readdirSync, readFileSync } from "node:fs";
import type { ExprNode, RuleNode } from "@agentpolicy/language";
import { checkText, loadProgram, memoryHost } from "@agentpolicy/language";
import { expect, test } from "vitest";
import { snapshotOf } from "../src/ide/snapshot.ts";
import { partsOf } from "../src/ide/tree/path.ts";
import { placedRule } from "../src/ide/words/placed.ts";
import { ruleInWords, ruleMarkdown } from "../src/ide/words/rule.ts";

/** The policies that the language's and the words' own scenarios are about. */
const policiesIn = (folder: string): readonly string[] => {
  const root = new URL(folder, import.meta.url);
  return readdirSync(root)
    .filter((name) => name.endsWith(".md"))
    .flatMap((name) => [
      ...readFileSync(new URL(name, root), "utf8").matchAll(/^```agentpolicy *\n([\s\S]*?)^```$/gm),
    ])
    .map(([, text = ""]) => text.replace(/[ \t]*\/\/!.*$/gm, ""));
};

/** What must be found in the words for a condition: its texts, numbers and fields. */
function* mentioned(node: ExprNode): Generator<string> {
  if (node.kind === "string") yield node.value;
  else if (node.kind === "number") yield String(node.value);
  else if (node.kind === "member" || node.kind === "has") yield node.name.text;
  // What stands in for an absent value, and how long an empty text is, is said in other words.
  if (node.kind === "binary" && node.operator === "??") {
    yield* mentioned(node.left);
    return;
  }
  for (const part of partsOf(node)) if ("kind" in part) yield* mentioned(part as ExprNode);
}

/** Built-in names have words of their own. */
const SAID_OTHERWISE =
  /^(?:length|any|all|count|contains(?:All|Any)?|startsWith|endsWith|lower|matches|within|in|local|domain|scheme|host|port|path|query|name|extension|version|private|absolute|program|args|compound|hour|weekday|date|mon|tue|wed|thu|fri|sat|sun|0|1|input|sat)$/;

const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** Parts of a condition that its words do not have. */
function missing(rule: RuleNode, markdown: string): readonly string[] {
  const said = plain(markdown);
  return rule.clauses.flatMap((clause) => {
    if (clause.kind !== "when" && clause.kind !== "unless") return [];
    const all = [...mentioned(clause.condition)].filter((word) => !SAID_OTHERWISE.test(word));
    return all.filter((word) => !said.includes(plain(word).slice(0, 40)));
  });
}

test("nothing of a condition is lost in its words", () => {
  const texts = ["../spec/words/", "../../language/spec/"].flatMap(policiesIn);
  const lost: string[] = [];
  let rules = 0;
  for (const text of texts) {
    if (checkText(text).policy === null) continue;
    const snapshot = snapshotOf(
      loadProgram("policy.agentpolicy", memoryHost({ "policy.agentpolicy": text })),
    );
    for (const checked of snapshot.result.facts.rules) {
      const placed = placedRule(snapshot, checked);
      if (!placed) continue;
      rules += 1;
      const markdown = ruleMarkdown(ruleInWords(placed, snapshot));
      if (/… and \d+ more| …$/m.test(markdown)) continue;
      for (const word of missing(placed.rule, markdown)) lost.push(`${word}: ${markdown}`);
    }
  }
  expect(rules).toBeGreaterThan(200);
  expect(lost).toEqual([]);
});
