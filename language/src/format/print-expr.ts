import type { ExprNode, RecordFieldNode } from "../syntax/ast.ts";
import { commentsOf } from "./comments.ts";
import { type Doc, group, indent, LINE } from "./doc.ts";
import { afterComments, bracketed, leadingComments, type Printing, source, withComments } from "./lists.ts";
import { printType } from "./print-types.ts";
import { isChain, operandsOf } from "./units.ts";

type Of<Kind extends ExprNode["kind"]> = Extract<ExprNode, { readonly kind: Kind }>;

/** An expression. The author's parentheses stay, doubled ones become single. */
export const printExpr = (to: Printing, node: ExprNode): Doc => {
  switch (node.kind) {
    case "string":
    case "number":
    case "duration":
    case "boolean":
    case "null":
    case "name":
    case "error":
      return source(to, node);
    case "list":
      return bracketed(to, ["[", "]"], node.items, (item) => printExpr(to, item));
    case "record":
      return bracketed(to, ["{", "}"], node.fields, (field) => printRecordField(to, field), { spaced: true });
    case "member":
      return [
        printExpr(to, node.of),
        node.name.quoted === true ? `[${source(to, node.name)}]` : `.${source(to, node.name)}`,
      ];
    case "call":
      return [
        printExpr(to, node.callee),
        bracketed(to, ["(", ")"], node.args, (argument) => printExpr(to, argument)),
      ];
    case "lambda":
      return [node.parameter.text, " => ", printExpr(to, node.body)];
    case "not":
      return ["not ", printExpr(to, node.of)];
    case "negate":
      return ["-", printExpr(to, node.of)];
    case "binary":
      return isChain(node) ? printChain(to, node) : printBinary(to, node);
    case "has":
      return [printExpr(to, node.of), " has ", source(to, node.name)];
    case "is":
      return [printExpr(to, node.of), " is ", printType(to, node.type)];
    case "if":
      return printConditional(to, node);
    case "paren":
      return node.of.kind === "paren" ? printExpr(to, node.of) : ["(", printExpr(to, node.of), ")"];
  }
};

const printBinary = (to: Printing, { left, operator, right }: Of<"binary">): Doc =>
  group([printExpr(to, left), ` ${operator}`, indent([LINE, printExpr(to, right)])]);

/** `a and b and c`: on one line where it fits, else each operand after the first on its line, behind its operator. */
const printChain = (to: Printing, chain: Of<"binary">): Doc => {
  const operands = operandsOf<ExprNode>(chain);
  const [first, ...rest] = operands;
  if (first === undefined) return "";
  const more = rest.map((operand, index) => {
    const last = index === rest.length - 1;
    const { leading } = commentsOf(to.attachments, operand);
    const plain = withoutLeading(to, operand);
    return [
      LINE,
      leadingComments(to, operand, leading, false),
      `${chain.operator} `,
      withComments(plain, operand, printExpr(to, operand), { last }),
      afterComments(to, operand, false),
    ];
  });
  return group([withComments(to, first, printExpr(to, first), { last: rest.length === 0 }), indent(more)]);
};

/** The same, but for the comments on lines before the node, which stand before its operator. */
const withoutLeading = (to: Printing, node: object): Printing => {
  const own = to.attachments.get(node);
  return own === undefined ? to : { ...to, attachments: new Map([[node, { ...own, leading: [] }]]) };
};

const printConditional = (to: Printing, { test, then, otherwise }: Of<"if">): Doc =>
  group([
    "if ",
    printExpr(to, test),
    indent([LINE, "then ", printExpr(to, then), LINE, "else ", printExpr(to, otherwise)]),
  ]);

const printRecordField = (to: Printing, { name, value }: RecordFieldNode): Doc => [
  source(to, name),
  ": ",
  printExpr(to, value),
];
