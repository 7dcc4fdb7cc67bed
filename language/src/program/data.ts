import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { diagnose } from "../diagnostics/define.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { INVALID_DATA } from "../diagnostics/messages/loading.ts";
import type { Location } from "../text/span.ts";
import type { Json } from "../types/type.ts";
import type { DataFile } from "./program.ts";

/** Reads a JSON data file, with the places of its values. A file that is no JSON gives one diagnostic. */
export const readData = (
  text: string,
  path: string,
): { readonly data: DataFile | null; readonly diagnostics: readonly Diagnostic[] } => {
  const errors: ParseError[] = [];
  const options = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false };
  const root = parseTree(text, errors, options);
  const [error] = errors;
  if (error !== undefined || root === undefined) {
    const start = error?.offset ?? 0;
    const at = { file: path, start, end: start + (error?.length ?? 0) };
    const reason = error === undefined ? "ValueExpected" : printParseErrorCode(error.error);
    return { data: null, diagnostics: [diagnose(INVALID_DATA, { reason: words(reason) }, at)] };
  }
  // jsonc-parser sets `__proto__` as a prototype; JSON.parse keeps it as a key.
  const value = JSON.parse(text) as Json;
  return { data: { path, value, at: (keys) => place(path, root, keys) }, diagnostics: [] };
};

/** `CommaExpected` -> `comma expected`. */
const words = (code: string): string => code.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();

const place = (file: string, root: Node, keys: readonly (string | number)[]): Location => {
  const node = findNodeAtLocation(root, [...keys]) ?? root;
  return { file, start: node.offset, end: node.offset + node.length };
};
