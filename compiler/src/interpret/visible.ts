import type { Expr, RuleBody } from "@agentpolicy/language";
import type { Who } from "@agentpolicy/runtime/abi";
import { isTooDeepAhead } from "../plan/ahead.ts";
import { evaluate, type Scope } from "./evaluate.ts";
import { kindOf } from "./read.ts";
import { firstMisfit, type Subject, scopeOf } from "./subject.ts";

type Kleene = boolean | "unknown";

/**
 * Whether a call to the tool could end in anything but `deny`, of what is known before there are arguments
 * (decision 0006).
 */
export function isVisible(subject: Subject, tool: string, who: Who): boolean {
  const about = subject.about(tool);
  if (about === null || kindOf(who) !== "record") return false;
  const checks = about.checks.filter(({ root }) => root === "actor" || root === "context");
  if (firstMisfit(who, checks) !== null) return false;
  const scope = scopeOf(subject, about, who, {});
  const judged = about.cover.rules.map(({ rule, body }) => ({
    effect: rule.effect,
    matches: couldMatch(body, subject, scope),
  }));
  if (judged.some(({ effect, matches }) => effect === "deny" && matches === true)) return false;
  if (subject.policy.default !== "deny") return true;
  return judged.some(({ effect, matches }) => effect !== "deny" && matches !== false);
}

function couldMatch(body: RuleBody, subject: Subject, scope: Scope): Kleene {
  const when = body.when === null ? true : foresee(body.when, subject, scope);
  const unless = body.unless === null ? false : foresee(body.unless, subject, scope);
  return and(when, not(unless));
}

/** Three-valued: a part that reads more than `actor` and `context`, or that can fault, is unknown as a whole. */
function foresee(expr: Expr, subject: Subject, scope: Scope): Kleene {
  if (subject.ahead(expr)) {
    const outcome = evaluate(expr, scope);
    return outcome.kind === "value" && typeof outcome.value === "boolean" ? outcome.value : "unknown";
  }
  switch (expr.kind) {
    case "not":
      return not(foresee(expr.of, subject, scope));
    case "and":
      return and(foresee(expr.left, subject, scope), foresee(expr.right, subject, scope));
    case "or":
      return or(foresee(expr.left, subject, scope), foresee(expr.right, subject, scope));
    case "if": {
      if (isTooDeepAhead(expr)) return "unknown";
      const test = foresee(expr.test, subject, scope);
      const then = foresee(expr.then, subject, scope);
      const otherwise = foresee(expr.otherwise, subject, scope);
      return or(and(test, then), and(not(test), otherwise));
    }
    default:
      return "unknown";
  }
}

function not(of: Kleene): Kleene {
  return of === "unknown" ? of : !of;
}

function and(left: Kleene, right: Kleene): Kleene {
  if (left === false || right === false) return false;
  return left === true && right === true ? true : "unknown";
}

function or(left: Kleene, right: Kleene): Kleene {
  return not(and(not(left), not(right)));
}
