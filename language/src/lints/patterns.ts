import { childrenOf } from "../core/children.ts";
import type { Expr } from "../core/expr.ts";
import type { Rule } from "../core/policy.ts";
import { diagnose } from "../diagnostics/define.ts";
import type { Diagnostic, Fix } from "../diagnostics/diagnostic.ts";
import { EXPONENTIAL_PATTERN, SLOW_PATTERN, UNANCHORED_PATTERN } from "../diagnostics/messages/lints.ts";
import type { StringNode } from "../syntax/ast.ts";
import type { Location } from "../text/span.ts";
import { expressionsBesideRules, expressionsIn } from "./core.ts";
import type { LintInput } from "./input.ts";
import { foundBy } from "./memory.ts";
import { analysePattern } from "./pattern.ts";
import { bare, markedIn, placeOf, textOf } from "./tree.ts";

/** Regular expressions that can keep the matcher busy, and those that look anywhere in the text. */
export const patterns = (input: LintInput): readonly Diagnostic[] => {
  const seen = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  for (const file of input.files)
    for (const node of markedIn(file).calls) {
      if (node.callee.kind !== "member" || node.callee.name.text !== "matches") continue;
      const [argument] = node.args;
      const source = argument === undefined ? null : textOf(argument, file, input.files);
      if (argument === undefined || source === null) continue;
      seen.add(source.value);
      const plain = bare(argument);
      const literal = plain.kind === "string" ? plain : null;
      diagnostics.push(...judge(source.value, placeOf(file, argument), literal));
    }
  if (input.policy === null) return diagnostics;
  const once = foundBy(input.memory, "patterns", (of: Rule | Expr) => expressionsIn(of).flatMap(patternsIn));
  for (const of of [...input.policy.rules, ...expressionsBesideRules(input.policy)])
    for (const { source, at } of once(of))
      if (!seen.has(source)) {
        seen.add(source);
        diagnostics.push(...judge(source, at, null));
      }
  return diagnostics;
};

const patternsIn = (expr: Expr): readonly (Expr & { readonly kind: "matches" })[] => {
  const found: (Expr & { readonly kind: "matches" })[] = [];
  const open: Expr[] = [expr];
  while (open.length > 0) {
    const part = open.pop()!;
    if (part.kind === "matches") found.push(part);
    open.push(...[...childrenOf(part)].reverse());
  }
  return found;
};

const judge = (source: string, at: Location, literal: StringNode | null): readonly Diagnostic[] => {
  const found = analysePattern(source);
  if (found.error !== undefined || found.lookaround === true || found.backreference === true) return [];
  if (found.exponential) return [diagnose(EXPONENTIAL_PATTERN, {}, at)];
  const whole = `^(?:${source})$`;
  const diagnostics: Diagnostic[] = [];
  if (!found.anchored) diagnostics.push(unanchored(source, whole, at, literal));
  // What is slow only because it is tried at every place is told of once, by the missing anchors.
  if (found.polynomial && (found.anchored || analysePattern(whole).polynomial))
    diagnostics.push(diagnose(SLOW_PATTERN, { limit: found.limit ?? 0 }, at));
  return diagnostics;
};

const unanchored = (source: string, whole: string, at: Location, literal: StringNode | null): Diagnostic => {
  if (literal === null) return diagnose(UNANCHORED_PATTERN, {}, at);
  const fix = (title: string, text: string): Fix => ({
    title,
    preferred: false,
    edits: [{ file: at.file, start: literal.start, end: literal.end, text }],
  });
  return diagnose(UNANCHORED_PATTERN, {}, at, {
    fixes: [
      fix("match the whole text", written(anchoredText(source, whole), literal.raw)),
      fix("say that it may stand anywhere", written(`^.*(?:${source}).*$`, literal.raw)),
    ],
  });
};

/** The anchors alone where they suffice: not beside `|`, and without doubling one that is there. */
const anchoredText = (source: string, whole: string): string => {
  const plain = `${source.startsWith("^") ? "" : "^"}${source}${/(?<!\\)(?:\\\\)*\$$/u.test(source) ? "" : "$"}`;
  return !source.includes("|") && analysePattern(plain).anchored ? plain : whole;
};

const written = (pattern: string, raw: boolean): string =>
  raw && !pattern.includes('"') ? `r"${pattern}"` : JSON.stringify(pattern);
