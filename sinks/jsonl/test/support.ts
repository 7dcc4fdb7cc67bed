import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AuditRecord } from "@agentpolicy/runtime";
import { type AuditLine, readJsonLines } from "../src/index.ts";

export function folder() {
  const path = mkdtempSync(join(tmpdir(), "agentpolicy-jsonl-"));
  return { path, at: (name: string) => join(path, name), remove: () => rmSync(path, { recursive: true }) };
}

export async function linesOf(from: Parameters<typeof readJsonLines>[0]): Promise<AuditLine[]> {
  const lines: AuditLine[] = [];
  for await (const line of readJsonLines(from)) lines.push(line);
  return lines;
}

export const recordsOf = async (path: string): Promise<AuditRecord[]> =>
  (await linesOf(path)).flatMap(({ record }) => (record ? [record] : []));
