import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";

const tsc = fileURLToPath(new URL("../../../node_modules/typescript/bin/tsc", import.meta.url));

/** The lines of one file in which the real `tsc`, at its strictest, finds an error. Other files must have none. */
export const linesWithErrors = (
  folder: string,
  file: string,
  options: Readonly<Record<string, unknown>>,
): readonly number[] => {
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    module: "nodenext",
    target: "es2022",
    types: [],
    customConditions: ["agentpolicy-source"],
    allowImportingTsExtensions: true,
    ...options,
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: [file] }));
  const output = said(folder);
  const found = [...output.matchAll(/^([^\s(]+)\((\d+),\d+\): error/gm)];
  expect(new Set(found.map(([, where]) => where)), output).toEqual(new Set(found.length > 0 ? [file] : []));
  return [...new Set(found.map(([, , line]) => Number(line)))].sort((a, b) => a - b);
};

const said = (folder: string): string => {
  try {
    execFileSync(process.execPath, [tsc, "-p", folder], { cwd: folder });
    return "";
  } catch (error) {
    return String((error as { readonly stdout: Buffer }).stdout);
  }
};
