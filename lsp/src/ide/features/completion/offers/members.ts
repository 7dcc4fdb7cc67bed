import { type Builtin, builtinsOf, type NameFact, type Type } from "@agentpolicy/language";
import type { Cursor } from "../cursor.ts";
import type { Each, Expects, Operand } from "../places.ts";
import { expectedAt } from "../typing/expected.ts";
import { importedNames, inputsAt } from "../typing/scope.ts";
import { nodeOf, valueAt, withoutNull } from "../typing/value.ts";
import { isAskedFor } from "./asked.ts";
import { fieldOffers, presenceOffers, viewsOf } from "./fields.ts";
import { nameOffer } from "./names.ts";
import {
  docOf,
  fieldDoc,
  NEEDED,
  type Offer,
  offer,
  POSSIBLE,
  paragraphs,
  typeText,
  USUAL,
} from "./offer.ts";
import { hole } from "./snippet.ts";
import { propertyOffers } from "./tool-properties.ts";

/** What can be read of a value after a dot. */
export const memberOffers = (
  cursor: Cursor,
  of: Operand,
  each: readonly Each[],
  isPath: boolean,
  expects: Expects,
): readonly Offer[] => {
  const [first] = of;
  if (of.length === 1 && first?.text === "tool") return propertyOffers();
  const imported = of.length === 1 && first !== undefined ? importedNames(cursor, first.text) : [];
  if (imported.length > 0) return importedOffers(cursor, imported);
  const types = typesAt(cursor, of, each);
  const isOpen = expects.kind === "condition" || expects.kind === "anything";
  const wanted = isOpen ? null : expectedAt(cursor, expects, each).type;
  const isGuarded = (name: string) => isPath || isAskedFor(cursor, of, name);
  const fields = fieldOffers(types, textOf(cursor, of), wanted, isGuarded);
  return isPath ? fields : [...fields, ...builtinOffers(cursor, types)];
};

const importedOffers = (cursor: Cursor, names: readonly NameFact[]): readonly Offer[] =>
  names.flatMap((fact) => (fact.kind === "type" ? [] : nameOffer(cursor, fact, NEEDED)));

/** The types of a value, one for each kind of tool. */
export const typesAt = (cursor: Cursor, of: Operand, each: readonly Each[]): readonly Type[] => {
  if (of.length === 1 && of[0]?.text === "input") return inputsAt(cursor);
  const { facts } = cursor.snapshot.result;
  const node = nodeOf(cursor, of);
  const told = node === null ? [] : facts.typesOf(node).map(({ type }) => type);
  if (told.length > 0) return told;
  const { type } = valueAt(cursor, of, each);
  return type === null ? [] : [type];
};

export const textOf = ({ file }: Cursor, of: Operand): string =>
  file.text.slice(of[0]?.start ?? 0, of.at(-1)?.end ?? 0);

/** Methods and properties that all of the types have. */
const builtinOffers = (cursor: Cursor, types: readonly Type[]): readonly Offer[] => {
  const [first, ...others] = types;
  if (first === undefined) return [];
  const shared = others.map((type) => new Set(builtinsOf(withoutNull(type)).map(({ name }) => name)));
  const isNullable = types.some((type) => withoutNull(type) !== type);
  return builtinsOf(withoutNull(first))
    .filter(({ name }) => shared.every((names) => names.has(name)))
    .map((builtin) => builtinOffer(cursor, builtin, isNullable));
};

const builtinOffer = (cursor: Cursor, builtin: Builtin, isNullable: boolean): Offer => {
  const { name, kind, result, doc } = builtin;
  const asked = isNullable ? "May be null: ask `!= null` first, or write `?? …`." : undefined;
  const isCalled = cursor.following.startsWith("(");
  return offer(kind === "method" ? "method" : "field", kind === "method" ? `${name}(…)` : name, {
    insert: isCalled || kind === "property" ? name : callOf(builtin),
    snippet: kind === "method" && !isCalled,
    detail: typeText(result),
    filter: name,
    band: isNullable ? POSSIBLE : USUAL,
    ...docOf(paragraphs(doc, asked)),
  });
};

const callOf = ({ name, parameters }: Builtin): string => {
  const [parameter] = parameters;
  if (parameter === undefined) return `${name}()`;
  if (parameter.form === "each") return `${name}(${hole(1, "x")} => $2)`;
  return name === "matches" ? `${name}(r"$1")` : `${name}($1)`;
};

/** Fields after `has`. */
export const hasOffers = (cursor: Cursor, of: Operand, each: readonly Each[]): readonly Offer[] =>
  presenceOffers(typesAt(cursor, of, each));

/** Keys in quotes, after `[`. */
export const indexOffers = (cursor: Cursor, of: Operand, each: readonly Each[]): readonly Offer[] =>
  viewsOf(typesAt(cursor, of, each)).map((view) =>
    offer("field", JSON.stringify(view.name), {
      detail: typeText(view.type),
      ...docOf(fieldDoc(view.fields)),
    }),
  );
