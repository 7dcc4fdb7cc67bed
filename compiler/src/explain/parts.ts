import { childrenOf, type Expr, type RuleBody } from "@agentpolicy/language";
import { shown } from "@agentpolicy/runtime/values/text";
import type { Outcome } from "../interpret/outcome.ts";
import type { About, Subject } from "../interpret/subject.ts";
import { MASKED, readsMasked } from "../plan/masks.ts";
import { shownKind } from "../plan/shown-kind.ts";
import type { DecidingPart, SeenValue } from "./explanation.ts";

/** What each expression of a rule gave when the rule was judged. */
export type Seen = ReadonlyMap<Expr, Outcome>;

/** What parts are described with. */
export interface Witness {
  readonly subject: Subject;
  readonly about: About;
  readonly seen: Seen;
  /** An expression as written. */
  readonly textOf: (expr: Expr) => string;
}

/** The first part of a rule's conditions that made its outcome what it is. */
export function decidingPart(body: RuleBody, witness: Witness): DecidingPart | null {
  const { when, unless } = body;
  const skipped = unless === null || witness.seen.get(unless) === undefined;
  const whenDecides = when !== null && (skipped || truthOf(unless, witness.seen) === false);
  if (whenDecides) return describe("when", when, witness);
  return unless === null ? null : describe("unless", unless, witness);
}

function describe(clause: "when" | "unless", condition: Expr, witness: Witness): DecidingPart {
  const { seen, textOf } = witness;
  const deciding = descend(condition, seen);
  const outcome = truthOf(deciding, seen);
  const part = outcome === "fault" ? faulting(deciding, seen) : deciding;
  return { clause, at: part.at, text: textOf(part), outcome, values: valuesOf(part, deciding, witness) };
}

function truthOf(expr: Expr, seen: Seen): boolean | "fault" {
  const outcome = seen.get(expr);
  return outcome?.kind === "value" && typeof outcome.value === "boolean" ? outcome.value : "fault";
}

/** From a connective to the one part that decided it, or to itself where all of it did. */
function descend(expr: Expr, seen: Seen): Expr {
  switch (expr.kind) {
    case "not":
      return descend(expr.of, seen);
    case "and":
    case "or": {
      const left = truthOf(expr.left, seen);
      if (left === "fault" || left === (expr.kind === "or")) return descend(expr.left, seen);
      return left === truthOf(expr.right, seen) ? expr : descend(expr.right, seen);
    }
    case "if": {
      const test = truthOf(expr.test, seen);
      const taken = test === true ? expr.then : expr.otherwise;
      return descend(test === "fault" || taken.kind === "constant" ? expr.test : taken, seen);
    }
    default:
      return expr;
  }
}

/** The innermost part that could not be evaluated. */
function faulting(expr: Expr, seen: Seen): Expr {
  const inner = childrenOf(expr).find((child) => {
    const kind = seen.get(child)?.kind;
    return kind === "fault" || kind === "unreadable";
  });
  return inner === undefined || isFixed(inner) ? expr : faulting(inner, seen);
}

/** What reads nothing faults for the sake of what stands beside it. */
function isFixed(expr: Expr): boolean {
  const children = childrenOf(expr);
  return expr.kind === "constant" || (children.length > 0 && children.every(isFixed));
}

/**
 * The values that a part of a condition was made of. What `any`, `all` and `count` saw of single elements is left out,
 * but for the one that could not be evaluated.
 */
function valuesOf(part: Expr, condition: Expr, witness: Witness): SeenValue[] {
  const values = new Map<string, SeenValue>();
  const add = (expr: Expr): void => {
    const text = witness.textOf(expr);
    const value = valueText(expr, hasLocal(expr) ? condition : expr, witness);
    if (value !== undefined && !values.has(text)) values.set(text, { at: expr.at, text, value });
  };
  const walk = (expr: Expr): void => {
    if (expr.kind === "root" || expr.kind === "field") {
      add(expr);
      return;
    }
    const inner = expr.kind === "quantify" ? [expr.of] : childrenOf(expr);
    for (const child of inner) walk(child);
    if (expr !== part && expr.kind !== "constant" && truthOf(expr, witness.seen) === "fault") add(expr);
  };
  walk(part);
  return [...values.values()];
}

function hasLocal(expr: Expr): boolean {
  return expr.kind === "local" || childrenOf(expr).some(hasLocal);
}

/**
 * A value as it is shown; null where it is absent, undefined where there is nothing to show. `from` is what it comes
 * from, as far as masks go: for a parameter, all of the condition that it stands in.
 */
function valueText(expr: Expr, from: Expr, { subject, about, seen }: Witness): string | null | undefined {
  const outcome = seen.get(expr);
  if (outcome === undefined || outcome.kind === "fault" || outcome.kind === "unreadable") return undefined;
  if (readsMasked(from, about.masks, subject.reader)) return MASKED;
  if (outcome.kind === "absent") return null;
  const { value } = outcome;
  const plain = (one: unknown): boolean => typeof one !== "object" || one === null;
  const showable = plain(value) || (Array.isArray(value) && value.slice(0, 200).every(plain));
  return showable ? shown(value, shownKind(expr, subject.policy)) : undefined;
}
