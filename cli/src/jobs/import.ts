import { existsSync } from "node:fs";
import { basename, resolve } from "node:path";
import { importAgentiam, type PolicyFailure, type WrittenRules } from "@agentpolicy/compiler";
import { ENDING, shownPath } from "../io/find.ts";
import { loadPolicy } from "../io/load.ts";
import { parseJson, readStdin, readText, STDIN } from "../io/read.ts";
import { writeText } from "../io/write.ts";
import { counted } from "../output/counted.ts";
import { findingsText, hasFindings, tally } from "../output/findings.ts";
import { jsonDiagnostic } from "../output/json.ts";
import { jsonText } from "../output/json-text.ts";
import { placesIn } from "../output/places.ts";
import { report } from "../report.ts";
import { EXIT, isMistake, type Mistake, mistake } from "../result.ts";
import type { World } from "../world.ts";

/** The options of `agentpolicy import`, as commander gives them. */
export interface ImportOptions {
  readonly out?: string;
  readonly internalDomain?: readonly string[];
  readonly force?: true;
  readonly format: "pretty" | "json";
}

export const importRules = async (file: string, options: ImportOptions, world: World): Promise<number> => {
  const target = targetOf(options, world);
  if (isMistake(target)) return report(world, target);
  const given = await read(file, world);
  if (isMistake(given)) return report(world, given);
  const written = importAgentiam(given.value, {
    name: file === "-" ? "policy" : basename(file).replace(/\..*$/s, ""),
    ...(options.internalDomain && { internalDomains: options.internalDomain }),
  });
  if (written.text === null) return refuse(written.failures, file === "-" ? STDIN : file, options, world);
  if (target.path !== null) {
    const failed = writeText(target.path, written.text, target.shown);
    if (failed !== null) return report(world, failed);
  }
  return tell(written.text, written, target, options, world);
};

/** Where to write; `path` is null for standard output. */
interface Target {
  readonly path: string | null;
  readonly shown: string;
}

const targetOf = ({ out, force }: ImportOptions, world: World): Target | Mistake => {
  if (out === undefined || out === "-") return { path: null, shown: `policy${ENDING}` };
  if (!out.endsWith(ENDING))
    return mistake(`\`${out}\` is no name for a policy: it does not end in ${ENDING}`);
  const path = resolve(world.cwd, out);
  const shown = shownPath(world.cwd, path);
  return existsSync(path) && force !== true
    ? mistake(`\`${shown}\` is already there`, "give --force to write over it, or -o to write elsewhere")
    : { path, shown };
};

const read = async (file: string, world: World): Promise<{ readonly value: unknown } | Mistake> => {
  const shown = file === "-" ? STDIN : file;
  const text = file === "-" ? await readStdin(world.stdin) : readText(resolve(world.cwd, file), file);
  return isMistake(text) ? text : parseJson(text, shown);
};

/** Says everything that is wrong with the objects; nothing is written. */
const refuse = async (
  failures: readonly PolicyFailure[],
  shown: string,
  { format }: ImportOptions,
  world: World,
): Promise<number> => {
  if (format === "json") {
    await world.out(jsonText({ file: null, failures }));
    return EXIT.findings;
  }
  const { red, bold, dim } = world.style.err;
  const lines = failures.map(({ path, message }) => {
    const where = path === "" ? "" : ` ${dim(`at ${seen(path)}`)}`;
    return `${red(bold("error"))}${bold(":")} ${seen(message)}${where}\n`;
  });
  const asksDomains = failures.some(({ path }) => path.endsWith(".externalEmail"));
  const hint = asksDomains ? `  ${dim("give your own domains: --internal-domain acme.com")}\n` : "";
  const sum = `${red("✗")} ${shown}: ${counted(failures.length, "error")}, nothing written\n`;
  world.err(`${lines.join("")}${hint}\n${sum}`);
  return EXIT.findings;
};

/** What terminals obey or nobody sees is not printed. */
const seen = (text: string): string => text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "·");

/** Checks what was written, as its author would, and says what it does not say. */
const tell = async (
  text: string,
  { differences, names }: WrittenRules,
  { path, shown }: Target,
  { format }: ImportOptions,
  world: World,
): Promise<number> => {
  const entry = path ?? resolve(world.cwd, shown);
  const loaded = loadPolicy(entry, { cwd: world.cwd, overlay: new Map([[entry, { text, shown }]]) });
  if (isMistake(loaded)) return report(world, loaded);
  const { diagnostics, sources } = loaded;
  const findings = diagnostics.filter(({ severity }) => severity !== "hint");
  const code = hasFindings(tally(findings)) ? EXIT.findings : EXIT.fine;
  if (format === "json") {
    const places = placesIn(sources);
    const parts = { file: path === null ? null : shown, ...(path === null && { policy: text }) };
    const rules = Object.fromEntries(names);
    const found = findings.map((one) => jsonDiagnostic(one, places));
    await world.out(jsonText({ ...parts, rules, differences, diagnostics: found }));
    return code;
  }
  const style = world.style.err;
  if (path === null) await world.out(text);
  else world.err(`${style.green("wrote")} ${shown} (${counted(names.size, "rule")})\n`);
  if (differences.length > 0) {
    world.err(`\nNot as the rule objects had it:\n${differences.map((one) => `- ${seen(one)}\n`).join("")}`);
  }
  world.err(findingsText(findings, sources, style));
  return code;
};
