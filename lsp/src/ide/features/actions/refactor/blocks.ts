import type { BlockItem, Coverage, Edit } from "@agentpolicy/language";
import type { Action } from "../../../model.ts";
import { namesOf } from "../../../names/index.ts";
import type { Snapshot, SnapshotFile } from "../../../snapshot.ts";
import {
  action,
  freshName,
  nameFrom,
  replaced,
  ruleNames,
  type Site,
  textOf,
  wholeLines,
} from "../action.ts";
import { kept } from "./kept.ts";
import { patternFor, ruleId } from "./names.ts";

/** More blocks than this are no help. */
const MOST = 12;

/** Splitting a block by tool, and joining it with the others over the same tools; asked for in its head. */
export function blockActions({ snapshot, file, span }: Site): readonly Action[] {
  const block = file.tree.items.find(
    (item): item is BlockItem =>
      item.kind === "block" && item.start <= span.start && span.end <= (item.members[0]?.start ?? item.end),
  );
  const covered = block && snapshot.result.facts.covered(block.tools);
  if (!block || !covered) return [];
  return [...splitActions(snapshot, file, block, covered), ...mergeActions(snapshot, file, block, covered)];
}

function splitActions(
  snapshot: Snapshot,
  file: SnapshotFile,
  block: BlockItem,
  { tools, unknown }: Coverage,
): readonly Action[] {
  const parts = [...tools.map((tool) => patternFor(snapshot, tool)), ...(unknown ? ["unknown"] : [])];
  if (parts.length < 2 || parts.length > MOST || block.members.length === 0) return [];
  const rules = block.members.flatMap((member) => (member.kind === "rule" ? [member] : []));
  if (rules.some(({ name }) => name === undefined)) return [];
  return [
    action("refactor.rewrite", `Split into ${parts.length} blocks, one for each tool`, () => {
      const taken = new Set(ruleNames(file.tree.items));
      const renamed = new Map<string, string>();
      const byTool = new Map<string, string>();
      const open = file.text.lastIndexOf("{", block.members[0]?.start);
      const blocks = parts.map((pattern) => {
        const names: Edit[] = rules.flatMap(({ name }) => {
          if (name === undefined) return [];
          const tool = nameFrom(pattern.slice(pattern.lastIndexOf(".") + 1), "tool");
          const fresh = freshName(`${name.text}-${tool}`, taken);
          taken.add(fresh);
          renamed.set(ruleId(snapshot, file, fresh), ruleId(snapshot, file, name.text));
          byTool.set(`${name.text} ${pattern}`, fresh);
          return [{ ...replaced(file, name, fresh), start: name.start - open, end: name.end - open }];
        });
        return `on ${pattern} ${applied(file.text.slice(open, block.end), names)}`;
      });
      const edits = [
        replaced(file, block, blocks.join("\n\n")),
        ...expectations(snapshot, file, rules, byTool),
      ];
      return kept(snapshot, edits, { rules: renamed });
    }),
  ];
}

const applied = (text: string, edits: readonly Edit[]): string =>
  edits
    .toReversed()
    .reduce((now, { start, end, text: added }) => now.slice(0, start) + added + now.slice(end), text);

/** Tests name the rule of the tool that they call. */
function expectations(
  snapshot: Snapshot,
  file: SnapshotFile,
  rules: readonly { readonly name?: { readonly start: number; readonly text: string } }[],
  byTool: ReadonlyMap<string, string>,
): readonly Edit[] {
  const { usesOf } = namesOf(snapshot);
  return rules.flatMap(({ name }) =>
    name === undefined
      ? []
      : usesOf({ file: file.path, start: name.start, end: name.start + name.text.length }).flatMap(
          ({ at }) => {
            const pattern = calledBefore(snapshot, at.file, at.start);
            const fresh = byTool.get(`${name.text} ${pattern}`);
            return fresh === undefined ? [] : [{ ...at, start: at.end - name.text.length, text: fresh }];
          },
        ),
  );
}

/** The tool that a test calls before a place. */
function calledBefore(snapshot: Snapshot, path: string, offset: number): string | null {
  const file = snapshot.files.get(path);
  const test = file?.tree.items.find(({ start, end }) => start <= offset && offset <= end);
  if (file === undefined || test?.kind !== "test") return null;
  const call = test.members.findLast((member) => member.kind === "call" && member.end <= offset);
  return call?.kind === "call" ? textOf(file, call.tool) : null;
}

function mergeActions(
  snapshot: Snapshot,
  file: SnapshotFile,
  block: BlockItem,
  covered: Coverage,
): readonly Action[] {
  const key = keyOf(covered);
  const same = file.tree.items.filter((item): item is BlockItem => {
    const own = item.kind === "block" && snapshot.result.facts.covered(item.tools);
    return own !== false && own !== null && keyOf(own) === key && file.text[item.end - 1] === "}";
  });
  if (same.length < 2 || !same.includes(block) || covered.tools.length + Number(covered.unknown) === 0)
    return [];
  return [
    action("refactor.rewrite", `Merge the ${same.length} blocks over the same tools`, () => {
      const [first, ...rest] = same as [BlockItem, ...BlockItem[]];
      const moved = rest
        .map((one) => documentation(file, one) + insideOf(file, one))
        .filter((text) => text !== "");
      const at = file.text.slice(0, first.end - 1).trimEnd().length;
      const edits = [
        replaced(file, { start: at, end: first.end - 1 }, `\n\n${moved.join("\n\n")}\n`),
        ...rest.map((one) => replaced(file, wholeLines(file, one), "")),
      ];
      return kept(snapshot, edits);
    }),
  ];
}

const keyOf = ({ tools, unknown }: Coverage): string => `${[...tools].sort().join(" ")} ${unknown}`;

/** What stands in the braces of a block. */
function insideOf({ text }: SnapshotFile, { where, tools, end }: BlockItem): string {
  const open = text.indexOf("{", where?.end ?? tools.end);
  return text
    .slice(open + 1, end - 1)
    .replace(/^[ \t]*\n/, "")
    .trimEnd();
}

/** What a block's documentation says, as comments of its first member. */
const documentation = (_: SnapshotFile, { doc }: BlockItem): string =>
  doc === undefined
    ? ""
    : doc
        .split("\n")
        .map((line) => `  // ${line}\n`)
        .join("");
