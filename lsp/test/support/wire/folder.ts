import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll } from "vitest";

const made: string[] = [];

/** A folder on the disk, until the tests are done. */
export interface Folder {
  readonly uri: string;
  readonly of: (name: string) => string;
  readonly write: (name: string, text: string) => void;
  readonly remove: (name: string) => void;
}

export function folder(files: Readonly<Record<string, string>>): Folder {
  const path = mkdtempSync(join(tmpdir(), "agentpolicy-lsp-"));
  made.push(path);
  const write = (name: string, text: string): void => {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  return {
    uri: pathToFileURL(path).href,
    of: (name) => pathToFileURL(join(path, name)).href,
    write,
    remove: (name) => rmSync(join(path, name)),
  };
}

afterAll(() => {
  for (const path of made) rmSync(path, { recursive: true, force: true });
});
