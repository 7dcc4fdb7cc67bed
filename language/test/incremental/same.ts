import { isDeepStrictEqual } from "node:util";
import {
  type Analysis,
  type AnalysisResult,
  type CheckResultWithFacts,
  check,
  createAnalysis,
  type ExprNode,
  type Host,
  loadProgram,
  type Program,
  resolvePath,
  updateAnalysis,
} from "@agentpolicy/language";
import { expect } from "vitest";
import { expressionsOf } from "../../src/lints/tree.ts";

/** Files that change, with an analysis that follows. */
export interface Followed {
  readonly files: Map<string, string>;
  readonly host: Host;
  readonly entry: string;
  readonly tests: readonly string[];
  readonly analysis: Analysis;
}

export const follow = (
  files: Iterable<readonly [string, string]>,
  entry: string,
  tests: readonly string[] = [],
): Followed => {
  const texts = new Map(files);
  const host: Host = { read: (path) => texts.get(path), resolve: resolvePath };
  return { files: texts, host, entry, tests, analysis: createAnalysis(entry, host, { tests }) };
};

/** Brings the analysis up to date, and expects it to say what a check of everything says. */
export const expectSame = ({ analysis, entry, host, tests }: Followed): AnalysisResult => {
  const quick = updateAnalysis(analysis);
  const program = loadProgram(entry, host, { tests });
  const full = check(program, { facts: true });
  same(quick.diagnostics, full.diagnostics, "diagnostics");
  same(quick.policy, full.policy, "policy");
  same(quick.widenings, full.widenings, "widenings");
  same(treesOf(quick.program), treesOf(program), "trees");
  same(usesOf(quick), usesOf(full), "uses");
  same(factsOf(quick, quick.program), factsOf(full, program), "facts");
  return quick;
};

const same = (quick: unknown, full: unknown, what: string): void => {
  if (!isDeepStrictEqual(quick, full)) expect(quick, what).toEqual(full);
};

const treesOf = ({ files }: Program) => files.map(({ tree, role, prefix }) => [tree, role, prefix]);

const usesOf = ({ uses }: CheckResultWithFacts): readonly string[] =>
  [...new Set(uses.map((use) => JSON.stringify(use)))].sort();

/** What the facts say of every few expressions, and of all that is declared. */
const factsOf = ({ facts }: CheckResultWithFacts, { files }: Program): unknown => [
  facts.uses,
  facts.rules,
  facts.servers,
  facts.roots,
  files.map(({ path, tree }) => [
    facts.names(path),
    [0.2, 0.5, 0.9].map((part) => facts.locals(path, Math.floor(tree.text.length * part))),
    expressionsOf(tree)
      .filter((_, at) => at % 5 === 0)
      .map((node: ExprNode) => [
        facts.typesOf(node),
        facts.expectedAt(node),
        facts.signatureOf(node),
        node.kind === "member" ? facts.fields(node.name) : [],
      ]),
    tree.items.map((item) => (item.kind === "block" ? facts.covered(item.tools) : null)),
  ]),
];
