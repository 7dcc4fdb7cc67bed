import { builtinModules } from "node:module";
import { posix } from "node:path";
import { parseSync } from "vite";
import { bannedIn, expandBans } from "./bans.mjs";
import { importsOf } from "./imports.mjs";

/**
 * Checks the import rules of the repository.
 *
 * @param {Map<string, string>} files texts of all source files by path from the root
 * @param {object} layers the content of `layers.json`
 * @param {Map<string, object>} manifests the content of every `package.json` by its folder (`""` for the root)
 * @returns {string[]} one line for each violation: `path:line: what is wrong`
 */
export const checkLayers = (files, layers, manifests) => {
  const used = new Map([...manifests.keys()].map((folder) => [folder, new Set()]));
  const context = { files, layers, manifests, used, packages: packagesByName(manifests) };
  const found = [...files].flatMap(([path, text]) => checkFile(path, text, context));
  return [...found, ...unusedDependencies(context), ...uselessAllowances(context)];
};

const packagesByName = (manifests) =>
  new Map([...manifests].filter(([folder]) => folder !== "").map(([folder, { name }]) => [name, folder]));

const checkFile = (path, text, context) => {
  const at = (offset, message) => `${path}:${text.slice(0, offset).split("\n").length}: ${message}`;
  const room = roomOf(path, context);
  if (room === null) return [at(0, "belongs to no room of layers.json")];
  const parsed = parseSync(path, text);
  if (parsed.errors.length > 0) return [at(0, `cannot be parsed: ${parsed.errors[0].message}`)];
  const bans = expandBans(room.bans, context.layers.bans);
  const allowed = context.layers.allow[path] ?? {};
  return [
    ...bannedIn(parsed, bans)
      .filter(({ ban }) => allowed[ban] === undefined)
      .map(({ ban, found, offset }) => at(offset, `\`${found}\` is not allowed in ${room.name} (${ban})`)),
    ...importsOf(parsed).flatMap(({ specifier, offset }) => {
      const wrong = wrongImport(path, specifier, room, bans, context);
      return wrong === null || (wrong.ban !== undefined && allowed[wrong.ban] !== undefined)
        ? []
        : [at(offset, wrong.message)];
    }),
  ];
};

/** The folder of the package that a file is in: the innermost that has a manifest; `""` for the root. */
const packageOf = (path, manifests) =>
  [...manifests.keys()]
    .filter((folder) => folder !== "" && path.startsWith(`${folder}/`))
    .sort((a, b) => b.length - a.length)[0] ?? "";

/** The innermost room that holds the file; all tests share one. */
const roomOf = (path, { layers, manifests }) => {
  const folder = packageOf(path, manifests);
  if (/^(?:[^/]+\/){1,2}test\//.test(path) && !path.includes("/src/")) {
    return { name: "tests", folder, test: true, ...layers.tests };
  }
  const inside = Object.entries(layers.rooms)
    .filter(([, room]) => path.startsWith(`${room.path}/`))
    .sort(([, a], [, b]) => b.path.length - a.path.length)[0];
  if (inside === undefined) {
    return path.includes("/") ? null : { name: "root", folder: "", test: false, imports: ["*"], bans: [] };
  }
  return { name: inside[0], folder, test: false, ...inside[1] };
};

const wrongImport = (path, specifier, room, bans, context) => {
  if (specifier === null) return bans.has("dynamic-import") ? { message: "imports a computed module" } : null;
  if (specifier.startsWith(".")) return wrongRelative(path, specifier, room, context);
  const name = specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
  if (specifier.startsWith("node:") || builtinModules.includes(name)) {
    if (bans.has("node"))
      return { ban: "node", message: `\`${specifier}\` is not allowed in ${room.name} (node)` };
    return specifier.startsWith("node:") ? null : { message: `write \`node:${specifier}\`` };
  }
  if (room.given?.includes(name)) return null;
  const undeclared = wrongDependency(name, room, context);
  if (undeclared !== null) return undeclared;
  const folder = context.packages.get(name);
  if (folder === undefined) return null;
  const target = roomOfEntry(folder, specifier.slice(name.length + 1), context);
  if (target === null) return { message: `\`${specifier}\` is no entry of \`${name}\`` };
  return mayReach(room, target)
    ? null
    : { message: `${room.name} may not import ${target} (\`${specifier}\`)` };
};

const wrongRelative = (path, specifier, room, context) => {
  const target = posix.normalize(posix.join(posix.dirname(path), specifier.split("?")[0]));
  const home = room.folder === "" ? "" : `${room.folder}/`;
  const supports = room.test && /^(?!\.)(?:[^/]+\/)+test\//.test(target);
  if (!supports && (!target.startsWith(home) || target.startsWith(".."))) {
    return { message: `\`${specifier}\` leaves the package; import it by its name` };
  }
  if (room.test || room.folder === "") return null;
  if (target.startsWith(`${room.folder}/test/`)) return { message: `\`${specifier}\` is a test` };
  if (!context.files.has(target)) return null;
  const other = roomOf(target, context);
  return other === null || mayReach(room, other.name)
    ? null
    : { message: `${room.name} may not import ${other.name} (\`${specifier}\`)` };
};

const mayReach = (room, target) =>
  room.name === target || room.imports.includes("*") || room.imports.includes(target);

const wrongDependency = (name, room, { manifests, used, packages }) => {
  const own = manifests.get(room.folder) ?? {};
  used.get(room.folder)?.add(name);
  if (
    own.name === name ||
    own.dependencies?.[name] !== undefined ||
    own.peerDependencies?.[name] !== undefined
  )
    return null;
  const root = manifests.get("") ?? {};
  const atDesk = room.test || room.folder === "";
  if (atDesk && (root.devDependencies?.[name] !== undefined || packages.has(name))) return null;
  if (own.devDependencies?.[name] !== undefined && room.test) return null;
  return { message: `\`${name}\` is not a dependency of ${own.name ?? "the repository"}` };
};

/** The room behind an entry of one of our packages: `@agentpolicy/runtime/values/path` is in `runtime/values`. */
const roomOfEntry = (folder, entry, context) => {
  const exported = context.manifests.get(folder).exports ?? {};
  for (const [key, target] of Object.entries(exported)) {
    const [before, after] = key.replace(/^\.\/?/, "").split("*");
    const hit = after === undefined ? entry === before : entry.startsWith(before) && entry.endsWith(after);
    if (!hit) continue;
    const star = after === undefined ? "" : entry.slice(before.length, entry.length - after.length);
    const source = posix.join(
      folder,
      (target["agentpolicy-source"] ?? target.default ?? target).replace("*", star),
    );
    return roomOf(source, context)?.name ?? null;
  }
  return null;
};

const unusedDependencies = ({ manifests, used, layers }) =>
  [...manifests].flatMap(([folder, manifest]) => {
    if (folder === "") return [];
    const excused = layers.usedWithoutImport[folder] ?? {};
    return Object.keys(manifest.dependencies ?? {})
      .filter((name) => !used.get(folder).has(name) && excused[name] === undefined)
      .map((name) => `${folder}/package.json:1: \`${name}\` is a dependency that nothing imports`);
  });

const uselessAllowances = ({ files, layers }) =>
  Object.keys(layers.allow)
    .filter((path) => !files.has(path))
    .map((path) => `layers.json:1: \`allow\` speaks of \`${path}\`, which is not there`);
