import { checkText } from "@agentpolicy/language";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writeRules } from "../../src/import/write-rules.ts";
import { interpret } from "../../src/interpret/interpret.ts";
import { checkedPolicy } from "../../src/rules/define.ts";
import type { PolicyObject } from "../../src/rules/rule-objects.ts";
import { validatePolicy } from "../../src/rules/validate.ts";

/** Text of all kinds: words of the language, what cannot be seen, what turns lines around, what is no text. */
const words = fc.oneof(
  fc.string({ unit: "binary", minLength: 1, maxLength: 8 }),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }),
  fc.string({
    unit: fc.constantFrom("\ud800", "\udc00", "a", "\u2028", "\u0000", "\ufeff"),
    minLength: 1,
    maxLength: 5,
  }),
  fc.constantFrom(
    ...[
      "on",
      "policy",
      "default",
      "has",
      "not",
      "unknown",
      "if",
      "then",
      "is",
      "null",
      "true",
      "allow",
      "test",
    ],
    ...["a b", "é", "7", "-", "{x}", "}", '"\\', "a\u0301", "\u202e x", "\u200b", "\ufe0f", "іf", "аctor"],
    ...["__proto__", "constructor"],
  ),
);

describe("whatever rules are called and say", () => {
  it("is written so that it means the same", () => {
    let written = 0;
    fc.assert(
      fc.property(words, words, words, words, words, words, (id, name, reason, field, value, requirement) => {
        const policy: PolicyObject = {
          name,
          version: reason,
          rules: [
            {
              id,
              decision: "deny",
              reason,
              requirements: [requirement],
              when: { action: value, context: { [field]: value }, input: { [field]: { [field]: [value] } } },
            },
            {
              id: `${id}x`,
              decision: "clarification_required",
              reason,
              when: { actor: { [`x${field}`]: { in: [value, "b"] } } },
            },
          ],
        };
        const { text, names } = writeRules(policy);
        // What says nothing at all names nothing.
        if (text === null) return;
        const checked = checkText(text);
        const errors = checked.diagnostics.filter(({ severity }) => severity === "error");
        // A field whose name looks like another's is one of the caller's own; the author is told.
        if (errors.length > 0 && errors.every(({ code }) => code === "look-alike-name")) return;
        expect(errors, text).toEqual([]);
        written++;
        expect(new Set(names.values()).size).toBe(2);
        const mine = interpret(checked.policy!);
        const theirs = interpret(checkedPolicy(validatePolicy(policy)));
        const actor = { type: "agent", id: "bot" };
        for (const request of [
          {
            actor,
            action: { name: value, input: { [field]: { [field]: [value] } } },
            context: { [field]: value },
          },
          { actor: { ...actor, [`x${field}`]: value }, action: { name: "t" } },
          { actor, action: { name: "t" } },
        ]) {
          const [here, there] = [mine.decide(request), theirs.decide(request)];
          const told = ({ decision, code, reasons, requirements, clarification }: typeof here) => [
            ...[decision, code, reasons, requirements],
            clarification?.questions.map(({ ask }) => ask),
          ];
          expect(told(here), text).toEqual(told(there));
        }
      }),
      { numRuns: 120, endOnFailure: true },
    );
    expect(written).toBeGreaterThan(60);
  });
});
