import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { resolve } from "node:path";
import { type AuditLine, readJsonLines } from "@agentpolicy/sink-jsonl";
import { isMistake, type Mistake, mistake } from "../result.ts";
import type { World } from "../world.ts";
import { STDIN, unusable } from "./read.ts";

/** A file of audit records. */
export interface RecordFile {
  readonly shown: string;
  /** Whether it can be read again. */
  readonly again: boolean;
  readonly lines: () => AsyncIterable<AuditLine>;
}

/** Opens a file of audit records as JSON lines, or standard input for `-`. */
export const openRecords = async (file: string, world: World): Promise<RecordFile | Mistake> => {
  if (file === "-") return { shown: STDIN, again: false, lines: () => readJsonLines(world.stdin) };
  const path = resolve(world.cwd, file);
  const wrong = await readable(path, file);
  return isMistake(wrong)
    ? wrong
    : { shown: file, again: true, lines: () => readJsonLines(createReadStream(path)) };
};

const readable = async (path: string, shown: string): Promise<Mistake | null> => {
  try {
    const file = await open(path, "r");
    const isFolder = (await file.stat()).isDirectory();
    await file.close();
    return isFolder ? mistake(`\`${shown}\` is a folder, not a file`) : null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT"
      ? mistake(`there is no file \`${shown}\``)
      : unusable("read", shown, error);
  }
};
