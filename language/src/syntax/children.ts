import type { ExprNode } from "./ast.ts";

/** The expressions directly inside one. */
export const childrenOf = (node: ExprNode): readonly ExprNode[] => {
  switch (node.kind) {
    case "list":
      return node.items;
    case "record":
      return node.fields.map(({ value }) => value);
    case "member":
    case "not":
    case "negate":
    case "has":
    case "is":
    case "paren":
      return [node.of];
    case "call":
      return [node.callee, ...node.args];
    case "lambda":
      return [node.body];
    case "binary":
      return [node.left, node.right];
    case "if":
      return [node.test, node.then, node.otherwise];
    default:
      return [];
  }
};
