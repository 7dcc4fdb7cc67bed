import type { Diagnostic } from "@agentpolicy/language";
import { format } from "@agentpolicy/language";
import { findPolicies, shownPath } from "../io/find.ts";
import { readStdin, readText, STDIN } from "../io/read.ts";
import { writeText } from "../io/write.ts";
import { counted } from "../output/counted.ts";
import { findingsText } from "../output/findings.ts";
import { jsonDiagnostic } from "../output/json.ts";
import { jsonText } from "../output/json-text.ts";
import { placesIn } from "../output/places.ts";
import { report } from "../report.ts";
import { EXIT, isMistake, type Mistake, mistake } from "../result.ts";
import type { World } from "../world.ts";
import type { Run } from "./watch.ts";

/** The options of `agentpolicy fmt`, as commander gives them. */
export interface FmtOptions {
  readonly check?: true;
  readonly format: "pretty" | "json";
  readonly watch?: true;
}

/** One file before and after. */
interface Formatted {
  readonly path: string | null;
  readonly shown: string;
  readonly before: string;
  readonly after: string;
  readonly diagnostics: readonly Diagnostic[];
}

export const formatFiles = async (
  files: readonly string[],
  options: FmtOptions,
  world: World,
): Promise<Run> => {
  const read = await readAll(files, world);
  if (isMistake(read)) return { code: report(world, read), files: [] };
  const all = read.map(({ path, shown, before }): Formatted => {
    const { text, diagnostics } = format(before, shown);
    const broken = diagnostics.some(({ severity }) => severity === "error");
    return { path, shown, before, after: broken ? before : text, diagnostics };
  });
  if (options.check !== true) {
    for (const { path, shown, before, after } of all) {
      const failed = path === null || before === after ? null : writeText(path, after, shown);
      if (failed !== null) return { code: report(world, failed), files: [] };
    }
  }
  const code = await tell(all, options, world);
  return { code, files: all.flatMap(({ path }) => (path === null ? [] : [path])) };
};

const readAll = async (
  files: readonly string[],
  world: World,
): Promise<
  readonly { readonly path: string | null; readonly shown: string; readonly before: string }[] | Mistake
> => {
  if (files.includes("-")) {
    if (files.length > 1) return mistake("`-` (standard input) stands alone");
    const before = await readStdin(world.stdin);
    return isMistake(before) ? before : [{ path: null, shown: STDIN, before }];
  }
  const found = findPolicies(files, world.cwd);
  if (isMistake(found)) return found;
  const read = [];
  for (const { path } of found) {
    const shown = shownPath(world.cwd, path);
    const before = readText(path, shown);
    if (isMistake(before)) return before;
    read.push({ path, shown, before });
  }
  return read;
};

/** Says what was done and gives the exit code. */
const tell = async (
  all: readonly Formatted[],
  { check, format: form }: FmtOptions,
  world: World,
): Promise<number> => {
  const changed = all.filter(({ before, after }) => before !== after);
  const broken = all.filter(({ diagnostics }) => diagnostics.some(({ severity }) => severity === "error"));
  const failed = broken.length > 0 || (check === true && changed.length > 0);
  const sources = new Map(all.map(({ shown, before }) => [shown, before]));
  const diagnostics = broken.flatMap((file) => file.diagnostics);
  const stdin = all.find(({ path }) => path === null);
  if (form === "json") {
    const places = placesIn(sources);
    await world.out(
      jsonText({
        files: all.map(({ shown, before, after }) => ({
          file: shown,
          changed: before !== after,
          ...(stdin === undefined || check === true ? {} : { text: after }),
        })),
        diagnostics: diagnostics.map((one) => jsonDiagnostic(one, places)),
      }),
    );
    return failed ? EXIT.findings : EXIT.fine;
  }
  world.err(findingsText(diagnostics, sources, world.style.err));
  if (stdin !== undefined && check !== true) {
    await world.out(stdin.after);
    return failed ? EXIT.findings : EXIT.fine;
  }
  const style = world.style.out;
  const verb = check === true ? style.yellow("not formatted") : style.green("formatted");
  const lines = changed.map(({ shown }) => `${verb} ${shown}\n`);
  const rest = all.length - changed.length - broken.length;
  const word = check === true ? "formatted" : "already formatted";
  const last = rest > 0 || all.length === 0 ? [`${counted(rest, "file")} ${word}\n`] : [];
  await world.out([...lines, ...last].join(""));
  return failed ? EXIT.findings : EXIT.fine;
};
