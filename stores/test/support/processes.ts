import { type ChildProcess, fork } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Job } from "./worker.ts";

export interface Worker<J = Job> {
  /** What Node can run. */
  readonly file: string;
  readonly start: (job: J) => ChildProcess;
  /** Ends those that are still there, too. */
  readonly remove: () => void;
}

/** A worker as one file that Node can run, made from the sources as they are now. */
export async function makeWorker<J = Job>(entry = "./worker.ts"): Promise<Worker<J>> {
  const folder = fileURLToPath(new URL("../.scratch/", import.meta.url));
  mkdirSync(folder, { recursive: true });
  const outfile = `${folder}worker-${process.pid}-${Math.random().toString(36).slice(2)}.mjs`;
  await build({
    entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    conditions: ["agentpolicy-source"],
    external: ["libsql", "pg"],
    logLevel: "warning",
  });
  const started = new Set<ChildProcess>();
  return {
    file: outfile,
    start: (job) => {
      const child = fork(outfile, [JSON.stringify(job)], { execArgv: [] });
      started.add(child);
      child.once("exit", () => started.delete(child));
      return child;
    },
    remove: () => {
      for (const child of started) child.kill("SIGKILL");
      rmSync(outfile, { force: true });
    },
  };
}

/** What a process says next. */
export const next = <T>(child: ChildProcess): Promise<T> =>
  new Promise((resolve, reject) => {
    child.once("message", (message) => resolve(message as T));
    child.once("exit", (code) => reject(new Error(`a worker ended with ${code}`)));
  });

/** Lets processes start, then do their jobs at the same moment; how many attempts ran in each. */
export async function raced<J>(worker: Worker<J>, jobs: readonly J[]): Promise<readonly number[]> {
  const children = jobs.map(worker.start);
  try {
    await Promise.all(children.map(next));
    const answers = children.map((child) => next<{ readonly ran: number }>(child));
    for (const child of children) child.send("go");
    return (await Promise.all(answers)).map(({ ran }) => ran);
  } finally {
    for (const child of children) child.kill("SIGKILL");
  }
}
