import type { ExprNode, ToolPattern, ToolsPattern } from "@agentpolicy/language";
import { clauseOf } from "./conditions.ts";
import { code, counted, listed } from "./phrase.ts";
import { inline } from "./said.ts";
import { bare, quoted, type Speaker, textOf } from "./speaker.ts";

/** Tools as a noun. `parts`: the names of single tools, where there is nothing else. */
export interface ToolsPhrase {
  readonly text: string;
  readonly parts: readonly string[] | null;
}

/** How many patterns are named one by one. */
const MOST_NAMED = 4;

/** Hints, as something said of a tool and as words before "tool"; those that say yes and no. */
const HINTS: Readonly<Record<string, readonly [yes: string, no: string]>> = {
  readOnly: ["read-only", "that is not read-only"],
  destructive: ["destructive", "that is not destructive"],
  idempotent: ["idempotent", "that is not idempotent"],
  openWorld: ["open-world", "that is not open-world"],
};

/** The tools of a block, track or claim in words: "`bank.transfer_money`", "every destructive tool of `github`". */
export function patternsPhrase(
  { patterns }: ToolsPattern,
  where: ExprNode | undefined,
  to: Speaker,
): ToolsPhrase {
  const isEverything = ["all", "unknown"].every((kind) => patterns.some((pattern) => pattern.kind === kind));
  if (isEverything && where === undefined) return { text: "every tool, declared or not,", parts: null };
  const all = patterns.map((pattern) => patternWords(pattern, to));
  const names = all.map(({ text }) => text);
  const isNamed = where === undefined && all.every(({ isOne }) => isOne);
  const parts = isNamed && names.length <= MOST_NAMED ? names : null;
  const hint = where && hintOf(where);
  const [first] = patterns;
  if (hint && patterns.length === 1 && first) {
    const server =
      first.kind === "named" && first.tool.text === "*" && !first.tool.quoted ? first.server : null;
    const isServer = server && !server.text.includes("*");
    if (first.kind === "all" || isServer) {
      const of = isServer ? ` of ${code(server.text)}` : "";
      const [yes, no] = HINTS[hint.name] ?? ["", ""];
      return { text: hint.negated ? `every tool${of} ${no}` : `every ${yes} tool${of}`, parts: null };
    }
  }
  const text =
    names.length <= MOST_NAMED
      ? listed(names, "and")
      : `${names.slice(0, MOST_NAMED - 1).join(", ")} and ${counted(names.length - MOST_NAMED + 1, isNamed ? "other tool" : "other pattern")}`;
  return { text: `${text}${whereWords(where, to)}`, parts };
}

function patternWords(pattern: ToolPattern, to: Speaker): { readonly text: string; readonly isOne: boolean } {
  if (pattern.kind === "all") return { text: "every tool", isOne: false };
  if (pattern.kind === "unknown") return { text: "every undeclared tool", isOne: false };
  const { server, tool } = pattern;
  const isOne = ![server, tool].some((name) => name && !name.quoted && name.text.includes("*"));
  if (isOne) return { text: code(textOf(to, pattern)), isOne };
  const isServer = server && tool.text === "*" && !server.text.includes("*");
  return { text: isServer ? `every tool of ${code(server.text)}` : code(textOf(to, pattern)), isOne };
}

function hintOf(where: ExprNode): { readonly name: string; readonly negated: boolean } | null {
  const node = bare(where);
  if (node.kind === "not") {
    const inner = hintOf(node.of);
    return inner && { ...inner, negated: !inner.negated };
  }
  if (node.kind !== "member" || node.of.kind !== "name" || node.of.name.text !== "tool") return null;
  return Object.hasOwn(HINTS, node.name.text) ? { name: node.name.text, negated: false } : null;
}

function whereWords(where: ExprNode | undefined, to: Speaker): string {
  if (where === undefined || where.kind === "error") return "";
  const said = clauseOf(where, false, to);
  return ` where ${(said && inline(said, true)) ?? quoted(to, where) ?? ""}`;
}
