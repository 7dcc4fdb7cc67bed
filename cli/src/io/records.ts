import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { resolve } from "node:path";
import { isMistake, type Mistake, mistake } from "../result.ts";
import type { World } from "../world.ts";
import { linesOf, STDIN, unusable } from "./read.ts";

/** A file of JSON lines; `value` is undefined where a line is no JSON. Blank lines are left out. */
export interface JsonLines {
  readonly shown: string;
  /** Whether it can be read again. */
  readonly again: boolean;
  readonly lines: () => AsyncIterable<JsonLine>;
}

export interface JsonLine {
  /** From 1. */
  readonly number: number;
  readonly value: unknown;
}

/** Opens a file of JSON lines, or standard input for `-`. */
export const openJsonLines = async (file: string, world: World): Promise<JsonLines | Mistake> => {
  if (file === "-") return { shown: STDIN, again: false, lines: () => valuesOf(world.stdin) };
  const path = resolve(world.cwd, file);
  const wrong = await readable(path, file);
  return isMistake(wrong)
    ? wrong
    : { shown: file, again: true, lines: () => valuesOf(createReadStream(path) as AsyncIterable<Buffer>) };
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

async function* valuesOf(source: AsyncIterable<Buffer>): AsyncGenerator<JsonLine> {
  for await (const { number, text } of linesOf(source)) {
    if (text.trim() !== "") yield { number, value: jsonOf(text) };
  }
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
