import { type Field, membersOf, type Type } from "@agentpolicy/language";
import type { Cursor } from "../cursor.ts";
import type { Expected, Form } from "../typing/expected.ts";
import {
  docOf,
  FITTING,
  fieldDoc,
  listedValues,
  NEEDED,
  type Offer,
  offer,
  POSSIBLE,
  USUAL,
} from "./offer.ts";
import { hole, pick, unfilled } from "./snippet.ts";

/** Values that the expected type lists, examples of texts with a form, and the schema's default. */
export const valueOffers = (
  cursor: Cursor,
  expected: Expected,
  written: readonly string[] = [],
): readonly Offer[] => {
  const { type, fields, form, property } = expected;
  const values = [
    ...(property === null ? [] : propertyValues(cursor, property)),
    ...(type === null ? [] : listed(type, fields)),
    ...(type === null ? [] : elements(type, fields)),
    ...defaults(type, fields),
    ...(form === null ? [] : examples(form)),
  ];
  return values.filter(({ insert }) => !written.includes(insert));
};

const listed = (type: Type, fields: readonly Field[]): readonly Offer[] => {
  const doc = fieldDoc(fields);
  return listedValues(type).map((value) =>
    offer("value", JSON.stringify(value), {
      band: value === null ? USUAL : NEEDED,
      ...(isDefault(value, fields) && { detail: "default" }),
      ...docOf(doc),
    }),
  );
};

const isDefault = (value: unknown, fields: readonly Field[]): boolean =>
  fields.some((field) => field.default === value);

/** A list of values: `[…]` after `in`, and where a list is expected. */
const elements = (type: Type, fields: readonly Field[]): readonly Offer[] =>
  membersOf(type).flatMap((member) => {
    if (member.kind !== "list") return [];
    const values = listedValues(member.element).filter((value) => value !== null);
    const isShort = values.length > 1 && values.length <= 20;
    const insert = `[${
      isShort
        ? pick(
            1,
            values.map((value) => JSON.stringify(value)),
          )
        : "$1"
    }]`;
    const doc = docOf(fieldDoc(fields));
    const band = isShort ? FITTING : USUAL;
    return [offer("snippet", "[…]", { insert, snippet: true, band, filter: "[", ...doc })];
  });

/** What the schema says is meant where nothing is given, if the type does not list it. */
const defaults = (type: Type | null, fields: readonly Field[]): readonly Offer[] => {
  const listedAlready = type === null ? [] : listedValues(type);
  const given = fields.flatMap((field) => (field.default === undefined ? [] : [field.default]));
  return [...new Set(given)]
    .filter((value) => typeof value !== "object" && !listedAlready.includes(value))
    .map((value) => offer("value", JSON.stringify(value), { detail: "default", band: FITTING }));
};

const EXAMPLES: Readonly<Record<Form, readonly (readonly [insert: string, detail: string])[]>> = {
  glob: [
    ['"*$1"', "ends in"],
    ['"$1*"', "begins with"],
    ['"*$1*"', "contains"],
  ],
  pattern: [['r"^$1\\$"', "a regular expression over the whole text"]],
  zone: [
    ['"Europe/Berlin"', "a time zone"],
    ['"America/New_York"', "a time zone"],
    ['"Asia/Tokyo"', "a time zone"],
  ],
  url: [[`"https://${hole(1, "example.com")}/"`, "the origin, and the path that it must be at or below"]],
  domain: [[`"${hole(1, "example.com")}"`, "that domain or one below it"]],
  folder: [[`"/${hole(1, "folder")}"`, "that folder or something in it"]],
  network: [
    ['"10.0.0.0/8"', "a private network"],
    [`"${hole(1, "192.168.0.0")}/${hole(2, "16")}"`, "a network"],
  ],
  instant: [[`"${hole(1, "2026-01-31")}T${hole(2, "09:00:00")}Z"`, "an instant"]],
};

const examples = (form: Form): readonly Offer[] =>
  EXAMPLES[form].map(([insert, detail]) => {
    const snippet = insert.includes("$");
    return offer("snippet", unfilled(insert, "…"), { insert, snippet, detail, band: FITTING });
  });

/** What `tool.server`, `tool.name` and `tool.title` are in this policy. */
const propertyValues = ({ snapshot }: Cursor, property: string): readonly Offer[] => {
  const { tools } = snapshot.result.facts;
  const values = new Set<string>();
  for (const tool of tools.values()) {
    const value =
      property === "server" || property === "name" || property === "title" ? tool[property] : null;
    if (value !== null) values.add(value);
  }
  return [...values].map((value) =>
    offer("value", JSON.stringify(value), { band: property === "title" ? POSSIBLE : NEEDED }),
  );
};
