import { readFileSync, statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { FileSource } from "./source.ts";
import { uriOfPath } from "./uris.ts";

const ENDING = /\.(?:agentpolicy|json)$/;
const SKIPPED = new Set(["node_modules", ".git", "dist"]);

/** Files on the disk. What has another scheme than `file` is not there. */
export function diskFiles(): FileSource {
  const stamps = new Map<string, string>();
  return {
    read: (path) => {
      const file = systemPath(path);
      if (file === undefined) return undefined;
      stamps.set(path, stampOf(file));
      return textOf(file);
    },
    find: async (folders) => {
      const found = await Promise.all(folders.map(filesBelow));
      return [...new Set(found.flat())].sort();
    },
    beside: filesBeside,
    arrived: async () => [],
    forget: () => undefined,
    stale: () =>
      [...stamps].flatMap(([path, before]) => {
        const now = stampOf(systemPath(path) ?? "");
        stamps.set(path, now);
        return now === before ? [] : [path];
      }),
  };
}

/** The path as the operating system has it. */
function systemPath(path: string): string | undefined {
  if (!path.startsWith("/")) return undefined;
  try {
    return fileURLToPath(uriOfPath(path));
  } catch {
    return undefined;
  }
}

/** The text of a file in UTF-8, without a byte order mark; undefined for what is no such text. */
function textOf(file: string): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file));
  } catch {
    return undefined;
  }
}

const stampOf = (file: string): string => {
  const stats = file === "" ? undefined : statSync(file, { throwIfNoEntry: false });
  return stats === undefined ? "" : `${stats.mtimeMs} ${stats.size}`;
};

/** Links to folders are not followed, so that no circle is walked. */
async function filesBelow(folder: string): Promise<readonly string[]> {
  const place = systemPath(folder);
  const entries = place === undefined ? [] : await readdir(place, { withFileTypes: true }).catch(() => []);
  const found = await Promise.all(
    entries.map(async (entry): Promise<readonly string[]> => {
      const path = `${folder.replace(/\/$/, "")}/${entry.name}`;
      if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : filesBelow(path);
      return ENDING.test(entry.name) ? [path] : [];
    }),
  );
  return found.flat();
}

async function filesBeside(path: string): Promise<readonly string[]> {
  const folder = path.slice(0, path.lastIndexOf("/"));
  const place = systemPath(folder);
  const names = place === undefined ? [] : await readdir(place).catch(() => []);
  return names.filter((name) => ENDING.test(name)).map((name) => `${folder}/${name}`);
}
