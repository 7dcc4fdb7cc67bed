import type { RuleNode, Token } from "@agentpolicy/language";
import { inmost, pathAt } from "../../../tree/path.ts";
import type { Cursor } from "../cursor.ts";
import type { Operand } from "../places.ts";

/**
 * Whether `has` asked for a field before the place: in the same clause, or in the rule's `when`, which holds in all others.
 * It goes by the words alone, since what is being written has seldom been checked.
 */
export const isAskedFor = (cursor: Cursor, of: Operand | readonly string[], name: string): boolean => {
  const words = of.map((word) => (typeof word === "string" ? word : word.text));
  const tokens = tokensOfRule(cursor);
  const here = clauseOf(tokens, tokens.length);
  return tokens.some(({ text }, at) => {
    if (text !== "has" || tokens[at + 1]?.text !== name) return false;
    const start = at - words.length;
    if (words.some((word, index) => tokens[start + index]?.text !== word)) return false;
    if (["not", "."].includes(tokens[start - 1]?.text ?? "")) return false;
    const clause = clauseOf(tokens, at);
    return clause === here || tokens[clause]?.text === "when";
  });
};

const tokensOfRule = ({ file, tokens, item }: Cursor): readonly Token[] => {
  if (item?.kind !== "block") return tokens;
  const rule = inmost(pathAt(file.tree, tokens.at(-1)?.end ?? 0), "rule") as RuleNode | undefined;
  return rule === undefined ? [] : tokens.filter(({ start }) => start >= rule.start);
};

/** The index of the word that begins the clause. */
const clauseOf = (tokens: readonly Token[], before: number): number => {
  for (let at = before - 1; at >= 0; at -= 1) if (CLAUSES.has(tokens[at]?.text ?? "")) return at;
  return -1;
};

const CLAUSES: ReadonlySet<string> = new Set(["when", "unless", "because", "ask", "needs"]);
