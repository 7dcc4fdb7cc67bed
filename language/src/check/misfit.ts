import type { ExprNode } from "../syntax/ast.ts";
import { isAssignable } from "../types/relate.ts";
import type { Type } from "../types/type.ts";

/** The part of a literal that does not fit. */
export interface LiteralMisfit {
  readonly node: ExprNode;
  readonly expected: Type;
  readonly found: Type;
}

/** The smallest part of a list or record literal that is to blame for the whole not fitting. */
export const misfitOf = (node: ExprNode, found: Type, expected: Type): LiteralMisfit => {
  if (node.kind === "paren") return misfitOf(node.of, found, expected);
  if (node.kind === "list" && found.kind === "list" && expected.kind === "list") {
    for (const item of node.items) {
      const type = literalType(item, found.element);
      if (type !== null && !isAssignable(type, expected.element))
        return misfitOf(item, type, expected.element);
    }
  }
  if (node.kind === "record" && found.kind === "record" && expected.kind === "record") {
    for (const { name, value } of node.fields) {
      const type = found.fields.get(name.text)?.type;
      const wanted = expected.fields.get(name.text)?.type;
      if (type !== undefined && wanted !== undefined && !isAssignable(type, wanted)) {
        return misfitOf(value, type, wanted);
      }
    }
  }
  return { node, expected, found };
};

/** The type of one item of a list literal, where it is a plain literal or the only kind of item there is. */
const literalType = (node: ExprNode, element: Type): Type | null => {
  if (node.kind === "string" || node.kind === "number" || node.kind === "boolean") {
    return { kind: "literal", value: node.value };
  }
  return element.kind === "union" ? null : element;
};
