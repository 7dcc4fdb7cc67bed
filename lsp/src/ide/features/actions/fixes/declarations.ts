import {
  type ExprNode,
  type Item,
  isReserved,
  type Json,
  type Keyword,
  type Span,
} from "@agentpolicy/language";
import type { SnapshotFile } from "../../../snapshot.ts";
import { partsOf } from "../../../tree/path.ts";
import { linkedEditing } from "../../linked.ts";
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
import { takenNames } from "../refactor/parts.ts";
import type { AnswerTable } from "./answers.ts";
import { wantedKind } from "./conditions.ts";

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
    const path = pathTo(file, span);
    const node = path.find(({ kind }) => kind === "name") as ExprNode | undefined;
    const kind = node && wantedKind(snapshot, file, node);
    const value = kind === "number" ? "0" : kind === "boolean" ? "false" : '""';
    const declares = declared(file, span, `let ${name} = ${value}`, `declare it: \`let ${name} = ${value}\``);
    const isText = kind !== "number" && kind !== "boolean" && !path.some((one) => one.kind === "template");
    const asText = {
      title: `write it as text: \`"${name}"\``,
      edits: [replaced(file, span, JSON.stringify(name))],
    };
    return [declares, ...(isText ? [asText] : [])];
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
  "duplicate-name": ({ file }, { span }) => anotherName(file, span),
  "reserved-name": ({ file }, { span }) => anotherName(file, span),
  "shadowed-name": ({ snapshot, file }, { span }) => {
    const name = freshName(`${textOf(file, span)}-2`, takenNames(file));
    const places = linkedEditing(snapshot, file.path, span.start);
    const all = places.length === 0 ? [span] : places;
    return [{ title: `call it \`${name}\``, edits: all.map((place) => replaced(file, place, name)) }];
  },
  "duplicate-tool": ({ file }, { span }) => {
    const tool = pathTo(file, span).find(({ kind }) => kind === "tool");
    const item = itemAt(file, span);
    if (tool === undefined || item?.kind !== "tools") return [];
    const whole = item.tools.length === 1 ? item : tool;
    return [{ title: "remove it", edits: [replaced(file, wholeLines(file, whole), "")] }];
  },
  "duplicate-item": removeItem,
  "duplicate-field": ({ file }, { span }) => {
    const path = pathTo(file, span);
    const at = path.findIndex((one) => one.start === span.start && (one.kind === "field" || "value" in one));
    const [own, holder] = [path[at], path[at + 1]];
    const before = own && holder && partsOf(holder).findLast(({ end }) => end <= own.start);
    if (!own || !before || !file.text.slice(before.end, own.start).includes(",")) return [];
    return [{ title: "remove it", edits: [replaced(file, { start: before.end, end: own.end }, "")] }];
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

function anotherName(file: SnapshotFile, span: Span): readonly Answer[] {
  const name = freshName(`${textOf(file, span)}-2`, takenNames(file));
  return [{ title: `call it \`${name}\``, edits: [replaced(file, span, name)] }];
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
