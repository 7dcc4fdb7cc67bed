import { diagnose } from "../diagnostics/define.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { INVALID_DATA } from "../diagnostics/messages/loading.ts";
import { type JsonNode, readJson } from "../schema/json.ts";
import type { Location } from "../text/span.ts";
import type { DataFile } from "./program.ts";

/** Reads a JSON data file, with the places of its values. A file that is no JSON gives one diagnostic. */
export const readData = (
  text: string,
  path: string,
): { readonly data: DataFile | null; readonly diagnostics: readonly Diagnostic[] } => {
  const { root, mistakes } = readJson(text);
  const [mistake] = mistakes;
  if (mistake !== undefined || root === null) {
    const { reason, start, end } = mistake ?? { reason: "expected a value", start: 0, end: 0 };
    return { data: null, diagnostics: [diagnose(INVALID_DATA, { reason }, { file: path, start, end })] };
  }
  return { data: { path, value: root.value, at: (keys) => place(path, root, keys) }, diagnostics: [] };
};

type DataReading = ReturnType<typeof readData>;

/** As many data files are kept; the one not used longest goes first. */
const MOST_FILES = 64;

const remembered = new Map<string, { readonly text: string; readonly reading: DataReading }>();

/** Reads a data file as `readData` does, or gives what came of reading the same text of the same file before. */
export const rememberedData = (text: string, path: string): DataReading => {
  const before = remembered.get(path);
  const reading = before?.text === text ? before.reading : readData(text, path);
  remembered.delete(path);
  remembered.set(path, { text, reading });
  for (const oldest of remembered.keys()) if (remembered.size > MOST_FILES) remembered.delete(oldest);
  return reading;
};

/** The place of the value at a path of keys and indices; of the whole where there is none. */
const place = (file: string, root: JsonNode, keys: readonly (string | number)[]): Location => {
  let node: JsonNode | undefined = root;
  for (const key of keys) {
    node = typeof key === "number" ? node?.items?.[key] : node?.entries?.get(key)?.node;
  }
  const { start, end } = node ?? root;
  return { file, start, end };
};
