import type { Action } from "../../../model.ts";
import type { Snapshot, SnapshotFile } from "../../../snapshot.ts";
import { rulesFor } from "../../hover/governing.ts";
import { action, freshName, inserted, nameFrom, ruleNames, type Site } from "../action.ts";
import { patternFor } from "./names.ts";

/** So many tools are offered one by one. */
const MOST = 6;

/** Rules for tools that no rule covers, where tools are declared. */
export function coverActions({ snapshot, file, span }: Site): readonly Action[] {
  const item = file.tree.items.find(({ start, end }) => start <= span.start && span.end <= end);
  if (item?.kind !== "tools") return [];
  const own = item.tools.filter(({ start, end }) => start <= span.end && span.start <= end);
  const whole = (tool: string) => (item.name === undefined ? tool : `${item.name.text}.${tool}`);
  const isOfItem = (name: string) => {
    const server = snapshot.result.facts.tools.get(name)?.server ?? undefined;
    return server === item.name?.text;
  };
  const asked =
    own.length > 0
      ? own.map(({ name }) => whole(name.text))
      : [...snapshot.result.facts.tools.keys()].filter(isOfItem);
  const uncovered = asked.filter(
    (name) => snapshot.result.facts.tools.has(name) && rulesFor(snapshot, name).length === 0,
  );
  const server = item.name?.text;
  const rest = uncovered.length > 1 ? [ruleAction(snapshot, file, uncovered, server)] : [];
  return [...uncovered.slice(0, MOST).map((name) => ruleAction(snapshot, file, [name], server)), ...rest];
}

function ruleAction(
  snapshot: Snapshot,
  file: SnapshotFile,
  tools: readonly string[],
  server: string | undefined,
): Action {
  const patterns = tools.map((tool) => patternFor(snapshot, tool)).join(", ");
  const what = tools.length === 1 ? `\`${tools[0]}\`` : `the ${tools.length} tools that have none`;
  return action("refactor.rewrite", `Create a rule for ${what}`, () => {
    const only = tools.length === 1 ? tools[0] : undefined;
    const wanted = only === undefined ? `other-${server ?? "tools"}` : only.slice(only.lastIndexOf(".") + 1);
    const name = freshName(nameFrom(wanted, "calls"), ruleNames(file.tree.items));
    const last = file.tree.items.findLast(({ kind }) => kind === "block") ?? file.tree.items.at(-1);
    const text = `\n\non ${patterns} {\n  require approval ${name}\n}`;
    return { edits: [inserted(file, last?.end ?? file.text.length, text)] };
  });
}
