import { existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { report } from "../report.ts";
import { mistake } from "../result.ts";
import type { World } from "../world.ts";

/** What one run of a watched command gives: its exit code and the files that it depends on (absolute paths). */
export interface Run {
  readonly code: number;
  readonly files: readonly string[];
}

/** How long a file must be at rest before the next run, so that saving many files is one change. Milliseconds. */
const REST = 60;

/**
 * Runs once, or again and again as files change, until the command is interrupted. `args` are the user's files and
 * folders: a folder is watched whole, so that new files count.
 */
export const runOrWatch = async (
  watch: boolean,
  args: readonly string[],
  world: World,
  run: () => Promise<Run>,
): Promise<number> => {
  if (!watch) return (await run()).code;
  if (args.includes("-")) return report(world, mistake("standard input cannot be watched"));
  const { watch: watchFiles } = await import("chokidar");
  const first = await run();
  return new Promise((_never, reject) => {
    const watcher = watchFiles(targets(args, first.files, world), {
      ignoreInitial: true,
      ignored: (path) => /(?:^|[/\\])(?:node_modules|\.git|dist)(?:$|[/\\])/.test(path),
    });
    const forget = world.onInterrupt(() => watcher.close());
    let timer: NodeJS.Timeout | undefined;
    let running = false;
    let again = false;
    const next = async (): Promise<void> => {
      if (running) {
        again = true;
        return;
      }
      running = true;
      do {
        again = false;
        world.err(
          `${world.style.err.dim(`── ${new Date(world.now()).toLocaleTimeString("en-GB")} `.padEnd(60, "─"))}\n`,
        );
        const { files } = await run();
        watcher.add(targets(args, files, world));
      } while (again);
      running = false;
    };
    watcher.on("all", () => {
      clearTimeout(timer);
      timer = setTimeout(() => next().catch(reject), REST);
    });
    watcher.on("ready", () => world.err(`${world.style.err.dim("watching; press Ctrl-C to stop")}\n`));
    watcher.on("error", (error) => {
      forget();
      reject(error);
    });
  });
};

/** The files, and for those that are not there the nearest folder that is. */
const targets = (args: readonly string[], files: readonly string[], world: World): string[] => {
  const named = args.filter((arg) => !/[*?]/.test(arg)).map((arg) => resolve(world.cwd, arg));
  const folders = args
    .filter((arg) => /[*?]/.test(arg))
    .map((arg) => resolve(world.cwd, arg.split(/[*?]/)[0] ?? ""));
  return [...new Set([...named, ...folders, ...files].map(nearest))];
};

const nearest = (path: string): string => {
  let at = path;
  while (!existsSync(at) && dirname(at) !== at) at = dirname(at);
  return at === path || !statSync(at).isDirectory() ? at : at;
};
