import type { Machine } from "../harness/machine.ts";

/** Times of one kind, in milliseconds. */
export interface Latency {
  readonly name: string;
  readonly samples: number;
  readonly p50: number;
  readonly p95: number;
  readonly most: number;
}

export interface LspRun {
  readonly suite: "lsp";
  readonly date: string;
  readonly machine: Machine;
  /** Processes that wanted to run, on average, before and after: with more than there are CPUs everything waits. */
  readonly load: { readonly before: number; readonly after: number };
  readonly policy: { readonly lines: number; readonly tools: number; readonly catalogues: number };
  /** Over the wire, as an editor meets it. */
  readonly served: readonly Latency[];
  /** The whole policy checked from nothing, by a process that is warm. */
  readonly full: readonly Latency[];
}
