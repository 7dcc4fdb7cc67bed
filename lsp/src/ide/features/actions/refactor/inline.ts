import type { Edit, ExprNode, FnItem, LetItem, Location, Span } from "@agentpolicy/language";
import type { Action, Refused } from "../../../model.ts";
import { namesOf } from "../../../names/index.ts";
import type { Snapshot, SnapshotFile } from "../../../snapshot.ts";
import { type Node, nodesOf } from "../../../tree/path.ts";
import { action, pathTo, replaced, type Site, textOf, wholeLines } from "../action.ts";
import { kept } from "./kept.ts";
import { boundIn, fitted, namesIn, parentOf, withReplaced } from "./parts.ts";

/** A constant or function with the file that declares it. */
interface Defined {
  readonly file: SnapshotFile;
  readonly item: LetItem | FnItem;
}

/** What a constant or function says, in the place of its name: here, or everywhere, and then without the name. */
export function inlineActions({ snapshot, file, span }: Site): readonly Action[] {
  if (!isName(file, span)) return [];
  const names = namesOf(snapshot);
  const place = names.at(file.path, span.start);
  const declared = place?.declared[0];
  if (!place || !declared || (place.kind !== "let" && place.kind !== "fn") || span.end > place.at.end)
    return [];
  const defined = definedAt(snapshot, declared);
  if (defined === null) return [];
  const name = defined.item.name?.text ?? "";
  const uses = names.usesOf(declared).map(({ at }) => at);
  const role = snapshot.program.files.find(({ path }) => path === declared.file)?.role;
  const leeway = { fn: defined.item.kind === "fn" ? name : undefined };
  const change = (places: readonly Location[], removes: boolean) => () => {
    const edits: Edit[] = removes ? [replaced(defined.file, wholeLines(defined.file, defined.item), "")] : [];
    for (const at of places) {
      const own = inlined(snapshot, at, defined);
      if ("refused" in own) return own;
      edits.push(own);
    }
    const isNested = edits.some((one) =>
      edits.some(
        (other) => one !== other && one.file === other.file && one.start < other.end && other.start < one.end,
      ),
    );
    return isNested
      ? { refused: `\`${name}\` is used in what it is given; inline that first` }
      : kept(snapshot, edits, leeway);
  };
  return [
    ...(place.isDeclaration || (uses.length < 2 && role !== "import")
      ? []
      : [action("refactor.inline", `Inline \`${name}\` here`, change([place.at], false))]),
    ...(uses.length === 0 || role === "import"
      ? []
      : [
          action(
            "refactor.inline",
            uses.length === 1
              ? `Inline \`${name}\` and remove it`
              : `Inline \`${name}\` in all ${uses.length} places and remove it`,
            change(uses, true),
          ),
        ]),
  ];
}

/** Whether a name that may be inlined can stand at a place, as far as the tree tells. */
const isName = (file: SnapshotFile, span: Span): boolean =>
  pathTo(file, { start: span.start, end: span.start }).some(
    (node) =>
      node.kind === "name" ||
      node.kind === "member" ||
      ((node.kind === "let" || node.kind === "fn") &&
        "name" in node &&
        span.start <= ((node.name as Span | undefined)?.end ?? -1)),
  );

function definedAt(snapshot: Snapshot, at: Location): Defined | null {
  const file = snapshot.files.get(at.file);
  const item = file?.tree.items.find(
    (one) => (one.kind === "let" || one.kind === "fn") && one.name?.start === at.start,
  ) as LetItem | FnItem | undefined;
  if (file === undefined || item === undefined || (item.kind === "let" && item.value === undefined))
    return null;
  return { file, item };
}

