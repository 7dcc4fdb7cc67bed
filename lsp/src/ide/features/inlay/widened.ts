import { BOOLEAN, listOf, NUMBER, recordOf, STRING, type Type, union } from "@agentpolicy/language";

/** A type without its single values: what somebody would write for a constant. */
export function widened(type: Type): Type {
  switch (type.kind) {
    case "literal":
      return { string: STRING, number: NUMBER, boolean: BOOLEAN }[typeof type.value as "string"];
    case "union":
      return union(type.members.map(widened));
    case "list":
      return listOf(widened(type.element));
    case "record":
      return recordOf(
        [...type.fields].map(([name, field]) => [name, { ...field, type: widened(field.type) }] as const),
        type.rest,
      );
    case "number":
      return NUMBER;
    case "string":
      return STRING;
    default:
      return type;
  }
}
