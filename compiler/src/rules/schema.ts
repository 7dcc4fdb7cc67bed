import { domain } from "@agentpolicy/runtime/values/domain";
import * as z from "zod/mini";
import { checkEvidence, MODEL } from "./check-evidence.ts";
import { checkFields } from "./check-matchers.ts";
import { anyText, closed, judged, listOf, oneOf, someOf, text } from "./issues.ts";
import { quoted } from "./words.ts";

const RISK = oneOf(["low", "medium", "high", "critical"]);
const REQUIREMENTS = listOf(text(), "a list of strings");

const fields = z.optional(judged((value) => checkFields(value)));

const ACTION = judged((value) => {
  if (Array.isArray(value)) {
    if (value.length === 0)
      return [{ path: [], message: "expected a name or a list of names, found an empty one" }];
    return value.flatMap((name: unknown, i) => {
      const found = z.safeParse(text(), name).error?.issues[0];
      return found === undefined ? [] : [{ path: [i], message: found.message }];
    });
  }
  const found = z.safeParse(text("a name or a list of names"), value).error?.issues[0];
  return found === undefined ? [] : [{ path: [], message: found.message }];
});

const WHEN = closed({
  action: z.optional(ACTION),
  actor: z.optional(judged((value) => checkFields(value, ["id", "type"]))),
  context: fields,
  resource: fields,
  input: fields,
  arguments: fields,
  model: z.optional(MODEL),
  evidence: z.optional(judged(checkEvidence)),
});

const RULE = closed({
  id: text("a string", "a rule needs an id"),
  when: z.optional(WHEN),
  decision: z.optional(oneOf(["allow", "approval_required", "clarification_required", "deny"])),
  reason: z.optional(text()),
  description: z.optional(text()),
  risk: z.optional(RISK),
  requirements: z.optional(REQUIREMENTS),
});

const DOMAIN = anyText.check(
  z.refine((value) => domain(value) !== null, {
    error: ({ input }) => `expected a domain such as "acme.com", found ${quoted(String(input))}`,
  }),
);

/** The shape of a policy object: closed sets of names everywhere but in what requests are asked. */
export const POLICY = closed({
  name: z.optional(text()),
  id: z.optional(text()),
  version: z.optional(text()),
  defaultDecision: z.optional(oneOf(["deny", "approval_required"])),
  defaultRisk: z.optional(RISK),
  defaultRequirements: z.optional(REQUIREMENTS),
  internalDomains: z.optional(someOf(DOMAIN, "a list of domains")),
  rules: listOf(RULE, "a list of rules"),
});
