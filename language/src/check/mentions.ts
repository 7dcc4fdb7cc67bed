import type { ToolProperty } from "../core/expr.ts";
import type { ExprNode } from "../syntax/ast.ts";
import { childrenOf } from "../syntax/children.ts";
import { isToolProperty } from "./expr/tool.ts";

/** What text says of the tool it is checked for; two tools that agree in it are checked alike. */
export interface Mentions {
  /** Names after `input.` and `input has`. */
  readonly fields: readonly string[];
  /** `input` itself stands somewhere, so that all of it matters. */
  readonly whole: boolean;
  readonly properties: readonly ToolProperty[];
}

/** What the expressions mention, wherever it stands in them. */
export const mentionsOf = (nodes: readonly ExprNode[]): Mentions => {
  const fields = new Set<string>();
  const properties = new Set<ToolProperty>();
  let whole = false;
  const visit = (node: ExprNode): void => {
    if (node.kind === "member" || node.kind === "has") {
      const of = withoutParens(node.of);
      if (of.kind === "name" && of.name.text === "input") {
        fields.add(node.name.text);
        return;
      }
      if (of.kind === "name" && of.name.text === "tool" && isToolProperty(node.name.text))
        properties.add(node.name.text);
    }
    if (node.kind === "name" && node.name.text === "input") whole = true;
    for (const child of childrenOf(node)) visit(child);
  };
  nodes.forEach(visit);
  return { fields: [...fields].sort(), whole, properties: [...properties].sort() };
};

const withoutParens = (node: ExprNode): ExprNode => (node.kind === "paren" ? withoutParens(node.of) : node);
