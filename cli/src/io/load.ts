import { statSync } from "node:fs";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import {
  type CheckResult,
  check,
  type Diagnostic,
  type Host,
  loadProgram,
  resolvePath,
} from "@agentpolicy/language";
import { isMistake, type Mistake } from "../result.ts";
import { shownPath } from "./find.ts";
import { readText } from "./read.ts";

/** A policy read and checked, with every place shown as the user sees it: relative to the working folder. */
export interface Loaded {
  /** Absolute path of the entry file. */
  readonly entry: string;
  readonly shown: string;
  readonly policy: CheckResult["policy"];
  readonly diagnostics: readonly Diagnostic[];
  /** Texts by shown path, for frames. */
  readonly sources: ReadonlyMap<string, string>;
  readonly widenings: CheckResult["widenings"];
  /** How a path inside the policy (relative to the entry's folder) is shown. */
  readonly show: (path: string) => string;
  /** Absolute paths of every file that was asked for, there or not: what to watch. */
  readonly asked: readonly string[];
  /** Absolute paths of the policies that it imports, directly or not. */
  readonly imports: readonly string[];
}

export interface LoadOptions {
  readonly cwd: string;
  /** Absolute paths of test files that belong to the policy. */
  readonly tests?: readonly string[];
  /** Texts that stand in for files, by absolute path; shown under the given name. */
  readonly overlay?: ReadonlyMap<string, { readonly text: string; readonly shown: string }>;
}

/**
 * Reads and checks one policy. Within it, paths are relative to the entry's folder, so that a policy compiles to the
 * same bytes wherever it lies and whatever the working folder is. A mistake where a file is there but cannot be read
 * as text, so that nothing is judged or written by half of what stands there.
 */
export const loadPolicy = (
  entry: string,
  { cwd, tests = [], overlay = new Map() }: LoadOptions,
): Loaded | Mistake => {
  const folder = dirname(entry);
  const inside = (path: string): string => {
    const near = relative(folder, path);
    return (isAbsolute(near) ? path : near).split(sep).join("/");
  };
  const outside = (path: string): string => resolve(folder, path);
  const asked = new Set<string>();
  const unread: Mistake[] = [];
  const readIfThere = (path: string): string | undefined => {
    if (!isFile(path)) return undefined;
    const text = readText(path, shownPath(cwd, path));
    if (!isMistake(text)) return text;
    unread.push(text);
    return undefined;
  };
  const host: Host = {
    read: (path) => {
      const absolute = outside(path);
      asked.add(absolute);
      return overlay.get(absolute)?.text ?? readIfThere(absolute);
    },
    resolve: resolvePath,
  };
  const program = loadProgram(inside(entry), host, { tests: tests.map(inside) });
  if (unread[0] !== undefined) return unread[0];
  const result = check(program);
  const show = (path: string): string => {
    const absolute = outside(path);
    return overlay.get(absolute)?.shown ?? shownPath(cwd, absolute);
  };
  return {
    entry: outside(program.entry),
    shown: show(program.entry),
    policy: result.policy,
    diagnostics: result.diagnostics.map((diagnostic) => moved(diagnostic, show)),
    sources: new Map([...result.sources].map(([path, text]) => [show(path), text])),
    widenings: result.widenings.map((widening) => ({
      ...widening,
      at: { ...widening.at, file: show(widening.at.file) },
    })),
    show,
    asked: [...asked],
    imports: program.files.filter(({ role }) => role === "import").map(({ path }) => outside(path)),
  };
};

const isFile = (path: string): boolean => {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
};

/** The same finding with its files renamed. */
const moved = (diagnostic: Diagnostic, show: (path: string) => string): Diagnostic => ({
  ...diagnostic,
  file: show(diagnostic.file),
  related: diagnostic.related.map((cause) => ({ ...cause, file: show(cause.file) })),
  fixes: diagnostic.fixes.map((fix) => ({
    ...fix,
    edits: fix.edits.map((edit) => ({ ...edit, file: show(edit.file) })),
  })),
});
