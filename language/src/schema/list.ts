import { ANY, union } from "../types/build.ts";
import { listWith } from "../types/intersect.ts";
import type { Type } from "../types/type.ts";
import { countAt } from "./count.ts";
import { below, keyword, numberAt, type Place, type Reading, schemasAt, widen } from "./reading.ts";
import { typeOf } from "./schema.ts";

/** What the keywords about arrays say. */
export const listType = (reading: Reading, place: Place): Type => {
  const { element, most } = elements(reading, place);
  const { least } = contents(reading, place);
  const minItems = Math.max(countAt(reading, place, "minItems", Math.ceil) ?? 0, least);
  const maxItems = Math.min(countAt(reading, place, "maxItems", Math.floor) ?? Infinity, most);
  return listWith(element, {
    minItems: minItems > 0 ? minItems : undefined,
    maxItems: maxItems < Infinity ? maxItems : undefined,
  });
};

/** One type for all elements, and how many there can be. */
const elements = (reading: Reading, place: Place): { readonly element: Type; readonly most: number } => {
  // Draft 7 lists the first elements in `items` and says the rest in `additionalItems`; 2020-12 uses other names.
  const old = keyword(place, "items")?.items !== undefined;
  const first = schemasAt(reading, place, old ? "items" : "prefixItems") ?? [];
  const restName = old ? "additionalItems" : "items";
  const rest = keyword(place, restName);
  if (keyword(place, "unevaluatedItems") !== undefined) {
    widen(reading, place, "unevaluatedItems", "that nothing else may be among the elements is not enforced");
  }
  const restType = rest === undefined ? ANY : typeOf(reading, below(place, rest, restName));
  if (first.length === 0) return { element: restType, most: Infinity };
  widen(reading, place, old ? "items" : "prefixItems", "which element stands where is not enforced");
  const types = first.map((schema) => typeOf(reading, schema));
  const most = restType.kind === "never" ? first.length : Infinity;
  return { element: union([...types, restType]), most };
};

/** How many elements there must be for the sake of `contains`. */
const contents = (reading: Reading, place: Place): { readonly least: number } => {
  if (keyword(place, "uniqueItems")?.value === true) {
    widen(reading, place, "uniqueItems", "that no element is there twice is not enforced");
  }
  if (keyword(place, "contains") === undefined) return { least: 0 };
  widen(reading, place, "contains", "what the list must contain is not enforced");
  const least = numberAt(reading, place, "minContains") ?? 1;
  return { least: Math.max(0, Math.ceil(least)) };
};
