import type { Type } from "@agentpolicy/language";
import { canonicalJson } from "./canonical.ts";
import { order } from "./cover.ts";

/** The one text of a type's meaning: no docs, defaults, formats or places; fields and members sorted. */
export function canonicalType(type: Type): string {
  switch (type.kind) {
    case "any":
    case "never":
    case "null":
    case "boolean":
      return type.kind;
    case "string":
    case "number":
    case "literal":
      return canonicalJson({ ...type });
    case "opaque":
      return type.name;
    case "list": {
      const { element, minItems, maxItems } = type;
      return `[${canonicalType(element)} ${minItems ?? 0} ${maxItems ?? "-"}]`;
    }
    case "record": {
      const fields = [...type.fields]
        .sort(([a], [b]) => order(a, b))
        .map(
          ([name, field]) =>
            `${JSON.stringify(name)}${field.optional ? "?" : ""}:${canonicalType(field.type)}`,
        );
      const rest = typeof type.rest === "string" ? type.rest : canonicalType(type.rest);
      return `{${fields.join()} ...${rest}}`;
    }
    case "union":
      return `(${type.members.map(canonicalType).sort().join("|")})`;
  }
}
