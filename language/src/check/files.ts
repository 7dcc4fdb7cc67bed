import { diagnose } from "../diagnostics/define.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import {
  DUPLICATE_ITEM,
  DUPLICATE_NAME,
  MISPLACED_ITEM,
  RESERVED_NAME,
} from "../diagnostics/messages/names.ts";
import { policyNameOf } from "../program/names.ts";
import type { Program, ProgramFile } from "../program/program.ts";
import type { Item, Name } from "../syntax/ast.ts";
import { isParser } from "./expr/call.ts";
import { isRoot } from "./expr/name.ts";
import { declaredHere } from "./related.ts";
import { type Declared, type FileScope, locate } from "./world.ts";

/** The name of the policy: the header's, or the entry file's. */
export const policyName = (program: Program): string => {
  const entry = program.files.find(({ role }) => role === "entry");
  const header = entry?.tree.items.find((item) => item.kind === "policy");
  return header?.kind === "policy" && header.name !== undefined
    ? header.name.text
    : policyNameOf(program.entry);
};

/** The names of every file, by path. */
export const scopesOf = (
  program: Program,
  name: string,
  diagnostics: Diagnostic[],
): ReadonlyMap<string, FileScope> => {
  const scopes = new Map<string, FileScope>();
  const entry = program.files.find(({ role }) => role === "entry");
  const entryScope = entry === undefined ? null : scopeOf(entry, name, null, diagnostics);
  for (const file of program.files) {
    const isEntry = file === entry && entryScope !== null;
    scopes.set(
      file.path,
      isEntry ? entryScope : scopeOf(file, name, file.role === "tests" ? entryScope : null, diagnostics),
    );
  }
  return scopes;
};

const scopeOf = (
  file: ProgramFile,
  policy: string,
  outer: FileScope | null,
  diagnostics: Diagnostic[],
): FileScope => {
  const names = new Map<string, Declared>();
  const id = [policy, ...file.prefix].join(".");
  const scope: FileScope = {
    path: file.path,
    tree: file.tree,
    role: file.role,
    id,
    names,
    outer,
    imports: file.imports,
  };
  for (const item of file.tree.items) {
    reportMisplaced(item, scope, diagnostics);
    const declared = declaredBy(item, scope);
    if (declared === null) continue;
    const before = names.get(declared.name) ?? outer?.names.get(declared.name);
    if (isReserved(declared)) diagnostics.push(diagnose(RESERVED_NAME, { name: declared.name }, declared.at));
    else if (before !== undefined) {
      const related = declaredHere(before.at, "first declared here");
      diagnostics.push(
        diagnose(DUPLICATE_NAME, { name: declared.name, what: before.kind }, declared.at, { related }),
      );
    } else names.set(declared.name, declared);
  }
  return scope;
};

const isReserved = ({ kind, name }: Declared): boolean =>
  kind === "type"
    ? ["string", "number", "integer", "boolean", "null", "any"].includes(name)
    : isRoot(name) || name === "tool" || (kind === "fn" && isParser(name));

const declaredBy = (item: Item, file: FileScope): Declared | null => {
  const at = (name: Name) => ({ name: name.text, at: locate(file, name), file });
  switch (item.kind) {
    case "let":
      return item.name === undefined ? null : { kind: "let", item, ...at(item.name) };
    case "fn":
      return item.name === undefined ? null : { kind: "fn", item, ...at(item.name) };
    case "type":
      return item.name === undefined ? null : { kind: "type", item, ...at(item.name) };
    case "track":
      return item.name === undefined ? null : { kind: "track", item, ...at(item.name) };
    case "import":
      return item.name === undefined ? null : { kind: "import", item, ...at(item.name) };
    default:
      return null;
  }
};

/** What only the entry may hold, and what test files may hold. */
const reportMisplaced = (item: Item, file: FileScope, diagnostics: Diagnostic[]): void => {
  const at = locate(file, item);
  if (file.role === "entry") {
    const twin = file.tree.items.find((other) => other.kind === item.kind);
    if ((item.kind !== "policy" && item.kind !== "default") || twin === undefined || twin === item) return;
    const related = declaredHere(locate(file, twin), "the first one is here");
    diagnostics.push(diagnose(DUPLICATE_ITEM, { what: item.kind }, at, { related }));
    return;
  }
  const isWrong =
    file.role === "import"
      ? item.kind === "policy" || item.kind === "default"
      : !["test", "prove", "let", "type", "fn", "error-item"].includes(item.kind);
  if (!isWrong) return;
  const where = file.role === "import" ? "import" : "tests";
  diagnostics.push(diagnose(MISPLACED_ITEM, { what: item.kind, where }, headOf(item, file)));
};

/** The item's first line: enough to mark it. */
const headOf = (item: Item, file: FileScope) => {
  const text = file.tree.text.slice(item.start, item.end);
  const line = text.search(/\s*[{\n\r]/);
  return locate(file, { start: item.start, end: line < 1 ? item.end : item.start + line });
};