/** The edit that puts the definition into the place of a use. */
function inlined(snapshot: Snapshot, at: Location, defined: Defined): Edit | Refused {
  const file = snapshot.files.get(at.file);
  const use = file && useAt(file, at);
  if (!file || !use) return { refused: "it is used where nothing else can stand" };
  const { item } = defined;
  const node = (item.kind === "let" ? item.value : item.body) as ExprNode;
  const parent = parentOf(file.tree, use);
  const prefix = use.kind === "call" ? prefixOf(use.callee) : prefixOf(use);
  const text =
    item.kind === "let" ? qualified(defined, node, prefix, []) : called(file, use, defined, prefix);
  if (typeof text !== "string") return text;
  const inText = pathTo(file, use).some(({ kind }) => kind === "template");
  if (inText && /["{}\n]/.test(text)) return { refused: "what it says cannot stand in a text" };
  return replaced(file, use, fitted(text, node, parent, use));
}

/** The expression that is the use: the name, `org.name`, or the call of it. */
function useAt(file: SnapshotFile, at: Location): ExprNode | null {
  const path = pathTo(file, at);
  const name = path.find(({ kind, end }) => (kind === "name" || kind === "member") && end === at.end);
  const around = name && path[path.indexOf(name) + 1];
  const call = around?.kind === "call" && "callee" in around && around.callee === name ? around : undefined;
  return ((call ?? name) as ExprNode | undefined) ?? null;
}

/** `org.` where a name of another file is used. */
const prefixOf = (node: ExprNode): string =>
  node.kind === "member" && node.of.kind === "name" ? `${node.of.name.text}.` : "";

type Change = { readonly start: number; readonly end: number; readonly text: string };

/** A definition's expression as another file writes it. */
function qualified({ file }: Defined, node: ExprNode, prefix: string, changes: readonly Change[]): string {
  const own = new Set(
    file.tree.items.flatMap((item) =>
      "name" in item && item.name && "text" in item.name ? [item.name.text] : [],
    ),
  );
  const names: readonly Change[] =
    prefix === ""
      ? []
      : [...namesIn(node)]
          .filter(({ name }) => own.has(name.text))
          .map(({ start, end, name }) => ({ start, end, text: prefix + name.text }));
  return withReplaced(textOf(file, node), node.start, [...changes, ...names]);
}

/** The body of a function with the arguments of a call. */
function called(file: SnapshotFile, use: ExprNode, defined: Defined, prefix: string): string | Refused {
  const { item } = defined;
  if (item.kind !== "fn" || use.kind !== "call" || use.args.length !== item.parameters.length)
    return { refused: "it is not called here" };
  const bound = boundIn(item.body);
  const changes: Change[] = [];
  for (const [index, { name }] of item.parameters.entries()) {
    const given = use.args[index] as ExprNode;
    const lost = [...namesIn(given)].find((one) => bound.has(one.name.text));
    if (lost !== undefined) return { refused: `\`${lost.name.text}\` would stand for something else` };
    const at = [...namesIn(item.body)].filter((one) => one.name.text === name.text);
    if (!isSafe(given) && !(at.length === 1 && isFirst(item.body, at[0] as Node)))
      return { refused: `\`${textOf(file, given)}\` may fail, and would be asked at another time` };
    for (const one of at) {
      const text = fitted(textOf(file, given), given, parentOf(item, one), one);
      changes.push({ start: one.start, end: one.end, text });
    }
  }
  return qualified(defined, item.body, prefix, changes);
}

const SAFE_METHODS: ReadonlySet<string> = new Set([
  "startsWith",
  "endsWith",
  "contains",
  "lower",
  "containsAll",
  "containsAny",
]);

/** Whether a value is there whenever it is asked for: nothing is parsed and nothing computed. */
const isSafe = (node: ExprNode): boolean =>
  [...nodesOf(node)].every((one) => {
    if (one.kind === "call") {
      const { callee } = one as ExprNode & { kind: "call" };
      return callee.kind === "member" && SAFE_METHODS.has(callee.name.text);
    }
    return !(one.kind === "binary" && "operator" in one && /^[-+*/]$/.test(String(one.operator)));
  });

/** Whether a part of an expression is asked before all others, whatever happens. */
function isFirst(body: ExprNode, wanted: Node): boolean {
  for (let node: ExprNode = body; ; ) {
    if (node === wanted) return true;
    if (node.kind === "binary") node = node.left;
    else if (node.kind === "if") node = node.test;
    else if ("of" in node) node = node.of;
    else if (node.kind === "call" && node.callee.kind === "member") node = node.callee.of;
    else if (node.kind === "call" && node.args[0] !== undefined) node = node.args[0];
    else return false;
  }
}
