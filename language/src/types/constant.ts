import { listOf, literal, NEVER, NULL, recordOf, required, union } from "./build.ts";
import { isList } from "./fits.ts";
import type { Json, Type } from "./type.ts";

export { fits } from "./fits.ts";

/** The most exact type of a constant: literals, lists of known length, closed records. */
export const typeOfConstant = (json: Json): Type => {
  if (json === null) return NULL;
  if (isList(json)) {
    const element = json.length === 0 ? NEVER : union(json.map(typeOfConstant));
    return listOf(element, { minItems: json.length, maxItems: json.length });
  }
  if (typeof json !== "object") return literal(json);
  return recordOf(
    Object.entries(json).map(([name, value]) => [name, required(typeOfConstant(value))] as const),
    "closed",
  );
};
