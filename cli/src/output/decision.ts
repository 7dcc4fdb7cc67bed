import { effectWords } from "@agentpolicy/language";
import type { Decision, Effect } from "@agentpolicy/runtime/abi";
import type { Style } from "./style.ts";

const SIGNS: Readonly<Record<Effect, string>> = {
  allow: "✓",
  approval_required: "‖",
  clarification_required: "?",
  deny: "✗",
};

/** An effect in its colour, with a sign that tells it apart where there is no colour. */
export const effectText = (effect: Effect, style: Style): string => {
  const paint = {
    allow: style.green,
    approval_required: style.yellow,
    clarification_required: style.blue,
    deny: style.red,
  };
  return paint[effect](style.bold(`${SIGNS[effect]} ${effectWords(effect)}`));
};

/** A decision for people: the effect and the tool, then one line for each thing that it says. */
export const decisionText = (decision: Decision, tool: string, style: Style): string => {
  const { code, rules, reasons, risk, requirements, approval, clarification } = decision;
  const lines: [string, string][] = [["code", code]];
  if (rules.length > 0) lines.push([rules.length === 1 ? "rule" : "rules", rules.join(", ")]);
  for (const reason of reasons) lines.push(["reason", reason]);
  lines.push(["risk", risk]);
  if (requirements.length > 0) lines.push(["requires", requirements.join(", ")]);
  for (const { from, approvals, rule } of approval?.approvers ?? []) {
    const who = from.length === 0 ? "anyone who may approve" : from.join(" or ");
    lines.push(["approval", `${approvals} by ${who}${rule === null ? "" : style.dim(` (${rule})`)}`]);
  }
  for (const { ask, rule } of clarification?.questions ?? [])
    lines.push(["ask", `${ask}${style.dim(` (${rule})`)}`]);
  if (clarification !== undefined && clarification.needs.length > 0)
    lines.push(["needs", clarification.needs.join(", ")]);
  const within = approval?.within ?? clarification?.within;
  if (within !== undefined) lines.push(["within", durationText(within)]);
  const body = lines.map(([name, text]) => `  ${style.dim(name.padEnd(8))} ${text}\n`);
  return `${effectText(decision.decision, style)}  ${style.bold(tool)}\n${body.join("")}`;
};

const UNITS = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1000],
] as const;

/** Milliseconds in the largest unit that gives a whole number: `30m`, `24h`, `7d`. */
export const durationText = (milliseconds: number): string => {
  const [unit, size] = UNITS.find(([, length]) => milliseconds % length === 0) ?? ["ms", 1];
  return unit === "d" && milliseconds === 86_400_000 ? "24h" : `${milliseconds / size}${unit}`;
};
