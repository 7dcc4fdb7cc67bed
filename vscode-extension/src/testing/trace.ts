import type { Uri } from "vscode";
import type { RanCall, RanTest, RuleOutcome } from "../protocol.ts";
import type { Server } from "../server.ts";
import { EFFECT_WORDS } from "../words.ts";

const BOLD = "\u001b[1m";
const DIM = "\u001b[2m";
const PLAIN = "\u001b[0m";
const SIGNS = { matched: "●", unmatched: "○", faulted: "✗", unjudged: "·" } as const;

/** How each call of a test was decided, rule by rule, for a terminal. */
export async function traceOf(server: Server, uri: Uri, { name, calls, failures }: RanTest): Promise<string> {
  const lines = [`${BOLD}${name}${PLAIN}`];
  for (const call of calls) lines.push(...(await callLines(server, uri, call)));
  lines.push(...failures.map(({ message }) => `  ✗ ${message}`), "");
  return lines.map((line) => `${line}\r\n`).join("");
}

async function callLines(server: Server, uri: Uri, { request, figures, location, decision }: RanCall) {
  const answer = await server.tryCall(uri, { request, figures });
  const { tried } = answer ?? {};
  const by = decision.rules.length === 0 ? decision.code : decision.rules.join(", ");
  return [
    `  line ${location.range.start.line + 1}: ${tried?.tool ?? "a call"}: ${BOLD}${EFFECT_WORDS[decision.decision]}${PLAIN} by ${by}`,
    ...Object.entries(figures).map(([track, value]) => `    ${DIM}${track} = ${value}${PLAIN}`),
    ...(tried?.rules ?? []).flatMap(ruleLines),
  ];
}

function ruleLines({ id, effect, outcome, considered, decidedBy }: RuleOutcome): readonly string[] {
  const line = `    ${SIGNS[outcome]} ${EFFECT_WORDS[effect]} ${id}${considered ? "" : " (decided before)"}`;
  if (decidedBy === null) return [considered ? line : `${DIM}${line}${PLAIN}`];
  const { clause, text, outcome: came, values } = decidedBy;
  const said = [`      ${clause} ${text}: ${came === "fault" ? "cannot be evaluated" : came}`];
  const seen = values.map((value) => `        ${value.text} = ${value.value ?? "absent"}`);
  return [line, ...said, ...seen].map((text) => (considered ? text : `${DIM}${text}${PLAIN}`));
}
