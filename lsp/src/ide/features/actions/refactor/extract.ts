import { type ExprNode, isReserved, type Keyword } from "@agentpolicy/language";
import type { Action } from "../../../model.ts";
import type { SnapshotFile } from "../../../snapshot.ts";
import { type Node, nodesOf, partsOf } from "../../../tree/path.ts";
import {
  action,
  freshName,
  inserted,
  nameFrom,
  pathTo,
  replaced,
  type Site,
  textOf,
  wholeLines,
} from "../action.ts";
import { kept } from "./kept.ts";
import { parameterize } from "./parameters.ts";
import { boundIn, isExpression, namesIn, takenNames, wordsOf } from "./parts.ts";

/** A constant or a function made of the expression that is marked; in its place alone, or wherever the same stands. */
export function extractActions(site: Site): readonly Action[] {
  const found = marked(site);
  if (found === null) return [];
  const { node, holder } = found;
  if (bare(node).kind === "name" || holder.kind === "test") return [];
  const same = sameIn(site.file, node);
  const isConstant = constantIn(site, node);
  const [what, extract] = isConstant ? ["constant", constant] : ["function", fn];
  const name = freeName(isConstant ? valueName(site, node) : conditionName(site, node), site.file);
  const change = (nodes: readonly ExprNode[]) => () => extract(site, holder, node, nodes, name);
  if (!isConstant && (!parameterize(site, bare(node)) || inWhere(site.file, node))) return [];
  return [
    action("refactor.extract", `Extract to ${what} \`${name}\``, change([node])),
    ...(same.length > 1
      ? [
          action(
            "refactor.extract",
            `Extract to ${what} \`${name}\`, in all ${same.length} places`,
            change(same),
          ),
        ]
      : []),
  ];
}

/** Without parentheses around it. */
const bare = (node: ExprNode): ExprNode => (node.kind === "paren" ? bare(node.of) : node);

type Extract = (
  site: Site,
  holder: Node,
  node: ExprNode,
  places: readonly ExprNode[],
  name: string,
) => ReturnType<typeof kept>;

const constant: Extract = ({ snapshot, file }, holder, node, places, name) => {
  const at = firstPlace(file, holder, places);
  return kept(snapshot, [
    inserted(file, at, `let ${name} = ${textOf(file, bare(node))}\n\n`),
    ...places.map((place) => replaced(file, place, name)),
  ]);
};

const fn: Extract = (site, holder, node, places, name) => {
  const { snapshot, file } = site;
  const own = parameterize(site, bare(node));
  if (own === null) return { refused: "what it reads has no type that can be written" };
  const calls = places.map((place) => {
    const given = place === node ? own : parameterize(site, bare(place));
    const values = own.parameters.map(({ value }) => value).join(", ");
    return replaced(
      file,
      place,
      `${name}(${(given?.parameters ?? []).map(({ value }) => value).join(", ") || values})`,
    );
  });
  const parameters = own.parameters.map((one) => `${one.name}: ${one.type}`).join(", ");
  const at = firstPlace(file, holder, places);
  const edits = [inserted(file, at, `fn ${name}(${parameters}) = ${own.body}\n\n`), ...calls];
  return kept(snapshot, edits, { fn: name });
};

/** Before the first item that has one of the places. */
const firstPlace = (file: SnapshotFile, holder: Node, places: readonly ExprNode[]): number => {
  const first = file.tree.items.find((item) =>
    places.some(({ start }) => item.start <= start && start < item.end),
  );
  return wholeLines(file, first ?? holder).start;
};

