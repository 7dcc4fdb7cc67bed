import type { BlockItem, RuleNode, Span, TestItem, ToolsItem } from "@agentpolicy/language";
import type { Lens } from "../../model.ts";
import type { Snapshot, SnapshotFile } from "../../snapshot.ts";
import { failureWords, testResults } from "../../trial/tests.ts";
import { counted } from "../../words/phrase.ts";
import { checkedRule } from "../../words/placed.ts";
import { rulesFor } from "../hover/governing.ts";
import { type Found, findingsIn } from "./findings.ts";

interface Asked {
  readonly snapshot: Snapshot;
  readonly path: string;
  readonly findings: readonly Found[];
  /** Whether tests can be run: there are some, and the policy has no errors. */
  readonly hasTests: boolean;
}

/**
 * What stands above blocks, rules, tools and tests: how many tools, what analysis has found, what can be tried and run.
 * What takes longer (how tests end) is `pending` and has no title before `resolveLens`.
 */
export function codeLenses(snapshot: Snapshot, path: string): readonly Lens[] {
  const file = snapshot.files.get(path);
  if (!file) return [];
  const hasTests = (snapshot.result.policy?.tests.length ?? 0) > 0;
  const asked: Asked = { snapshot, path, findings: findingsIn(snapshot, path), hasTests };
  return file.tree.items.flatMap((item) => lensesOf(asked, item));
}

function lensesOf(asked: Asked, item: SnapshotFile["tree"]["items"][number]): readonly Lens[] {
  switch (item.kind) {
    case "tools":
      return toolsLenses(asked, item);
    case "block":
      return blockLenses(asked, item);
    case "test":
      return testLenses(asked, item);
    default:
      return [];
  }
}

const bareSpan = ({ start, end }: Span): Span => ({ start, end });

const tryCall = (path: string, at: Span, tool: string): Lens => ({
  span: bareSpan(at),
  title: "try a call",
  command: { name: "tryCall", file: path, tool },
});

/** Tools that are declared in place can be tried there; those of a catalogue are counted. */
function toolsLenses({ snapshot, path }: Asked, item: ToolsItem): readonly Lens[] {
  const { facts } = snapshot.result;
  const at = item.name ?? { start: item.start, end: item.start + "tools".length };
  const whole = (tool: string) => (item.name === undefined ? tool : `${item.name.text}.${tool}`);
  const declared =
    item.from === undefined ? item.tools.map(({ name }) => name.text) : catalogued(snapshot, item);
  const names = declared.map(whole).filter((name) => facts.tools.has(name));
  const own =
    item.from === undefined ? item.tools.filter(({ name }) => facts.tools.has(whole(name.text))) : [];
  const uncovered =
    facts.rules.length === 0 ? [] : names.filter((name) => rulesFor(snapshot, name).length === 0);
  return [
    ...(item.from === undefined || names.length === 0 ? [] : [toolsLens(path, at, names.toSorted())]),
    ...(uncovered.length === 0 ? [] : [withoutRule(path, at, uncovered.toSorted())]),
    ...own.map(({ name }) => tryCall(path, name, whole(name.text))),
  ];
}

const catalogued = ({ program }: Snapshot, item: ToolsItem): readonly string[] =>
  program.catalogues.get(item)?.tools.map(({ name }) => name) ?? [];

const withoutRule = (path: string, at: Span, tools: readonly string[]): Lens => ({
  ...toolsLens(path, at, tools),
  title: `${counted(tools.length, "tool")} without a rule`,
});

const toolsLens = (path: string, at: Span, tools: readonly string[]): Lens => ({
  span: bareSpan(at),
  title: counted(tools.length, "tool"),
  command: { name: "showTools", file: path, at: bareSpan(at), tools },
});

function blockLenses(asked: Asked, block: BlockItem): readonly Lens[] {
  const { snapshot, path } = asked;
  const covered = snapshot.result.facts.covered(block.tools);
  const [first] = covered?.tools ?? [];
  const reach =
    covered === null || (first === undefined && covered.unknown)
      ? []
      : first === undefined
        ? [{ span: bareSpan(block.tools), title: "reaches nothing" }]
        : [toolsLens(path, block.tools, covered.tools), tryCall(path, block.tools, first)];
  const rules = block.members.flatMap((member) =>
    member.kind === "rule" ? ruleLenses(asked, block, member) : [],
  );
  return [...reach, ...rules];
}

function ruleLenses(asked: Asked, block: BlockItem, rule: RuleNode): readonly Lens[] {
  const { snapshot, path, findings, hasTests } = asked;
  const span = bareSpan(rule.name ?? rule.effect);
  const isIn = (at: Span) => rule.start <= at.start && at.end <= rule.end;
  const titles = [...new Set(findings.filter(isIn).map(({ title }) => title))];
  const id = hasTests ? checkedRule(snapshot, { path, block, rule })?.id : undefined;
  return [
    ...titles.map((title): Lens => ({ span, title })),
    ...(id === undefined ? [] : [{ span, title: "", pending: { kind: "rule", rule: id } } satisfies Lens]),
  ];
}

function testLenses({ path, hasTests }: Asked, { name }: TestItem): readonly Lens[] {
  if (!name || !hasTests) return [];
  const span = bareSpan(name);
  const { value } = name;
  const pending = { kind: "test", file: path, test: value } as const;
  return [
    { span, title: "run test", command: { name: "runTest", file: path, test: value } },
    { span, title: "", pending },
  ];
}

/** The same lens with its title: how the test ended, or the tests in which the rule decided. */
export function resolveLens(snapshot: Snapshot, lens: Lens): Lens {
  const { pending, ...rest } = lens;
  const title = pending && titleOf(snapshot, pending);
  return title === undefined ? lens : { ...rest, title };
}

function titleOf(snapshot: Snapshot, asked: NonNullable<Lens["pending"]>): string {
  const results = testResults(snapshot);
  if (results === null) return "not run: the policy has errors";
  if (asked.kind === "test") {
    const own = results.filter(({ name, at }) => name === asked.test && at.file === asked.file);
    const [failure] = own.flatMap(({ failures }) => failures);
    if (own.length === 0) return "not run";
    return failure ? `failing: ${failureWords(failure)}` : "passing";
  }
  const reaching = results.filter(({ calls }) =>
    calls.some(({ decision }) => decision.rules.includes(asked.rule)),
  );
  const passing = reaching.filter(({ passed }) => passed);
  if (reaching.length === 0) return "no test decides by it";
  return passing.length === reaching.length
    ? `${counted(passing.length, "test")} passing`
    : `${passing.length} of ${reaching.length} tests passing`;
}
