import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { readCatalogue } from "@agentpolicy/language";
import { thisMachine } from "../harness/machine.ts";
import { withSection } from "../harness/report.ts";
import { openEditor } from "./client.ts";
import { type Amounts, measureEditor, measureFull } from "./measure.ts";
import { catalogues, policyOver } from "./policy.ts";
import { lspReport } from "./report.ts";
import type { LspRun } from "./result.ts";

export interface LspOptions {
  readonly lines: number;
  readonly quick: boolean;
}

const WHOLE: Amounts = { warmup: 10, phrases: 40, hovers: 400, fulls: 11 };
const QUICK: Amounts = { warmup: 1, phrases: 1, hovers: 5, fulls: 2 };

/** Measures the built language server on a large policy; null where the catalogues are not there. */
export async function runLsp({ lines, quick }: LspOptions): Promise<LspRun | null> {
  const found = catalogues();
  if (found === null) return null;
  const policy = policyOver(found, lines);
  const amounts = quick ? QUICK : WHOLE;
  const [before = 0] = loadavg();
  const folder = mkdtempSync(join(tmpdir(), "agentpolicy-bench-"));
  try {
    for (const [name, text] of Object.entries(policy.files)) writeFileSync(join(folder, name), text);
    const uri = pathToFileURL(join(folder, policy.entry)).href;
    const editor = await openEditor(pathToFileURL(folder).href, uri, policy.text);
    const served = await measureEditor(editor, policy.text, amounts);
    await editor.end();
    const full = [measureFull(policy, amounts)];
    const [after = 0] = loadavg();
    return {
      suite: "lsp",
      date: new Date().toISOString().slice(0, 10),
      machine: thisMachine(),
      load: { before, after },
      policy: {
        lines: policy.text.split("\n").length - 1,
        tools: found.reduce((sum, [, text]) => sum + readCatalogue(text, "").tools.length, 0),
        catalogues: found.length,
      },
      served,
      full,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const RESULTS = new URL("../../results/lsp.json", import.meta.url);
const REPORT = new URL("../../RESULTS.md", import.meta.url);

/** Puts a run in the place of the last one. */
export function keepLsp(run: LspRun): void {
  writeFileSync(RESULTS, `${JSON.stringify(run, null, 2)}\n`);
  writeFileSync(REPORT, withSection(readFileSync(REPORT, "utf8"), "lsp", lspReport(run)));
}
