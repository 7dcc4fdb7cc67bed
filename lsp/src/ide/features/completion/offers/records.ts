import {
  isAssignable,
  membersOf,
  printName,
  type RecordType,
  STRING,
  type Type,
} from "@agentpolicy/language";
import type { Cursor } from "../cursor.ts";
import type { Expects } from "../places.ts";
import { expectedAt } from "../typing/expected.ts";
import { declaredFirst, type FieldView, fieldDetail, viewsOf } from "./fields.ts";
import { docOf, fieldDoc, listedValues, NEEDED, type Offer, offer, typeText, USUAL } from "./offer.ts";
import { hole, pick, plain } from "./snippet.ts";

const NOTHING_WRITTEN: ReadonlySet<string> = new Set();

/** A value of a type to fill in. */
export const valueSnippet = (type: Type, at: number): string => {
  const values = listedValues(type).filter((value) => value !== null);
  const texts = values.map((value) => JSON.stringify(value));
  if (values.length > 1 && values.length <= 30) return pick(at, texts);
  const [only] = texts;
  if (only !== undefined && texts.length === 1) return plain(only);
  if (isAssignable(STRING, type)) return `"$${at}"`;
  const members = membersOf(type);
  if (members.some(({ kind }) => kind === "string")) return `"$${at}"`;
  const number = members.find(({ kind }) => kind === "number");
  if (number?.kind === "number") return hole(at, String(number.minimum ?? 0));
  const list = members.find(({ kind }) => kind === "list");
  if (list?.kind === "list") return isAssignable(STRING, list.element) ? `["$${at}"]` : `[$${at}]`;
  return members.some(({ kind }) => kind === "record") ? `{ $${at} }` : `$${at}`;
};

/** `{ to: "$1", amount: ${2:0} }`: all that a record must have. */
export const recordSnippet = (
  type: RecordType,
  from = 1,
  but: ReadonlySet<string> = NOTHING_WRITTEN,
): string => {
  const parts = requiredOf(type, but).map(
    ([name, field], at) => `${plain(printName(name))}: ${valueSnippet(field.type, from + at)}`,
  );
  return parts.join(", ");
};

const requiredOf = (type: RecordType, but: ReadonlySet<string>) =>
  [...type.fields].filter(([name, { optional }]) => !optional && !but.has(name));

/** A whole record where one is expected. `isPartial`: nothing must be there. */
export const recordOffers = (type: Type, isPartial: boolean): readonly Offer[] =>
  membersOf(type).flatMap((member) => {
    if (member.kind !== "record") return [];
    const needed = isPartial ? "" : recordSnippet(member);
    const insert = needed === "" ? "{ $1 }" : `{ ${needed} }`;
    const detail = typeText(member);
    return [offer("snippet", "{…}", { insert, snippet: true, band: NEEDED, detail, filter: "{" })];
  });

/** Names in a record: what is missing and must be there first. */
export const keyOffers = (cursor: Cursor, record: Expects, written: readonly string[]): readonly Offer[] => {
  const { type } = expectedAt(cursor, record, []);
  if (type === null) return [];
  const there = new Set(written);
  const isNamed = cursor.following.startsWith(":");
  const isPartial = record.kind === "root";
  const views = declaredFirst(viewsOf([type])).filter(({ name }) => !there.has(name));
  const keys = views.map((view) => keyOffer(view, isNamed, isPartial));
  const [only] = membersOf(type);
  const missing = only?.kind === "record" && !isPartial ? requiredOf(only, there) : [];
  if (only?.kind !== "record" || missing.length < 2 || isNamed) return keys;
  const label = missing.map(([name]) => printName(name)).join(", ");
  const insert = recordSnippet(only, 1, there);
  const all = offer("snippet", label, {
    insert,
    snippet: true,
    band: NEEDED,
    detail: "all that must be there",
  });
  return [all, ...keys];
};

const keyOffer = (view: FieldView, isNamed: boolean, isPartial: boolean): Offer => {
  const name = printName(view.name);
  const isNeeded = !view.optional && !isPartial;
  return offer("field", name, {
    insert: isNamed ? name : `${plain(name)}: ${valueSnippet(view.type, 1)}`,
    snippet: !isNamed,
    detail: fieldDetail(view),
    band: isNeeded ? NEEDED : USUAL,
    ...docOf(fieldDoc(view.fields)),
  });
};
