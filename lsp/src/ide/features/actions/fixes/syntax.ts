import { inserted, replaced, textOf, wholeLines } from "../action.ts";
import type { AnswerTable } from "./answers.ts";

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
  "unclosed-comment": ({ file }, { fixes }) =>
    fixes.length > 0
      ? []
      : [{ title: "close it with `*/`", edits: [inserted(file, file.text.length, " */")] }],
  "unclosed-string": ({ file }, { span, fixes }) => {
    const end = file.text.slice(span.start).search(/[\r\n]|$/) + span.start;
    return fixes.length > 0 ? [] : [{ title: 'close it with `"`', edits: [inserted(file, end, '"')] }];
  },
  "rule-outside-block": ({ file }, { span, fixes }) => {
    const item = file.tree.items.find(({ start }) => start === span.start);
    if (fixes.length > 0 || item === undefined) return [];
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
