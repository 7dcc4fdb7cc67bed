import { diagnose } from "../diagnostics/define.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { IMPORT_CYCLE, MISSING_FILE } from "../diagnostics/messages/loading.ts";
import { rememberedCatalogue } from "../schema/remembered.ts";
import type { ImportItem, LetItem, SourceFile, StringNode, ToolsItem } from "../syntax/ast.ts";
import { type Parsed, parseFile } from "../syntax/parse.ts";
import { rememberedData } from "./data.ts";
import type { Host } from "./host.ts";
import { isTestFile, policiesOfTestFile } from "./names.ts";
import type { Catalogue, DataFile, Program, ProgramFile, ProgramSource } from "./program.ts";

/** What is being gathered. */
interface Loading {
  readonly host: Host;
  readonly parse: (text: string, path: string) => Parsed;
  readonly files: Map<string, ProgramFile>;
  readonly catalogues: Map<ToolsItem, Catalogue>;
  readonly data: Map<string, DataFile>;
  readonly sources: Map<string, ProgramSource>;
  readonly diagnostics: Diagnostic[];
}

/** A file on the way in. */
interface Wanted {
  readonly path: string;
  readonly prefix: readonly string[];
  readonly role: ProgramFile["role"];
}

/**
 * Reads a policy: the entry file, what it imports, its catalogues and data files, and the test files named in
 * `options.tests`. Where `entry` is itself a `*.test.agentpolicy` file and its policy stands beside it, that policy is
 * the entry (see `policiesOfTestFile`). Never throws; what cannot be read is a diagnostic.
 */
export const loadProgram = (
  entry: string,
  host: Host,
  options: {
    readonly tests?: readonly string[];
    /** How files are read into trees; `parseFile` where absent. */
    readonly parse?: (text: string, path: string) => Parsed;
  } = {},
): Program => {
  const loading: Loading = {
    host,
    parse: options.parse ?? parseFile,
    files: new Map(),
    catalogues: new Map(),
    data: new Map(),
    sources: new Map(),
    diagnostics: [],
  };
  const { policy, tests } = entryOf(entry, host, options.tests ?? []);
  loadLevels(loading, policy, tests);
  reportCycles(loading);
  for (const file of loading.files.values()) loadAttached(loading, file);
  const { files, catalogues, data, sources, diagnostics } = loading;
  return { entry: policy, files: [...files.values()], catalogues, data, sources, diagnostics, host };
};

const entryOf = (entry: string, host: Host, tests: readonly string[]) => {
  if (!isTestFile(entry)) return { policy: entry, tests };
  const policy = policiesOfTestFile(entry).find((path) => host.read(path) !== undefined);
  return policy === undefined
    ? { policy: entry, tests }
    : { policy, tests: [entry, ...tests.filter((path) => path !== entry)] };
};

/** Level by level, names in order, so that a file imported twice counts by its shortest way, whatever the order. */
const loadLevels = (loading: Loading, entry: string, tests: readonly string[]): void => {
  let level: Wanted[] = [{ path: entry, prefix: [], role: "entry" }];
  loadFile(loading, level[0] as Wanted, undefined);
  for (const path of tests) {
    const wanted: Wanted = { path, prefix: [], role: "tests" };
    level.push(wanted);
    loadFile(loading, wanted, undefined);
  }
  while (level.length > 0) {
    const next: { readonly wanted: Wanted; readonly from: StringNode; readonly file: string }[] = [];
    for (const { path } of level) {
      const file = loading.files.get(path);
      for (const item of file === undefined ? [] : importsOf(file.tree)) {
        const target = file?.imports.get(item.name.text);
        if (file === undefined || target === undefined) continue;
        const prefix = [...file.prefix, item.name.text];
        next.push({ wanted: { path: target, prefix, role: "import" }, from: item.path, file: path });
      }
    }
    next.sort((a, b) => order(a.wanted.prefix.join("."), b.wanted.prefix.join(".")));
    level = [];
    for (const { wanted, from, file } of next) {
      if (!loading.files.has(wanted.path) && loadFile(loading, wanted, { from, file })) level.push(wanted);
    }
  }
};

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

type NamedImport = ImportItem & { readonly path: StringNode; readonly name: NonNullable<ImportItem["name"]> };

const importsOf = (tree: SourceFile): readonly NamedImport[] =>
  tree.items.filter(
    (item): item is NamedImport =>
      item.kind === "import" && item.path !== undefined && item.name !== undefined,
  );

