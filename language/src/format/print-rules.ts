import type { BlockItem, ClauseNode, MaskNode, RuleNode, ToolPattern, ToolsPattern } from "../syntax/ast.ts";
import { CLAUSES, effectWords } from "../syntax/clauses.ts";
import { type Doc, indent, NEWLINE } from "./doc.ts";
import { block, headComments, listed, onLines, type Printing, source } from "./lists.ts";
import { printExpr } from "./print-expr.ts";

/** `on TOOLS where EXPR { … }`. */
export const printBlock = (to: Printing, item: BlockItem): Doc => [
  "on ",
  printPatterns(to, item.tools),
  item.where === undefined ? [] : [" where ", indent(printExpr(to, item.where))],
  " ",
  block(to, item, item.members, (member) =>
    member.kind === "rule" ? printRule(to, member) : printMask(to, member),
  ),
];

export const printPatterns = (to: Printing, { patterns }: ToolsPattern): Doc =>
  listed(to, patterns, (pattern) => printPattern(to, pattern));

export const printPattern = (to: Printing, pattern: ToolPattern): Doc => {
  if (pattern.kind === "all") return "*";
  if (pattern.kind === "unknown") return "unknown";
  const tool = source(to, pattern.tool);
  return pattern.server === undefined ? tool : `${source(to, pattern.server)}.${tool}`;
};

const printMask = (to: Printing, { paths }: MaskNode): Doc => [
  "mask ",
  listed(to, paths, (path) => printExpr(to, path)),
];

const ORDER: ReadonlyMap<string, number> = new Map(CLAUSES.map(({ clause }, index) => [clause, index]));

/** The effect and the name, and each clause on its line in the canonical order. */
const printRule = (to: Printing, rule: RuleNode): Doc => {
  const clauses = rule.clauses.toSorted((a, b) => (ORDER.get(a.kind) ?? 0) - (ORDER.get(b.kind) ?? 0));
  return [
    effectWords(rule.effect.effect),
    rule.name === undefined ? "" : ` ${rule.name.text}`,
    headComments(to, rule),
    clauses.length === 0
      ? []
      : indent([NEWLINE, onLines(to, clauses, (clause) => printClause(to, clause), false)]),
  ];
};

const printClause = (to: Printing, clause: ClauseNode): Doc => [
  clause.kind,
  " ",
  printClauseBody(to, clause),
];

const printClauseBody = (to: Printing, clause: ClauseNode): Doc => {
  switch (clause.kind) {
    case "when":
    case "unless":
      return printExpr(to, clause.condition);
    case "because":
    case "ask":
      return source(to, clause.template);
    case "risk":
      return clause.level.text;
    case "requires":
    case "from":
      return listed(to, clause.values, (value) => source(to, value));
    case "approvals":
      return source(to, clause.count);
    case "within":
      return source(to, clause.duration);
    case "needs":
      return listed(to, clause.paths, (path) => printExpr(to, path));
  }
};
