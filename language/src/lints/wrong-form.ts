import { domain } from "@agentpolicy/runtime/values/domain";
import { childrenOf } from "../core/children.ts";
import type { Expr, Method } from "../core/expr.ts";
import type { Rule } from "../core/policy.ts";
import { diagnose } from "../diagnostics/define.ts";
import type { Diagnostic, Fix } from "../diagnostics/diagnostic.ts";
import { WRONG_FORM } from "../diagnostics/messages/lints.ts";
import { expressionsBesideRules, expressionsIn } from "./core.ts";
import type { LintInput } from "./input.ts";
import { foundBy } from "./memory.ts";
import { isMixed, looksAscii } from "./unicode/look-alikes.ts";

/** The one form in which a value comes, as far as a text can be brought to it; and what that form is. */
interface Form {
  readonly words: string;
  readonly of: (text: string) => string;
}

const LOWER: Form = { words: "lower case", of: (text) => text.toLowerCase() };
const HOST: Form = { words: "lower case and punycode", of: (text) => domain(text) ?? text.toLowerCase() };
const LAST_SEGMENT: Form = {
  words: "the last part alone",
  of: (text) => text.slice(text.lastIndexOf("/") + 1),
};

const FORMS: Readonly<Partial<Record<Method, Form>>> = {
  "string.lower": LOWER,
  "email.domain": HOST,
  "url.host": HOST,
  "url.scheme": {
    words: "lower case, without a colon",
    of: (text) => text.replace(/:(?:\/\/)?$/u, "").toLowerCase(),
  },
  "url.path": {
    words: "whole, from the first `/` on",
    of: (text) => (text.startsWith("/") ? text : `/${text}`),
  },
  "path.extension": {
    words: "what follows the last dot",
    of: (text) => text.slice(text.lastIndexOf(".") + 1),
  },
  "path.name": LAST_SEGMENT,
  "command.name": LAST_SEGMENT,
};

/** Comparisons of what a parser gives with text that it never gives: `email(x).domain == "Acme.com"`. */
export const wrongForms = ({ policy, sources, memory }: LintInput): readonly Diagnostic[] => {
  if (policy === null) return [];
  const byPlace = new Map<string, Diagnostic>();
  const searchAll = (of: Rule | Expr) => expressionsIn(of).flatMap((expr) => [...search(expr, sources)]);
  const isClean = foundBy(memory, "wrong-form", (of: Rule | Expr) => searchAll(of).length === 0);
  for (const of of [...policy.rules, ...expressionsBesideRules(policy)]) {
    if (isClean(of)) continue;
    for (const found of searchAll(of))
      byPlace.set(`${found.file} ${found.span.start} ${found.message}`, found);
  }
  return [...byPlace.values()];
};

function* search(expr: Expr, sources: ReadonlyMap<string, string>): Generator<Diagnostic> {
  for (const part of childrenOf(expr)) yield* search(part, sources);
  for (const [of, constants] of comparisons(expr)) {
    const form = of.kind === "method" ? FORMS[of.method] : undefined;
    if (form === undefined) continue;
    for (const { value, at } of constants) {
      if (typeof value !== "string" || form.of(value) === value || value === "") continue;
      // Told of as a look-alike: to write it in punycode would be no help.
      if (looksAscii(value) || isMixed(value)) continue;
      const instead = form.of(value);
      const source = sources.get(at.file)?.slice(at.start, at.end);
      const fix: Fix = {
        title: `write \`${instead}\``,
        preferred: true,
        edits: [{ ...at, text: JSON.stringify(instead) }],
      };
      const facts = {
        subject: sources.get(of.at.file)?.slice(of.at.start, of.at.end) ?? "",
        value,
        instead,
        words: form.words,
      };
      const isLiteral = source !== undefined && /^r?"/u.test(source);
      yield diagnose(WRONG_FORM, facts, at, { fixes: isLiteral ? [fix] : [] });
    }
  }
}

type Constant = Expr & { readonly kind: "constant" };

/** What is compared as a whole with which constants. */
const comparisons = (expr: Expr): readonly (readonly [Expr, readonly Constant[]])[] => {
  if (expr.kind === "equal")
    return [
      [expr.left, constantsIn(expr.right)],
      [expr.right, constantsIn(expr.left)],
    ];
  return expr.kind === "in" ? [[expr.of, constantsIn(expr.list)]] : [];
};

const constantsIn = (expr: Expr): readonly Constant[] => {
  if (expr.kind === "list") return expr.items.flatMap(constantsIn);
  if (expr.kind !== "constant") return [];
  const { value, at } = expr;
  return Array.isArray(value)
    ? value.map((item): Constant => ({ kind: "constant", value: item, at }))
    : [expr];
};
