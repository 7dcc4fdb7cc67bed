import type { CheckedPolicy } from "@agentpolicy/language";
import { addSegment, GenMapping, setSourceContent, toEncodedMap } from "@jridgewell/gen-mapping";
import { MARK, type Module } from "./module.ts";

/** The code without its marks, and the source map (version 3, with the sources) that they come to. */
export const withoutMarks = (
  marked: string,
  module: Module,
  file: string,
): { readonly code: string; readonly map: string } => {
  const map = new GenMapping({ file });
  const lines = marked.split("\n").map((line, number) => {
    let plain = "";
    let last = 0;
    for (const found of line.matchAll(MARK)) {
      plain += line.slice(last, found.index);
      last = found.index + found[0].length;
      const at = module.marks[Number(found[1])]!;
      const { line: sourceLine, character } = module.position(at);
      addSegment(map, number, plain.length, at.file, sourceLine, character);
    }
    return plain + line.slice(last);
  });
  keepContents(map, module.policy);
  return { code: lines.join("\n"), map: JSON.stringify(toEncodedMap(map)) };
};

const keepContents = (map: GenMapping, policy: CheckedPolicy): void => {
  for (const { path, text, kind } of policy.sources) {
    if (kind === "policy") setSourceContent(map, path, text);
  }
};
