import { diagnose } from "../diagnostics/define.ts";
import type { Diagnostic, Fix } from "../diagnostics/diagnostic.ts";
import {
  INVISIBLE_CHARACTER,
  INVISIBLE_IN_NAME,
  BIDI_CONTROL as TURNED,
} from "../diagnostics/messages/unicode.ts";
import type { SourceFile, StringNode } from "../syntax/ast.ts";
import type { Span } from "../text/span.ts";
import type { LintInput } from "./input.ts";
import { placeOf } from "./tree.ts";
import { bidiControlsIn, codeName, escaped, type Place, unseenIn } from "./unicode/characters.ts";
import { textsOf } from "./unicode/texts.ts";

/** Characters that nobody sees: they turn text round, or make two texts differ that look the same. */
export const hiddenCharacters = ({ files }: LintInput): readonly Diagnostic[] => files.flatMap(inFile);

/** Most files hold nothing else, so that nothing needs to be searched for. */
const PLAIN = /^[\t\n\r\x20-\x7e]*$/u;

const inFile = (file: SourceFile): readonly Diagnostic[] => {
  if (PLAIN.test(file.text)) return [];
  const { names, strings, prose, patterns } = textsOf(file);
  const literals = [...strings, ...prose, ...patterns];
  return [
    ...bidiControlsIn(file.text).map((place) => turned(place, file, literals)),
    ...names.flatMap((name) => unseen(name, file).map((place) => inName(place, file))),
    ...[...strings, ...patterns].flatMap((text) =>
      unseen(text, file).map((place) => inText(place, file, text)),
    ),
  ];
};

const unseen = (span: Span, file: SourceFile): readonly Place[] =>
  unseenIn(file.text.slice(span.start, span.end)).map(({ start, end, character }) => ({
    start: span.start + start,
    end: span.start + end,
    character,
  }));

const turned = (place: Place, file: SourceFile, literals: readonly StringNode[]): Diagnostic => {
  const literal = literals.find(({ start, end }) => start < place.start && place.end < end);
  const fixes = literal === undefined ? [edit("remove it", place, file, "")] : escapeIn(literal, place, file);
  return diagnose(TURNED, { code: codeName(place.character) }, placeOf(file, place), { fixes });
};

const inName = (place: Place, file: SourceFile): Diagnostic =>
  diagnose(INVISIBLE_IN_NAME, { code: codeName(place.character) }, placeOf(file, place), {
    fixes: [edit("remove it", place, file, "")],
  });

const inText = (place: Place, file: SourceFile, literal: StringNode): Diagnostic =>
  diagnose(INVISIBLE_CHARACTER, { code: codeName(place.character) }, placeOf(file, place), {
    fixes: [...escapeIn(literal, place, file), edit("remove it", place, file, "")],
  });

/** A raw string has no escapes. */
const escapeIn = (literal: StringNode, place: Place, file: SourceFile): readonly Fix[] => {
  const text = escaped(place.character);
  return literal.raw ? [] : [edit(`write \`${text}\``, place, file, text)];
};

const edit = (title: string, { start, end }: Place, file: SourceFile, text: string): Fix => ({
  title,
  preferred: false,
  edits: [{ file: file.path, start, end, text }],
});
