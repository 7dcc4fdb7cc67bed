import type { IToken } from "chevrotain";
import type { Span } from "../text/span.ts";
import type { BinaryOperator, ExprNode, Name, TypeNode } from "./ast.ts";

/** What stands between or before operands, in the order of the text. */
export type Piece =
  | { readonly kind: "operand"; readonly node: ExprNode }
  | { readonly kind: "not"; readonly token: IToken }
  | { readonly kind: "binary"; readonly operator: BinaryOperator; readonly span: Span }
  | { readonly kind: "has"; readonly names: readonly Name[]; readonly end: number }
  | { readonly kind: "is"; readonly type: TypeNode; readonly end: number };

/** How strongly an operator binds; comparisons (level 4, with `has` and `is`) do not chain. */
const LEVELS: Readonly<Record<BinaryOperator, number>> = {
  or: 1,
  and: 2,
  "==": 4,
  "!=": 4,
  "<": 4,
  "<=": 4,
  ">": 4,
  ">=": 4,
  in: 4,
  "not in": 4,
  like: 4,
  "not like": 4,
  "+": 5,
  "-": 5,
  "*": 6,
  "/": 6,
  "??": 8,
};
const NOT = 3;
const COMPARISON = 4;

/** How strongly an operator binds, from `or` (1) to `??` (8). */
export const levelOf = (operator: BinaryOperator): number => LEVELS[operator];

/** A chain of `and` or `or` longer than this becomes a balanced tree, so that nobody who walks it goes too deep. */
const LONG_CHAIN = 64;

/** A row of pieces, and how far it has been read. */
interface Row {
  readonly pieces: readonly Piece[];
  readonly chained: (operator: string, at: Span) => void;
  at: number;
}

/** Turns the flat row of operands and operators into the tree that the precedence asks for. */
export const arrange = (pieces: readonly Piece[], chained: (operator: string, at: Span) => void): ExprNode =>
  below({ pieces, chained, at: 0 }, 1);

/** Reads on while operators bind at least as strongly as the level. */
const below = (row: Row, level: number): ExprNode => {
  let left = row.pieces[row.at]?.kind === "not" ? negations(row, level) : operand(row);
  let compared = 0;
  for (let piece = row.pieces[row.at]; piece !== undefined; piece = row.pieces[row.at]) {
    const own = piece.kind === "binary" ? levelOf(piece.operator) : COMPARISON;
    if (own < level) break;
    if (own === COMPARISON && compared === 1) row.chained(nameOf(piece), placeOf(piece, left));
    if (own === COMPARISON && compared > 0) left = again(row, left, piece);
    else left = own <= 2 ? chain(row, left, own) : step(row, left, piece);
    if (own < COMPARISON) compared = 0;
    else if (own === COMPARISON && !(left.kind === "binary" && left.right.kind === "error")) compared++;
  }
  return left;
};

const operand = (row: Row): ExprNode => {
  const piece = row.pieces[row.at++];
  return piece?.kind === "operand" ? piece.node : ERROR;
};

/** `not` takes a whole comparison, or after an operator its operand; several of them nest without recursion. */
const negations = (row: Row, level: number): ExprNode => {
  const tokens: IToken[] = [];
  for (let piece = row.pieces[row.at]; piece?.kind === "not"; piece = row.pieces[++row.at])
    tokens.push(piece.token);
  let node = below(row, Math.max(level, NOT));
  for (const { startOffset: start } of tokens.reverse())
    node = { kind: "not", of: node, start, end: node.end };
  return node;
};

/** `a < b < c` is read as `a < b and b < c`. */
const again = (row: Row, left: ExprNode, piece: Piece): ExprNode =>
  joined("and", placeOf(piece, left), left, step(row, middleOf(left), piece));

const step = (row: Row, left: ExprNode, piece: Piece): ExprNode => {
  row.at++;
  if (piece.kind === "has") return asksFor(left, piece.names);
  if (piece.kind === "is")
    return { kind: "is", of: left, type: piece.type, start: left.start, end: piece.end };
  if (piece.kind !== "binary") return left;
  return joined(piece.operator, piece.span, left, below(row, levelOf(piece.operator) + 1));
};

/** All operands of one run of `and` or `or`. */
const chain = (row: Row, first: ExprNode, level: number): ExprNode => {
  const operands = [first];
  const operators: Span[] = [];
  let operator: BinaryOperator = "or";
  for (
    let piece = row.pieces[row.at];
    piece?.kind === "binary" && levelOf(piece.operator) === level;
    piece = row.pieces[row.at]
  ) {
    operator = piece.operator;
    operators.push(piece.span);
    row.at++;
    operands.push(below(row, level + 1));
  }
  return joinAll(operator, operands, operators, 0, operands.length);
};

const ERROR: ExprNode = { kind: "error", start: 0, end: 0 };

const joined = (operator: BinaryOperator, operatorSpan: Span, left: ExprNode, right: ExprNode): ExprNode => ({
  kind: "binary",
  operator,
  operatorSpan,
  left,
  right,
  start: left.start,
  end: right.end,
});

/** Joins operands `from` to `to` to the left, or in halves where there are many: the order of evaluation is the same. */
const joinAll = (
  operator: BinaryOperator,
  operands: readonly ExprNode[],
  operators: readonly Span[],
  from: number,
  to: number,
): ExprNode => {
  if (to - from > LONG_CHAIN) {
    const middle = (from + to) >> 1;
    const left = joinAll(operator, operands, operators, from, middle);
    return joined(
      operator,
      operators[middle - 1] ?? left,
      left,
      joinAll(operator, operands, operators, middle, to),
    );
  }
  let left = operands[from] ?? ERROR;
  for (let next = from + 1; next < to; next++)
    left = joined(operator, operators[next - 1] ?? left, left, operands[next] ?? ERROR);
  return left;
};

/** `a has b`; `a has b.c` means `a has b and a.b has c`. */
const asksFor = (of: ExprNode, names: readonly Name[]): ExprNode => {
  let subject = of;
  let result: ExprNode | undefined;
  for (const name of names) {
    const asked: ExprNode = { kind: "has", of: subject, name, start: of.start, end: name.end };
    result =
      result === undefined ? asked : joined("and", { start: name.start, end: name.start }, result, asked);
    subject = { kind: "member", of: subject, name, start: of.start, end: name.end };
  }
  return result ?? of;
};

/** What the last comparison on the left compares with. */
const middleOf = (left: ExprNode): ExprNode => {
  if (left.kind !== "binary") return { kind: "error", start: left.end, end: left.end };
  return left.operator === "and" ? middleOf(left.right) : left.right;
};

const nameOf = (piece: Piece): string => (piece.kind === "binary" ? piece.operator : piece.kind);

const placeOf = (piece: Piece, left: ExprNode): Span =>
  piece.kind === "binary" ? piece.span : { start: left.end, end: "end" in piece ? piece.end : left.end };
