import type { ExprNode } from "./ast.ts";
import { childrenOf } from "./children.ts";

/** How high an expression's tree may be: brackets and chains of operators together. */
export const HEIGHT_LIMIT = 500;

/** Whether the tree is higher than the limit; walks it level by level, so that it needs no stack itself. */
export const tooHigh = (node: ExprNode): boolean => {
  let level: readonly ExprNode[] = [node];
  for (let height = 0; height < HEIGHT_LIMIT; height++) {
    if (level.length === 0) return false;
    level = level.flatMap(childrenOf);
  }
  return level.length > 0;
};
