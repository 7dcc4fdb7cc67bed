import { existsSync, readFileSync, statSync } from "node:fs";
import { type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { type Mistake, mistake } from "../result.ts";

/** How `-` is named in messages. */
export const STDIN = "<stdin>";

/** What went wrong with a file, in the words of a person. */
const reasonOf = (error: unknown): string => {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "EACCES" || code === "EPERM") return "permission denied";
  if (code === "ENOTDIR") return "a part of the path is a file, not a folder";
  if (code === "EEXIST") return "a file stands where a folder should be";
  if (code === "ENOSPC") return "the disk is full";
  if (code === "EROFS") return "the file system is read-only";
  if (code === "EISDIR") return "it is a folder";
  return code === "" ? String(error) : code;
};

/** The text that bytes in UTF-8 stand for, without a byte order mark; null where they are none. */
const decoded = (bytes: Uint8Array): string | null => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
};

const notText = (shown: string): Mistake =>
  mistake(`\`${shown}\` is not UTF-8 text`, "save it in UTF-8; nothing was read or written");

export const unusable = (verb: string, shown: string, error: unknown): Mistake =>
  mistake(`cannot ${verb} \`${shown}\`: ${reasonOf(error)}`);

/**
 * The text of a file, or what is wrong with it. UTF-8; a byte order mark is dropped. `shown` is the path as the user
 * wrote it.
 */
export const readText = (path: string, shown: string): string | Mistake => {
  try {
    if (!existsSync(path)) return mistake(`there is no file \`${shown}\``);
    if (statSync(path).isDirectory()) return mistake(`\`${shown}\` is a folder, not a file`);
    return decoded(readFileSync(path)) ?? notText(shown);
  } catch (error) {
    return unusable("read", shown, error);
  }
};

/** All of standard input as text. */
export const readStdin = async (stdin: AsyncIterable<Buffer>): Promise<string | Mistake> => {
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(chunk);
  return decoded(Buffer.concat(chunks)) ?? notText(STDIN);
};

/** Standard input line by line as it comes, with line numbers from 1; the line break is not part of a line. */
export async function* linesOf(
  stdin: AsyncIterable<Buffer>,
): AsyncGenerator<{ readonly number: number; readonly text: string }> {
  const decoder = new TextDecoder("utf-8");
  let rest = "";
  let number = 0;
  for await (const chunk of stdin) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const text of lines) yield { number: ++number, text: text.replace(/\r$/, "") };
  }
  rest += decoder.decode();
  if (rest !== "") yield { number: ++number, text: rest };
}

/** A JSON value, or a mistake that names the line and column where the text stops being JSON. */
export const parseJson = (text: string, shown: string): { readonly value: unknown } | Mistake => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return mistake(`\`${shown}\` is not JSON: ${text.trim() === "" ? "it is empty" : firstError(text)}`);
  }
};

/** What JSON.parse does not say the same way everywhere: what is wrong first, and where. */
const firstError = (text: string): string => {
  const errors: ParseError[] = [];
  parseTree(text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
  const [first] = errors.sort((a, b) => a.offset - b.offset);
  if (first === undefined) return "it cannot be read";
  const before = text.slice(0, first.offset).split("\n");
  const what = printParseErrorCode(first.error)
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
  return `${what}, line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
};
