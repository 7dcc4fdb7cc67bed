import type { Decision, Location, RuleOutcome } from "../../protocol.ts";
import { counted, EFFECT_WORDS } from "../../words.ts";
import type { Shown } from "../messages.ts";
import { element } from "./elements.ts";

type Open = (location: Location) => void;

const SIGNS = { matched: "✓", unmatched: "–", faulted: "✗", unjudged: "·" } as const;
const OUTCOMES = {
  matched: "matches",
  unmatched: "does not match",
  faulted: "cannot be evaluated",
  unjudged: "not looked at",
} as const;
const TITLES = {
  allow: "Allowed",
  approval_required: "Waits for approval",
  clarification_required: "Waits for an answer",
  deny: "Denied",
} as const;
const CODES: Readonly<Record<string, string>> = {
  default: "no rule matches; the default decides",
  unknown_tool: "no catalogue declares the tool",
  invalid_request: "the request does not fit what the policy reads",
  invalid_value: "a value cannot be read",
};

/** The decision, and how each rule came out. */
export function answerFor({ errors, tried }: Shown, open: Open): readonly Node[] {
  if (errors > 0) {
    return [
      element(
        "div",
        { class: "decision broken" },
        element("strong", {}, counted(errors, "error")),
        element("p", {}, "A policy with errors decides nothing: every call is denied."),
      ),
    ];
  }
  if (tried === null) return [element("p", { class: "hint" }, "…")];
  const { decision, rules } = tried;
  return [
    banner(decision),
    ...(rules.length === 0 ? [] : [element("h2", {}, "Rules, strictest first")]),
    element(
      "ol",
      { class: "rules" },
      ...rules.map((rule) => ruleItem(rule, decision.rules.includes(rule.id), open)),
    ),
  ];
}

const banner = ({ decision, code, rules, reasons }: Decision): HTMLElement =>
  element(
    "div",
    { class: `decision ${decision}` },
    element("strong", {}, TITLES[decision]),
    rules.length === 0 ? null : element("span", { class: "by" }, `by ${rules.join(", ")}`),
    rules.length + reasons.length > 0 ? null : element("span", { class: "by" }, CODES[code] ?? code),
    ...reasons.map((reason) => element("p", {}, reason)),
  );

function ruleItem(
  { id, effect, location, outcome, considered, decidedBy }: RuleOutcome,
  decides: boolean,
  open: Open,
): HTMLElement {
  const name = element("button", { class: "link", onclick: () => open(location) }, id);
  const said = considered ? OUTCOMES[outcome] : `a stricter rule has decided (${OUTCOMES[outcome]})`;
  return element(
    "li",
    { class: `${outcome}${considered ? "" : " aside"}${decides ? " decides" : ""}` },
    element("span", { class: "sign", "aria-hidden": "true" }, SIGNS[outcome]),
    element(
      "div",
      {},
      element("span", { class: `effect ${effect}` }, EFFECT_WORDS[effect]),
      " ",
      name,
      element("span", { class: "hint" }, ` ${said}`),
      decidedBy === null ? null : reasonFor(decidedBy, open),
    ),
  );
}

function reasonFor(
  { clause, text, outcome, location, values }: NonNullable<RuleOutcome["decidedBy"]>,
  open: Open,
): HTMLElement {
  const came = outcome === "fault" ? "cannot be evaluated" : String(outcome);
  return element(
    "div",
    { class: "because" },
    element("button", { class: "link code", onclick: () => open(location) }, `${clause} ${text}`),
    element("span", { class: "hint" }, ` is ${came}`),
    element(
      "dl",
      {},
      ...values.flatMap((value) => [
        element("dt", {}, value.text),
        element("dd", value.value === null ? { class: "hint" } : {}, value.value ?? "absent"),
      ]),
    ),
  );
}
