import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

/** Where a place is marked in a scenario. Two marks are a range. */
const MARK = "▮";
const SPECS = new URL("../../spec/", import.meta.url);
const ROOT = new URL("../../../", import.meta.url);
/** Writes what is answered into the scenarios, to be read and kept or not. */
const WRITES = process.env.AGENTPOLICY_WRITE_SPECS === "1";

/** Given these files, asked here. */
export interface Asked {
  readonly files: Readonly<Record<string, string>>;
  /** The file with the mark; the first one where there is no mark. */
  readonly path: string;
  readonly offset: number;
  /** The second mark; the first where there is one. */
  readonly end: number;
  /** What stands after `ask`: a new name, a query. */
  readonly words: string;
}

interface Scenario {
  readonly title: string;
  readonly asked: Asked;
  readonly answer: string;
}

interface Block {
  readonly info: readonly string[];
  readonly text: string;
}

const blocksOf = (text: string): readonly Block[] =>
  [...text.matchAll(/^(`{3,})([^\n]*)\n([\s\S]*?)^\1$/gm)].map(([, , info = "", body = ""]) => ({
    info: info.trim().split(/\s+/),
    text: body,
  }));

/**
 * The scenario of one section: files in blocks, `policy.agentpolicy` where a block has no name, then `answer`. A block that
 * names a file of the repository after its own name (`json fs.tools.json examples/…`) is that file.
 */
function scenarioOf(title: string, section: string): Scenario | undefined {
  const blocks = blocksOf(section);
  const answer = blocks.find(({ info }) => info[0] === "answer");
  if (!answer) return undefined;
  const files: Record<string, string> = {};
  let place = { path: "", offset: 0, end: 0 };
  for (const { info, text } of blocks) {
    if (info[0] === "answer") continue;
    const path = info[1] ?? "policy.agentpolicy";
    if (info[2] !== undefined) {
      files[path] = readFileSync(new URL(info[2], ROOT), "utf8");
      continue;
    }
    const [before = "", ...rest] = text.split(MARK);
    files[path] = [before, ...rest].join("");
    if (place.path === "" || rest.length > 0) {
      place = {
        path,
        offset: before.length,
        end: before.length + (rest.length > 1 ? (rest[0] ?? "").length : 0),
      };
    }
  }
  const words = answer.info.slice(1).join(" ");
  return { title, asked: { files, ...place, words }, answer: answer.text };
}

const sectionsOf = (text: string): readonly (readonly [title: string, section: string])[] =>
  text
    .split(/^## /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf("\n")), section]);

/** All scenarios of a feature. */
function* scenariosOf(feature: string): Generator<Scenario & { readonly file: URL }> {
  const folder = new URL(`${feature}/`, SPECS);
  for (const name of readdirSync(fileURLToPath(folder)).sort()) {
    if (!name.endsWith(".md")) continue;
    const file = new URL(name, folder);
    for (const [title, section] of sectionsOf(readFileSync(file, "utf8"))) {
      const scenario = scenarioOf(title, section);
      if (scenario) yield { ...scenario, file };
    }
  }
}

function write(file: URL, title: string, answer: string): void {
  const text = readFileSync(file, "utf8");
  const start = text.indexOf(`## ${title}\n`);
  const section = text.slice(start);
  const block = section.replace(
    /(^```answer[^\n]*\n)[\s\S]*?(^```$)/m,
    (_, opening, closing) => opening + answer + closing,
  );
  writeFileSync(file, text.slice(0, start) + block);
}

/** Given this text, asked here, this answer: each scenario of a feature as a test. `ask` gives lines of text. */
export function scenarios(
  feature: string,
  ask: (asked: Asked) => readonly string[] | Promise<readonly string[]>,
): void {
  for (const { title, asked, answer, file } of scenariosOf(feature)) {
    test(`${feature}: ${title}`, async () => {
      const given = (await ask(asked)).map((line) => `${line}\n`).join("");
      if (WRITES && given !== answer) write(file, title, given);
      else expect(given).toBe(answer);
    });
  }
}
