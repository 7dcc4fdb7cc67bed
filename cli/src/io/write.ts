import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Mistake } from "../result.ts";
import { unusable } from "./read.ts";

/**
 * Writes a file whole or not at all: to a neighbour first, which then takes its place. Folders on the way are made.
 * `shown` is the path for messages.
 */
export const writeText = (path: string, text: string, shown: string): Mistake | null => {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(draft, text);
    renameSync(draft, path);
    return null;
  } catch (error) {
    discard(draft);
    return unusable("write", shown, error);
  }
};

const discard = (draft: string): void => {
  try {
    rmSync(draft, { force: true });
  } catch {
    // There is nothing to discard where its folder cannot even be looked into.
  }
};

/** Whether the file already holds exactly this text. */
export const holds = (path: string, text: string): boolean => {
  try {
    return readFileSync(path, "utf8") === text;
  } catch {
    return false;
  }
};
