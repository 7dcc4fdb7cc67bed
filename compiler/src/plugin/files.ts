import { readFileSync, writeFileSync } from "node:fs";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { type Host, resolvePath } from "@agentpolicy/language";

/** A host over files that notes down what was asked for, so that a bundler can watch it. */
export interface FileHost extends Host {
  /** Absolute paths of all files asked for, there or not. */
  readonly asked: ReadonlySet<string>;
}

/**
 * Files below and beside `root`. Policies and what is compiled from them know them by their paths relative to it, with
 * `/`, so that the same policy gives the same bytes on every machine.
 */
export const fileHost = (root: string): FileHost => {
  const asked = new Set<string>();
  return {
    asked,
    read: (path) => {
      const file = resolve(root, path);
      asked.add(file);
      return textOf(file);
    },
    resolve: resolvePath,
  };
};

/** The path by which a host over `root` knows a file. */
export const nameBelow = (root: string, file: string): string => {
  const name = relative(root, file);
  return isAbsolute(name) ? file : name.split(sep).join("/");
};

const textOf = (file: string): string | undefined => {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
};

/** Writes a file where its text is not the same already, so that nobody who watches it wakes up for nothing. */
export const writeChanged = (file: string, text: string): void => {
  if (textOf(file) !== text) writeFileSync(file, text);
};
