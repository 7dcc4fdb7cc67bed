import { diagnose } from "../diagnostics/define.ts";
import type { Diagnostic, Fix } from "../diagnostics/diagnostic.ts";
import { LOOK_ALIKE_NAME, LOOK_ALIKE_TEXT } from "../diagnostics/messages/unicode.ts";
import type { Name, SourceFile, StringNode } from "../syntax/ast.ts";
import type { Span } from "../text/span.ts";
import type { LintInput } from "./input.ts";
import { placeOf } from "./tree.ts";
import { codeName } from "./unicode/characters.ts";
import { isAscii, isMixed, lookAlikeOf, looksAscii, plainLook } from "./unicode/look-alikes.ts";
import { textsOf } from "./unicode/texts.ts";

/** Letters of one script that pass for those of another. Texts for people may be in any script. */
export const lookAlikes = (input: LintInput): readonly Diagnostic[] => {
  if (input.files.every(({ text }) => isAscii(text))) return [];
  const texts = input.files.map((file) => ({ file, ...textsOf(file) }));
  const known = new Set(texts.flatMap(({ names }) => names.map(({ text }) => text)));
  return texts.flatMap(({ file, names, strings }) => [
    ...names.flatMap((name) => inName(name, file, known)),
    ...strings.flatMap((text) => inText(text, file)),
  ]);
};

/** A name in one other script is someone's language, unless another name looks the same. */
const inName = (name: Name, file: SourceFile, known: ReadonlySet<string>): readonly Diagnostic[] => {
  if (isAscii(name.text)) return [];
  const meant = plainLook(name.text);
  if (!isMixed(name.text) && !(looksAscii(name.text) && known.has(meant))) return [];
  const facts = { name: name.text, meant, ...foreign(name.text) };
  return [diagnose(LOOK_ALIKE_NAME, facts, placeOf(file, name), { fixes: [rewrite(name, file)] })];
};

const WORDS = /[\p{L}\p{M}\p{N}_]+/gu;
/** A host name below an ASCII top-level domain, on its own or in an address. */
const HOSTS = /(?:[\p{L}\p{M}\p{N}-]+\.)+[a-z]{2,}(?![\p{L}\p{N}])/giu;

const inText = (text: StringNode, file: SourceFile): readonly Diagnostic[] => {
  const written = file.text.slice(text.start, text.end);
  if (isAscii(written)) return [];
  const spans = new Map<number, { readonly span: Span; readonly word: string }>();
  const add = (word: string, at: number): void => {
    const start = text.start + at;
    spans.set(start, { span: { start, end: start + word.length }, word });
  };
  for (const { 0: word, index } of written.matchAll(WORDS)) if (isMixed(word)) add(word, index);
  for (const { 0: host, index } of written.matchAll(HOSTS))
    for (const { 0: label, index: at } of host.matchAll(WORDS)) if (looksAscii(label)) add(label, index + at);
  return [...spans.values()].map(({ span, word }) => {
    const facts = { word, meant: plainLook(word), ...foreign(word) };
    return diagnose(LOOK_ALIKE_TEXT, facts, placeOf(file, span), { fixes: [rewrite(span, file)] });
  });
};

/** The first letter that passes for another. */
const foreign = (text: string): { readonly letter: string; readonly code: string; readonly like: string } => {
  const letter = [...text].find((character) => lookAlikeOf(character) !== null) ?? "";
  return { letter, code: codeName(letter), like: lookAlikeOf(letter) ?? "" };
};

const rewrite = ({ start, end }: Span, file: SourceFile): Fix => {
  const text = plainLook(file.text.slice(start, end));
  return { title: `write \`${text}\``, preferred: false, edits: [{ file: file.path, start, end, text }] };
};
