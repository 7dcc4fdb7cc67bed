import { diagnose } from "../diagnostics/define.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { UNCONDITIONAL_ALLOW } from "../diagnostics/messages/lints.ts";
import { listsOf } from "./analysis/classes.ts";
import type { LintInput } from "./input.ts";
import { nameOf, someOf } from "./names.ts";

/** Destructive tools that a rule lets run whatever the call is, and that no stricter rule looks after. */
export const unconditionalAllows = ({ policy }: LintInput): readonly Diagnostic[] => {
  if (policy === null) return [];
  const stricter = policy.rules.filter(({ effect }) => effect !== "allow");
  const guarded = new Set([...listsOf({ rules: stricter })].flat());
  return policy.rules.flatMap((rule) => {
    if (rule.effect !== "allow") return [];
    const open = rule.bodies
      .filter(({ when, unless }) => when === null && unless === null)
      .flatMap(({ tools }) => tools)
      .filter((name) => !guarded.has(name) && policy.tools.get(name)?.hints.destructive === true);
    if (open.length === 0) return [];
    const facts = { name: nameOf(rule), tools: someOf(open), one: open.length === 1 };
    return [diagnose(UNCONDITIONAL_ALLOW, facts, rule.nameAt)];
  });
};
