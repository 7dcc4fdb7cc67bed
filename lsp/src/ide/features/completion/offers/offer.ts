import { type Field, type Json, membersOf, printType, type Type } from "@agentpolicy/language";
import type { Completion, CompletionKind } from "../../../model.ts";

/** A completion before it is put in its place and among the others. */
export type Offer = Omit<Completion, "replace" | "rank"> & { readonly band: number };

/** What is offered first: what is missing, what fits, what may be there, what seldom is. */
export const NEEDED = 0;
export const FITTING = 1;
export const USUAL = 2;
export const POSSIBLE = 3;
export const SELDOM = 4;

type More = Partial<Omit<Offer, "kind" | "label">>;

export const offer = (kind: CompletionKind, label: string, more: More = {}): Offer => {
  const { insert = label, snippet = false, band = USUAL, ...rest } = more;
  return { label, kind, insert, snippet, band, ...rest };
};

/** The first line or sentence of a text, for one line. */
export const brief = (text: string): string => {
  const line = text.trim().split(/\n/)[0] ?? "";
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
};

/** The texts that are there, as paragraphs. */
export const paragraphs = (...parts: readonly (string | null | undefined | false)[]): string | undefined => {
  const there = parts.filter((part): part is string => typeof part === "string" && part !== "");
  return there.length === 0 ? undefined : there.join("\n\n");
};

export const docOf = (doc: string | undefined): { readonly doc?: string } =>
  doc === undefined ? {} : { doc };

/** What a schema says of fields of one name. */
export const fieldDoc = (fields: readonly Field[]): string | undefined => {
  const docs = [...new Set(fields.flatMap(({ doc }) => doc ?? []))];
  const defaults = [
    ...new Set(fields.flatMap((field) => (field.default === undefined ? [] : shown(field.default)))),
  ];
  const formats = [...new Set(fields.flatMap(({ format }) => format ?? []))];
  return paragraphs(
    ...docs,
    defaults.length > 0 && `Default: ${defaults.map((text) => `\`${text}\``).join(", ")}`,
    formats.length > 0 && `Format: ${formats.join(", ")}`,
  );
};

export const shown = (value: Json): string => JSON.stringify(value);

/** The values that a type lists; none where it is open. */
export const listedValues = (type: Type): readonly (string | number | boolean | null)[] =>
  membersOf(type).flatMap((member): readonly (string | number | boolean | null)[] => {
    if (member.kind === "literal") return [member.value];
    if (member.kind === "boolean") return [true, false];
    return member.kind === "null" ? [null] : [];
  });

/** A type on one line. */
export const typeText = (type: Type): string => printType(type, { bounds: true });