/** Reads and parses one file. False where there is none. */
const loadFile = (
  loading: Loading,
  wanted: Wanted,
  cause: { readonly from: StringNode; readonly file: string } | undefined,
): boolean => {
  const text = loading.host.read(wanted.path);
  if (text === undefined) {
    reportMissing(loading, "policy", wanted.path, cause);
    return false;
  }
  const { tree, diagnostics } = loading.parse(text, wanted.path);
  loading.diagnostics.push(...diagnostics);
  loading.sources.set(wanted.path, { text, kind: "policy" });
  const imports = new Map<string, string>();
  for (const { name, path } of importsOf(tree)) {
    if (!imports.has(name.text)) imports.set(name.text, loading.host.resolve(wanted.path, path.value));
  }
  loading.files.set(wanted.path, { ...wanted, tree, imports });
  return true;
};

/** `resolved` is the path that was tried; the fix offers the same path with the usual extension, where that exists. */
const reportMissing = (
  loading: Loading,
  what: "policy" | "catalogue" | "data",
  resolved: string,
  cause: { readonly from: StringNode; readonly file: string } | undefined,
): void => {
  if (cause === undefined) {
    const at = { file: resolved, start: 0, end: 0 };
    loading.diagnostics.push(diagnose(MISSING_FILE, { what, path: resolved, near: undefined }, at));
    return;
  }
  const { from, file } = cause;
  const near = endings[what]
    .map((ending) => `${from.value}${ending}`)
    .find((specifier) => loading.host.read(loading.host.resolve(file, specifier)) !== undefined);
  const at = { file, start: from.start, end: from.end };
  const fixes =
    near === undefined
      ? []
      : [{ title: `write "${near}"`, edits: [{ ...at, text: JSON.stringify(near) }], preferred: true }];
  loading.diagnostics.push(diagnose(MISSING_FILE, { what, path: from.value, near }, at, { fixes }));
};

const endings = {
  policy: [".agentpolicy"],
  catalogue: [".json", ".tools.json"],
  data: [".json"],
};

/** The catalogues and data files that one file names. */
const loadAttached = (loading: Loading, file: ProgramFile): void => {
  for (const item of file.tree.items) {
    if (item.kind === "tools" && item.from !== undefined) loadCatalogue(loading, file, item, item.from);
    if (item.kind === "let" && item.from !== undefined) loadData(loading, file, item, item.from);
  }
};

const loadCatalogue = (loading: Loading, file: ProgramFile, item: ToolsItem, from: StringNode): void => {
  const path = loading.host.resolve(file.path, from.value);
  const known = [...loading.catalogues.values()].find((catalogue) => catalogue.path === path);
  if (known !== undefined) {
    loading.catalogues.set(item, known);
    return;
  }
  const text = loading.host.read(path);
  if (text === undefined) {
    reportMissing(loading, "catalogue", path, { from, file: file.path });
    return;
  }
  const { tools, widenings, diagnostics } = rememberedCatalogue(text, path);
  loading.diagnostics.push(...diagnostics);
  loading.sources.set(path, { text, kind: "catalogue" });
  loading.catalogues.set(item, { path, tools, widenings });
};

const loadData = (loading: Loading, file: ProgramFile, _item: LetItem, from: StringNode): void => {
  const path = loading.host.resolve(file.path, from.value);
  if (loading.data.has(path) || loading.sources.get(path)?.kind === "data") return;
  const text = loading.host.read(path);
  if (text === undefined) {
    reportMissing(loading, "data", path, { from, file: file.path });
    return;
  }
  loading.sources.set(path, { text, kind: "data" });
  const { data, diagnostics } = rememberedData(text, path);
  loading.diagnostics.push(...diagnostics);
  if (data !== null) loading.data.set(path, data);
};

/** One diagnostic for each import that closes a cycle. */
const reportCycles = (loading: Loading): void => {
  const done = new Set<string>();
  const visit = (path: string, way: readonly string[]): void => {
    const file = loading.files.get(path);
    if (file === undefined || done.has(path)) return;
    for (const item of importsOf(file.tree)) {
      const target = file.imports.get(item.name.text);
      if (target === undefined) continue;
      const start = [...way, path].indexOf(target);
      if (start >= 0) {
        const cycle = [...way, path].slice(start);
        const at = { file: path, start: item.path.start, end: item.path.end };
        loading.diagnostics.push(diagnose(IMPORT_CYCLE, { cycle: [...cycle, target] }, at));
      } else visit(target, [...way, path]);
    }
    done.add(path);
  };
  for (const path of loading.files.keys()) visit(path, []);
};
