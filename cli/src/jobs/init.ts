import { existsSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { readCatalogue } from "@agentpolicy/language";
import type { Bench } from "../bench.ts";
import { ENDING, shownPath } from "../io/find.ts";
import { loadPolicy } from "../io/load.ts";
import { readStdin, readText, STDIN } from "../io/read.ts";
import { writeText } from "../io/write.ts";
import { serverName } from "../mcp/name.ts";
import { type PlaceOptions, placeOf } from "../mcp/place.ts";
import { counted } from "../output/counted.ts";
import { findingsText, hasFindings, tally } from "../output/findings.ts";
import { jsonDiagnostic } from "../output/json.ts";
import { jsonText } from "../output/json-text.ts";
import { placesIn } from "../output/places.ts";
import { report } from "../report.ts";
import { EXIT, isMistake, type Mistake, mistake } from "../result.ts";
import { makeStarter, type Starter } from "../starter/starter.ts";
import { freeName } from "../starter/words.ts";
import type { World } from "../world.ts";

/** The options of `agentpolicy init`, as commander gives them. */
export interface InitOptions extends PlaceOptions {
  readonly out: string;
  readonly name?: string;
  readonly force?: true;
  readonly timeout: number;
  readonly format: "pretty" | "json";
}

/** The catalogue to start from. `path` is null where it is not a file yet and has to be written. */
interface Origin {
  readonly text: string;
  readonly path: string | null;
  readonly shown: string;
  readonly name: string;
}

export const makePolicy = async (
  catalogue: string | undefined,
  options: InitOptions,
  { world, server }: Bench,
): Promise<number> => {
  const origin = await originOf(catalogue, options, server, world);
  if (isMistake(origin)) return report(world, origin);
  const { name, folder, file } = targetOf(options, origin, world);
  if (!/^[A-Za-z][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*$/.test(name) || freeName(name) !== name) {
    return report(
      world,
      mistake(
        `\`${name}\` cannot name a policy`,
        "letters, digits, `_` and inner `-`, and no word of the language",
      ),
    );
  }
  const { tools, diagnostics } = readCatalogue(origin.text, origin.shown);
  const broken = diagnostics.filter(({ severity }) => severity === "error");
  if (broken.length > 0) {
    world.err(findingsText(broken, new Map([[origin.shown, origin.text]]), world.style.err));
    return EXIT.findings;
  }
  if (tools.length === 0) return report(world, mistake(`there are no tools in \`${origin.shown}\``));
  const cataloguePath = origin.path ?? join(folder, `${name}.tools.json`);
  const starter = makeStarter(name, tools, specifier(folder, cataloguePath));
  const files = [
    ...(origin.path === null ? [{ path: cataloguePath, text: origin.text }] : []),
    { path: join(folder, `${file}${ENDING}`), text: starter.policy },
    { path: join(folder, `${file}.test${ENDING}`), text: starter.tests },
  ];
  const failed = writeNew(files, options.force === true, world);
  if (failed !== null) return report(world, failed);
  return tell(files, starter, options.format, world);
};

/** Where to write and what to call it: by the name or the file that the user gives, else after the server. */
const targetOf = ({ out, name }: InitOptions, origin: Origin, world: World) => {
  const path = resolve(world.cwd, out);
  if (out.endsWith(ENDING)) {
    const file = basename(path, ENDING);
    return { folder: dirname(path), file, name: name ?? freeName(serverName(file)) };
  }
  const own = name ?? freeName(origin.name);
  return { folder: path, file: own, name: own };
};

const originOf = async (
  catalogue: string | undefined,
  options: InitOptions,
  server: readonly string[] | null,
  world: World,
): Promise<Origin | Mistake> => {
  const place = placeOf(options, server);
  if (place !== null && isMistake(place)) return place;
  if (place === null) {
    if (catalogue === undefined) {
      return mistake(
        "which tools? give a catalogue file, a server's command after `--`, or --url",
        "see agentpolicy init --help",
      );
    }
    if (catalogue === "-") {
      const text = await readStdin(world.stdin);
      return isMistake(text) ? text : { text, path: null, shown: STDIN, name: "tools" };
    }
    const path = resolve(world.cwd, catalogue);
    const text = readText(path, catalogue);
    return isMistake(text)
      ? text
      : { text, path, shown: shownPath(world.cwd, path), name: serverName(basename(path)) };
  }
  if (catalogue !== undefined) return mistake("give a catalogue file or a server, not both");
  const { withServer } = await import("../mcp/server.ts");
  const { catalogueText, listTools } = await import("../mcp/tools.ts");
  return withServer(place, options.timeout, world, async (client, timeout): Promise<Origin | Mistake> => {
    const tools = await listTools(client, timeout);
    if (isMistake(tools)) return tools;
    const name = serverName(client.getServerVersion()?.name ?? "server");
    return { text: catalogueText(tools), path: null, shown: `${name}.tools.json`, name };
  });
};

/** The catalogue's path as the policy writes it. */
const specifier = (folder: string, catalogue: string): string => {
  const near = relative(folder, catalogue).split(sep).join("/");
  return near.startsWith(".") || near.startsWith("/") ? near : `./${near}`;
};

const writeNew = (
  files: readonly { readonly path: string; readonly text: string }[],
  force: boolean,
  world: World,
): Mistake | null => {
  const there = files.find(({ path }) => existsSync(path));
  if (there !== undefined && !force) {
    return mistake(
      `\`${shownPath(world.cwd, there.path)}\` is already there`,
      "give --force to write over it, or -o or --name to write elsewhere",
    );
  }
  for (const { path, text } of files) {
    const failed = writeText(path, text, shownPath(world.cwd, path));
    if (failed !== null) return failed;
  }
  return null;
};

/** Checks what was written, as its author would, and says what there is now. */
const tell = async (
  files: readonly { readonly path: string }[],
  { counts }: Starter,
  format: InitOptions["format"],
  world: World,
): Promise<number> => {
  const [policy = "", tests = ""] = files.slice(-2).map(({ path }) => path);
  const loaded = loadPolicy(policy, { cwd: world.cwd, tests: [tests] });
  if (isMistake(loaded)) return report(world, loaded);
  const { diagnostics, sources } = loaded;
  const findings = diagnostics.filter(({ severity }) => severity !== "hint");
  const shown = files.map(({ path }) => shownPath(world.cwd, path));
  const code = hasFindings(tally(findings)) ? EXIT.findings : EXIT.fine;
  if (format === "json") {
    const places = placesIn(sources);
    await world.out(
      jsonText({ files: shown, ...counts, diagnostics: findings.map((one) => jsonDiagnostic(one, places)) }),
    );
    return code;
  }
  const style = world.style.out;
  const { allowed, approval, denied } = counts;
  await world.out(
    `${shown.map((path) => `${style.green("wrote")} ${path}\n`).join("")}\n` +
      `${counted(allowed, "tool")} may run, ${approval} wait${approval === 1 ? "s" : ""} for approval, ` +
      `${denied} ${denied === 1 ? "is" : "are"} denied.\n` +
      `Next: ${style.bold(`agentpolicy test ${shownPath(world.cwd, policy)}`)}\n`,
  );
  world.err(findingsText(findings, sources, world.style.err));
  return code;
};
