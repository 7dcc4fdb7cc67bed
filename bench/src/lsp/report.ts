import { machineSaid } from "../harness/machine.ts";
import { shown, table } from "../harness/report.ts";
import type { LspRun } from "./result.ts";

/** A run in words and a table. */
export function lspReport({ date, machine, load, policy, served, full }: LspRun): string {
  const { lines, tools, catalogues } = policy;
  const rows = [...served, ...full].map(({ name, samples, p50, p95, most }) => [
    name,
    shown(samples),
    shown(p50),
    shown(p95),
    shown(most),
  ]);
  return [
    `Measured on ${date}: ${machineSaid(machine)}. Load ${shown(load.before)} before and ${shown(load.after)} after. A policy of ${shown(lines)} lines over ${tools} tools of ${catalogues} catalogues.`,
    table(["milliseconds", "samples", "median", "95th percentile", "longest"], rows),
  ].join("\n\n");
}
