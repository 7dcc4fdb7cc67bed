import type { ExprNode } from "./ast.ts";

/** How high an expression's tree may be: brackets and chains of operators together. */
export const HEIGHT_LIMIT = 500;

const childrenOf = (node: ExprNode): readonly ExprNode[] => {
  switch (node.kind) {
    case "list":
      return node.items;
    case "record":
      return node.fields.map((field) => field.value);
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

/** Whether the tree is higher than the limit; walks it level by level, so that it needs no stack itself. */
export const tooHigh = (node: ExprNode): boolean => {
  let level: readonly ExprNode[] = [node];
  for (let height = 0; height < HEIGHT_LIMIT; height++) {
    if (level.length === 0) return false;
    level = level.flatMap(childrenOf);
  }
  return level.length > 0;
};
