import { type Item, isReserved, type Json, type Keyword, type Span } from "@agentpolicy/language";
import type { SnapshotFile } from "../../../snapshot.ts";
import {
  type Answer,
  freshName,
  inserted,
  nameFrom,
  pathTo,
  replaced,
  ruleNames,
  type Site,
  textOf,
  wholeLines,
} from "../action.ts";
import type { AnswerTable } from "./answers.ts";

/** Answers to findings about what items declare. */
export const DECLARATION_ANSWERS: AnswerTable = {
  "unused-name": ({ file }, { span }) => {
    const item = itemAt(file, span);
    if (item === undefined || !("name" in item) || item.name?.start !== span.start) return [];
    return [
      {
        title: `remove \`${textOf(file, span)}\``,
        edits: [replaced(file, wholeLines(file, item), "")],
        preferred: item.kind === "import",
      },
    ];
  },
  "unknown-name": ({ snapshot, file }, { span, fixes }) => {
    const name = textOf(file, span);
    if (fixes.length > 0 || !isName(name)) return [];
    const node = pathTo(file, span).find(({ kind }) => kind === "name");
    const wanted = node && snapshot.result.facts.expectedAt(node as never);
    const isText =
      wanted == null || wanted.kind === "string" || wanted.kind === "union" || wanted.kind === "literal";
    return isText && !pathTo(file, span).some(({ kind }) => kind === "template")
      ? [{ title: `write it as text: \`"${name}"\``, edits: [replaced(file, span, JSON.stringify(name))] }]
      : [];
  },
  "unknown-type": ({ file }, { span }) => {
    const name = textOf(file, span);
    return isName(name)
      ? [declared(file, span, `type ${name} = string`, `declare it: \`type ${name} = string\``)]
      : [];
  },
  "duplicate-rule": ({ file }, { span }) => {
    const name = freshName(textOf(file, span), ruleNames(file.tree.items));
    return [{ title: `call it \`${name}\``, edits: [replaced(file, span, name)] }];
  },
  "duplicate-item": removeItem,
  "duplicate-field": ({ file }, { span }) => {
    const path = pathTo(file, span);
    const field = path.find(({ kind, start }) => kind === "field" && start === span.start);
    const lines = field && wholeLines(file, field);
    return lines && file.text[lines.end - 1] === "\n" && !/,\s*$/.test(file.text.slice(0, lines.start))
      ? [{ title: "remove it", edits: [replaced(file, lines, "")] }]
      : [];
  },
  "missing-type": ({ snapshot, file }, { span }) => {
    const item = itemAt(file, span);
    if (item?.kind !== "let" || item.name === undefined || item.from === undefined) return [];
    const { host } = snapshot.program;
    const text = host.read(host.resolve(file.path, item.from.value));
    const type = typeText(parsed(text));
    return [
      {
        title: `give its type: \`${type}\``,
        edits: [inserted(file, item.name.end, `: ${type}`)],
        preferred: text !== undefined,
      },
    ];
  },
  "contradictory-hints": ({ file }, { span }) => {
    const tool = pathTo(file, span).find(({ kind }) => kind === "tool");
    if (tool === undefined || !("hints" in tool)) return [];
    const hints = tool.hints as readonly ({ readonly name: { readonly text: string } } & Span)[];
    return ["read-only", "destructive"].flatMap((kept) => {
      const other = hints.find(
        ({ name }) => name.text === (kept === "read-only" ? "destructive" : "read-only"),
      );
      if (other === undefined) return [];
      const start = file.text.slice(0, other.start).trimEnd().length;
      return [{ title: `keep \`@${kept}\``, edits: [replaced(file, { start, end: other.end }, "")] }];
    });
  },
  "unknown-by-default": ({ file }) => {
    const rule = freshName("unknown-tool", ruleNames(file.tree.items));
    return [
      {
        title: "deny unknown tools",
        edits: [inserted(file, file.text.trimEnd().length, `\n\non unknown {\n  deny ${rule}\n}`)],
      },
    ];
  },
};

function removeItem({ file }: Site, { span }: { readonly span: Span }): readonly Answer[] {
  const item = itemAt(file, span);
  return item === undefined
    ? []
    : [{ title: "remove it", edits: [replaced(file, wholeLines(file, item), "")] }];
}

export const itemAt = ({ tree }: SnapshotFile, { start }: Span): Item | undefined =>
  tree.items.find((item) => item.start <= start && start <= item.end);

const isName = (text: string): boolean =>
  /^[A-Za-z_](?:-?[A-Za-z0-9_])*$/.test(text) && !isReserved(text as Keyword);

/** Declares something before the item that misses it. */
export function declared(file: SnapshotFile, span: Span, text: string, title: string): Answer {
  const item = itemAt(file, span);
  return {
    title,
    edits: [inserted(file, item === undefined ? 0 : wholeLines(file, item).start, `${text}\n\n`)],
  };
}

export const nameFor = (file: SnapshotFile): string =>
  nameFrom(file.path.slice(file.path.lastIndexOf("/") + 1).replace(/(\.test)?\.agentpolicy$/, ""), "policy");

const parsed = (text: string | undefined): Json | undefined => {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as Json);
  } catch {
    return undefined;
  }
};

/** The type of a value, as it would be declared; lists have the types of all their items. */
function typeText(value: Json | undefined): string {
  if (value === undefined) return "string[]";
  if (value === null) return "null";
  if (Array.isArray(value)) {
    const types = [...new Set(value.map(typeText))].sort();
    return types.length === 1 && !types[0]?.includes("|")
      ? `${types[0]}[]`
      : types.length === 0
        ? "string[]"
        : "any[]";
  }
  if (typeof value !== "object") return typeof value;
  const fields = Object.entries(value).map(
    ([name, one]) => `${isName(name) ? name : JSON.stringify(name)}: ${typeText(one)}`,
  );
  return fields.length === 0 ? "any" : `{ ${fields.join(", ")} }`;
}
