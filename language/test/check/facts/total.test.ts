import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { check, type Host, loadProgram, resolvePath } from "@agentpolicy/language";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expressionsOf } from "../../../src/lints/tree.ts";

const EXAMPLES = fileURLToPath(new URL("../../../../examples/", import.meta.url));

const files = readdirSync(EXAMPLES, { recursive: true, encoding: "utf8" })
  .filter((path) => /\.(agentpolicy|json)$/.test(path) && !path.includes("node_modules"))
  .map((path) => [path, readFileSync(EXAMPLES + path, "utf8")] as const);
const texts = new Map(files);
const policies = files.filter(([path]) => path.endsWith(".agentpolicy"));

const hostWith = (path: string, text: string): Host => ({
  read: (asked) => (asked === path ? text : texts.get(asked)),
  resolve: resolvePath,
});

/** Asks everything of every node. */
const askAll = (path: string, text: string): void => {
  const program = loadProgram(path, hostWith(path, text));
  const { facts, diagnostics } = check(program, { facts: true });
  const plain = check(program);
  expect(plain.diagnostics).toEqual(diagnostics);
  for (const { tree } of program.files) {
    for (const node of expressionsOf(tree)) {
      facts.typeOf(node);
      facts.typesOf(node);
      facts.expectedAt(node);
      facts.signatureOf(node);
      if (node.kind === "member" || node.kind === "has") facts.fields(node.name);
    }
    for (const item of tree.items) {
      if (item.kind !== "block") continue;
      facts.covered(item.tools);
      for (const pattern of item.tools.patterns) facts.covered(pattern);
    }
    facts.names(tree.path);
    facts.locals(tree.path, tree.text.length);
  }
  for (const { at, declared } of facts.uses) {
    for (const { file, start, end } of [at, declared]) {
      const { length } = program.sources.get(file)?.text ?? "";
      expect(0 <= start && start < end && end <= length).toBe(true);
    }
  }
};

describe.each(policies)("%s", (path, text) => {
  it("gives the types of nearly all that it says", () => {
    const program = loadProgram(path, hostWith(path, text));
    const { facts } = check(program, { facts: true });
    const tree = program.files.find((file) => file.path === path)?.tree;
    const members = tree === undefined ? [] : expressionsOf(tree).filter(({ kind }) => kind === "member");
    const known = members.filter((node) => facts.typeOf(node) !== null);
    expect(known.length).toBeGreaterThanOrEqual(members.length * 0.5);
  });

  it("gives facts of each of its beginnings, and finds the same with them as without", () => {
    fc.assert(
      fc.property(fc.nat(text.length), (length) => askAll(path, text.slice(0, length))),
      { numRuns: 60 },
    );
  });
});
