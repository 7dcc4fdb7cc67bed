import { effectWords, type Json, printName, type RuleNode } from "@agentpolicy/language";
import type { Action, Change, Refused } from "../../../model.ts";
import type { Snapshot, SnapshotFile } from "../../../snapshot.ts";
import { testResults } from "../../../trial/tests.ts";
import { editedSnapshot } from "../../rename/verify.ts";
import { action, freshName, inserted, pathTo, type Site } from "../action.ts";
import { formatted } from "./kept.ts";
import { nameInTests, patternFor, ruleId } from "./names.ts";
import { type Found, requestsFor } from "./requests.ts";

/** Tests for a rule: of a call that it decides, and of one that it does not. They are run before they are offered as edits. */
export function testActions({ snapshot, file, span }: Site): readonly Action[] {
  const rule = pathTo(file, span).find(({ kind }) => kind === "rule") as RuleNode | undefined;
  const name = rule?.name?.text;
  if (rule === undefined || name === undefined || snapshot.result.policy === null) return [];
  if (span.start > (rule.name?.end ?? 0)) return [];
  const into = snapshot.program.files.find(({ role }) => role === "tests")?.path ?? snapshot.entry;
  const target = snapshot.files.get(into);
  if (target === undefined) return [];
  return [
    action("refactor.rewrite", `Create tests for \`${name}\``, () =>
      testsFor(snapshot, ruleId(snapshot, file, name), target),
    ),
  ];
}

function testsFor(snapshot: Snapshot, id: string, into: SnapshotFile): Change | Refused {
  const { reached, missed } = requestsFor(snapshot, id);
  const own = nameInTests(snapshot, id);
  if (reached === null) return { refused: `no call was found that \`${own}\` decides` };
  const taken = new Set(
    [...snapshot.files.values()].flatMap(({ tree }) =>
      tree.items.flatMap((item) => (item.kind === "test" && item.name ? [item.name.value] : [])),
    ),
  );
  const written = [
    testText(snapshot, reached, titled(`${own} decides`, taken)),
    ...(missed === null ? [] : [testText(snapshot, missed, titled(`${own} does not decide`, taken))]),
  ];
  const at = into.text.trimEnd().length;
  const text = `${at === 0 ? "" : "\n\n"}${written.join("\n\n")}`;
  const edits = formatted(snapshot, [inserted(into, at, text)]);
  const failed = failures(editedSnapshot(snapshot, edits));
  const before = failures(snapshot);
  if (failed === null || before === null || failed > before)
    return { refused: "no test was found that passes" };
  return { edits };
}

const titled = (wanted: string, taken: ReadonlySet<string>): string =>
  freshName(wanted.replaceAll(/["\\{}]/g, ""), taken);

const failures = (snapshot: Snapshot): number | null =>
  testResults(snapshot)?.filter((one) => one.failures.length > 0).length ?? null;

const ROOTS = ["actor", "context", "resource", "session", "model", "evidence", "now"];

/** A test in the language. */
function testText(snapshot: Snapshot, { roots, calls }: Found, title: string): string {
  const givens = ROOTS.flatMap((root) => {
    const value = roots[root];
    const isEmpty =
      value === undefined || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
    return isEmpty ? [] : [`  ${root} ${valueText(value)}`];
  });
  const steps = calls.flatMap(({ tool, input, decision }) => {
    const rules = decision.rules.map((rule) => nameInTests(snapshot, rule));
    const by = rules.length > 0 ? ` by ${rules.join(", ")}` : "";
    const code = decision.code === "rule" ? "" : ` code ${decision.code}`;
    return [
      `  call ${patternFor(snapshot, tool)} ${valueText(input)}`,
      `  expect ${effectWords(decision.decision)}${by}${code}`,
    ];
  });
  return [`test ${JSON.stringify(title)} {`, ...givens, ...steps, "}"].join("\n");
}

function valueText(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(valueText).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, one]) => `${printName(name)}: ${valueText(one as Json)}`);
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}
