import type { Field } from "../types/type.ts";
import type { JsonNode } from "./json.ts";
import { keyword, type Place, type Reading } from "./reading.ts";
import { typeOf } from "./schema.ts";

/** A property as a field, with what its schema says for readers. `owner` is the schema that declares it. */
export const fieldFrom = (
  reading: Reading,
  place: Place,
  name: string,
  owner: Place,
  optional: boolean,
): Field => {
  const key = keyword(owner, "properties")?.entries?.get(name)?.key ?? place.node;
  const doc = annotation(reading, place.node, "description")?.value;
  const format = annotation(reading, place.node, "format")?.value;
  const fallback = annotation(reading, place.node, "default")?.value;
  return {
    type: typeOf(reading, place),
    optional,
    at: { file: reading.file, start: key.start, end: key.end },
    ...(typeof doc === "string" && doc !== "" ? { doc } : {}),
    ...(typeof format === "string" ? { format } : {}),
    ...(fallback === undefined ? {} : { default: fallback }),
  };
};

const STEPS = 8;

/**
 * What a schema says about itself, or else what the schema says that it stands for: through `$ref`, and through the one
 * alternative beside `null`, as generators write optional values.
 */
const annotation = (reading: Reading, node: JsonNode, name: string): JsonNode | undefined => {
  let at = node;
  for (let step = 0; step < STEPS; step += 1) {
    const found = at.entries?.get(name)?.node;
    if (found !== undefined) return found;
    const next = standsFor(reading, at);
    if (next === null) return undefined;
    at = next;
  }
  return undefined;
};

const standsFor = (reading: Reading, node: JsonNode): JsonNode | null => {
  const reference = node.entries?.get("$ref")?.node.value;
  if (typeof reference === "string") return reading.refs.resolve(reference, node)?.node ?? null;
  for (const name of ["allOf", "anyOf", "oneOf"]) {
    const members = node.entries?.get(name)?.node.items;
    const others = members?.filter((member) => member.entries?.get("type")?.node.value !== "null");
    if (others?.length === 1) return others[0] ?? null;
  }
  return null;
};