/** The expression that is exactly what is marked, but for blanks, and the item that has it. */
function marked({ file, span }: Site): { readonly node: ExprNode; readonly holder: Node } | null {
  const text = textOf(file, span);
  const start = span.start + (text.length - text.trimStart().length);
  const end = span.end - (text.length - text.trimEnd().length);
  if (end <= start) return null;
  const path = pathTo(file, { start, end });
  const holder = path.at(-2);
  const at = path.findLastIndex((node) => node.start === start && node.end === end && isExpression(node));
  const node = path[at];
  const parent = path[at + 1];
  if (node === undefined || holder === undefined || !isExpression(node)) return null;
  if (
    !isValue(node, parent) ||
    path.some(({ kind }) => kind === "mask" || kind === "needs" || kind === "type")
  )
    return null;
  return [...nodesOf(node)].some(({ kind }) => kind === "error") ? null : { node, holder };
}

/** What takes values only as they are written, and no names. */
const WRITTEN_OUT: ReadonlySet<string | undefined> = new Set([
  "from",
  "requires",
  "within",
  "approvals",
  "track",
  "import",
  "tools",
  "policy",
  "type-literal",
  "record",
]);

/** Whether an expression is one as a whole in its place, not the name of what is called or the beginning of a path. */
const isValue = (node: ExprNode, parent: Node | undefined): boolean =>
  !WRITTEN_OUT.has(parent?.kind) &&
  !(parent?.kind === "call" && "callee" in parent && parent.callee === node) &&
  !(parent?.kind === "has" && node.kind === "name") &&
  !(parent?.kind === "template" && node.kind === "string");

const inWhere = (file: SnapshotFile, node: ExprNode): boolean => {
  const path = pathTo(file, node);
  return path.some((one) => "where" in one && path.includes(one.where as Node));
};

/** Whether an expression says the same before any call: it reads nothing but constants. */
function constantIn({ snapshot, file }: Site, node: ExprNode): boolean {
  const lets = new Set(
    snapshot.result.facts.names(file.path).flatMap(({ kind, name }) => (kind === "let" ? [name] : [])),
  );
  const own = boundIn(node);
  return (
    own.size === 0 &&
    [...nodesOf(node)].every(({ kind }) => kind !== "call") &&
    [...namesIn(node)].every(({ name }) => lets.has(name.text))
  );
}

/** The expressions of the file that are written the same. */
function sameIn(file: SnapshotFile, node: ExprNode): readonly ExprNode[] {
  const words = wordsOf(file, node);
  const found: ExprNode[] = [];
  const visit = (one: Node, parent: Node | undefined): void => {
    if (one.kind === "test" || one.kind === "mask" || one.kind === "needs" || one.kind?.startsWith("type"))
      return;
    if (one.kind === node.kind && isExpression(one) && isValue(one, parent) && wordsOf(file, one) === words) {
      found.push(one);
      return;
    }
    for (const part of partsOf(one)) visit(part, one);
  };
  visit(file.tree, undefined);
  return found.includes(node) ? found : [node];
}

const freeName = (wanted: string, file: SnapshotFile): string =>
  freshName(isReserved(wanted as Keyword) ? `${wanted}-1` : wanted, takenNames(file));

/** What a constant is compared with says what it is: `amount-limit`. */
function valueName({ file }: Site, node: ExprNode): string {
  const parent = pathTo(file, node).find((one) => one !== node && one.kind === "binary") as
    | (ExprNode & { kind: "binary" })
    | undefined;
  const other = parent?.left === node ? parent.right : parent?.left;
  const name = other?.kind === "member" ? nameFrom(other.name.text, "value") : "value";
  if (parent === undefined || name === "value") return node.kind === "list" ? "values" : "value";
  if (/^[<>]/.test(parent.operator)) return `${name}-limit`;
  return parent.operator.endsWith("in") ? `known-${name}` : `the-${name}`;
}

/** A condition is called by its rule. */
function conditionName({ file }: Site, node: ExprNode): string {
  const rule = pathTo(file, node).find(({ kind }) => kind === "rule");
  const name =
    rule && "name" in rule ? (rule.name as { readonly text: string } | undefined)?.text : undefined;
  return name === undefined ? "extracted" : `is-${nameFrom(name, "so")}`;
}
