import { existsSync, readdirSync, statSync } from "node:fs";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { type Mistake, mistake } from "../result.ts";

/** The ending of policy files. */
export const ENDING = ".agentpolicy";
const SKIPPED = new Set(["node_modules", ".git", "dist"]);

/** A file to work on. `named`: the user named it, rather than a folder or pattern that it is in. */
export interface Found {
  readonly path: string;
  readonly named: boolean;
}

/** How a path is shown: relative to the working folder with slashes, or absolute where that is shorter. */
export const shownPath = (cwd: string, path: string): string => {
  const near = relative(cwd, path);
  const best = near === "" ? "." : isAbsolute(near) || near.length > path.length ? path : near;
  return sep === "/" ? best : best.split(sep).join("/");
};

/**
 * The policy files that the arguments mean: files, folders (all policies below), and patterns with `*`, `**` and `?`
 * where the shell has left them alone. Sorted, each once; or what is wrong with an argument.
 */
export const findPolicies = (args: readonly string[], cwd: string): readonly Found[] | Mistake => {
  const found = new Map<string, Found>();
  for (const arg of args) {
    const path = resolve(cwd, arg);
    if (existsSync(path)) {
      if (!statSync(path).isDirectory()) {
        if (!path.endsWith(ENDING)) return notPolicy(arg);
        found.set(path, { path, named: true });
        continue;
      }
      const below = filesBelow(path).filter((file) => file.endsWith(ENDING));
      if (below.length === 0) return mistake(`there is no \`*${ENDING}\` file in \`${arg}\``);
      for (const file of below) if (!found.has(file)) found.set(file, { path: file, named: false });
      continue;
    }
    if (!/[*?]/.test(arg)) return mistake(`there is no file \`${arg}\``);
    const matching = matchPattern(arg, cwd);
    if (matching.length === 0) return mistake(`no file matches \`${arg}\``);
    for (const file of matching) if (!found.has(file)) found.set(file, { path: file, named: false });
  }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
};

export const notPolicy = (shown: string): Mistake =>
  mistake(`\`${shown}\` is no policy: the name of a policy file ends in \`${ENDING}\``);

/** Every file below a folder, apart from folders of tools, in no order. Links to folders are not followed. */
export const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : filesBelow(path);
    return entry.isFile() || (entry.isSymbolicLink() && leadsToFile(path)) ? [path] : [];
  });

const leadsToFile = (link: string): boolean => statSync(link, { throwIfNoEntry: false })?.isFile() ?? false;

const matchPattern = (pattern: string, cwd: string): readonly string[] => {
  const parts = pattern.split(/[/\\]/);
  const fixed = parts.slice(
    0,
    parts.findIndex((part) => /[*?]/.test(part)),
  );
  const base = resolve(cwd, fixed.join("/") || (isAbsolute(pattern) ? "/" : "."));
  if (!existsSync(base) || !statSync(base).isDirectory()) return [];
  const expression = patternExpression(parts.slice(fixed.length));
  return filesBelow(base).filter(
    (path) => path.endsWith(ENDING) && expression.test(relative(base, path).split(sep).join("/")),
  );
};

/** `**` is any number of folders, `*` any run within a name, `?` one character of it. */
const patternExpression = (parts: readonly string[]): RegExp => {
  const source = parts.map((part, index) => {
    const last = index === parts.length - 1;
    if (part === "**") return last ? ".*" : "(?:[^/]+/)*";
    const name = part
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replace(/\*/g, "[^/]*")
      .replace(/\?/g, "[^/]");
    return last ? name : `${name}/`;
  });
  return new RegExp(`^${source.join("")}$`, "u");
};
