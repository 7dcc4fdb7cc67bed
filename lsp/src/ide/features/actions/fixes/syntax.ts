import type { Span } from "@agentpolicy/language";
import type { SnapshotFile } from "../../../snapshot.ts";
import { type Answer, inserted, replaced, textOf, wholeLines } from "../action.ts";
import type { AnswerTable } from "./answers.ts";
import { itemAt } from "./declarations.ts";

/** Answers to what cannot be read. */
export const SYNTAX_ANSWERS: AnswerTable = {
  "bad-default": ({ file }, { span, fixes }) =>
    fixes.length > 0
      ? []
      : ["deny", "require approval"].map((effect) => ({
          title: `write \`${effect}\``,
          edits: [replaced(file, span, effect)],
        })),
  "bad-template": ({ file }, { span, fixes }) => {
    const brace = textOf(file, span).slice(0, 1);
    if (fixes.length > 0 || (brace !== "{" && brace !== "}")) return [];
    return [{ title: `write \`${brace}${brace}\``, edits: [inserted(file, span.start, brace)] }];
  },
  "reserved-word": ({ file }, { span, fixes }) => {
    const name = `${textOf(file, span)}-1`;
    return fixes.length > 0 ? [] : [{ title: `write \`${name}\``, edits: [replaced(file, span, name)] }];
  },
  "bad-escape": ({ file }, { span, fixes }) =>
    fixes.length > 0
      ? []
      : [{ title: "write `\\\\` for a backslash", edits: [inserted(file, span.start, "\\")] }],
  "unexpected-character": ({ file }, { span, fixes }) =>
    fixes.length > 0 ? [] : [{ title: "remove it", edits: [replaced(file, span, "")] }],
  "unclosed-comment": ({ file }, { fixes }) =>
    fixes.length > 0
      ? []
      : [{ title: "close it with `*/`", edits: [inserted(file, file.text.length, " */")] }],
  "unclosed-string": ({ file }, { span, fixes }) => {
    const end = file.text.slice(span.start).search(/[\r\n]|$/) + span.start;
    return fixes.length > 0 ? [] : [{ title: 'close it with `"`', edits: [inserted(file, end, '"')] }];
  },
  "rule-outside-block": ({ file }, { span, fixes }) => {
    const item = itemAt(file, span);
    if (fixes.length > 0 || item === undefined) return [];
    if (item.start < span.start) return movedInto(file, item, span);
    const { start } = wholeLines(file, item);
    const written = file.text.slice(item.start, item.end).trimEnd();
    return [
      {
        title: "put it in a block: `on * { … }`",
        edits: [
          replaced(file, { start, end: item.start + written.length }, `on * {\n${indented(written)}\n}`),
        ],
      },
    ];
  },
};

const indented = (text: string): string => text.replace(/^(?=.*\S)/gm, "  ");

/** The block before it closes behind it. */
function movedInto(file: SnapshotFile, block: Span, { start }: Span): readonly Answer[] {
  const close = file.text.lastIndexOf("}", start);
  if (close < block.start || file.text.slice(close + 1, start).trim() !== "") return [];
  const before = file.text.slice(0, close).trimEnd().length;
  const edits = [replaced(file, { start: before, end: close + 1 }, ""), inserted(file, block.end, "\n}")];
  return [{ title: "put it in the block before it", edits }];
}
