import { diagnose } from "../diagnostics/define.ts";
import { UNUSED_NAME } from "../diagnostics/messages/names.ts";
import { importedFile } from "./scope.ts";
import { type FileScope, locate, type World } from "./world.ts";

/**
 * Names of the entry and of test files that nothing uses. An imported file may be shared, so what it offers is left
 * alone; parameters are reported where they are declared.
 */
export const reportUnused = (world: World): void => {
  for (const file of world.files.values()) {
    if (file.role === "import" || isMisread(world, file)) continue;
    for (const declared of file.names.values()) {
      if (world.used.has(declared)) continue;
      if (declared.kind === "import" && contributes(world, importedFile(world, declared))) continue;
      const what = declared.kind;
      world.diagnostics.push(diagnose(UNUSED_NAME, { name: declared.name, what, tools: [] }, declared.at));
    }
    reportServers(world, file);
  }
};

/** Whether the parser has skipped parts of the file, which may be the very ones that use a name. */
const isMisread = ({ program }: World, { path }: FileScope): boolean =>
  program.diagnostics.some(({ file, severity }) => severity === "error" && file === path);

/** Whether importing the file does something beside giving names. */
const contributes = (
  world: World,
  file: FileScope | null,
  seen: ReadonlySet<FileScope> = new Set(),
): boolean => {
  if (file === null) return true;
  if (seen.has(file)) return false;
  const items = file.tree.items;
  return items.some((item) => {
    if (item.kind !== "import") return !["let", "fn", "type", "track"].includes(item.kind);
    const declared = item.name === undefined ? undefined : file.names.get(item.name.text);
    return (
      declared !== undefined && contributes(world, importedFile(world, declared), new Set([...seen, file]))
    );
  });
};

/** Servers of which no rule, track or test speaks by name, while no rule covers every tool. */
const reportServers = (world: World, file: FileScope): void => {
  for (const item of file.tree.items) {
    if (item.kind !== "tools" || item.name === undefined || item.tools.length + sizeOf(world, item) === 0)
      continue;
    if (world.usedServers.has(item.name.text)) continue;
    const facts = { name: item.name.text, what: "server" as const, tools: [] };
    world.diagnostics.push(diagnose(UNUSED_NAME, facts, locate(file, item.name)));
  }
};

const sizeOf = (world: World, item: Parameters<World["program"]["catalogues"]["get"]>[0]): number =>
  world.program.catalogues.get(item)?.tools.length ?? 0;
