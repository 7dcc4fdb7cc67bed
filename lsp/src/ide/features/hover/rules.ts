import { effectWords, type Rule } from "@agentpolicy/language";
import { code, counted, durationWords, listed } from "../../words/phrase.ts";
import { checkedRule } from "../../words/placed.ts";
import { type PlacedRule, ruleInWords, ruleMarkdown } from "../../words/rule.ts";
import { paragraphs, prose, type Writing } from "./markdown.ts";
import { toolList } from "./tools.ts";

/** A rule in words, with what its author says of it, whom it covers and what its decision carries. */
export function ruleCard({ snapshot }: Writing, placed: PlacedRule): string {
  const rule = checkedRule(snapshot, placed);
  const name = rule?.id ?? placed.rule.name?.text;
  const lead = `**${effectWords(placed.rule.effect.effect)}**${name === undefined ? "" : ` ${code(name)}`}`;
  return paragraphs(
    lead,
    ruleMarkdown(ruleInWords(placed, snapshot)),
    prose(placed.rule.doc),
    rule ? coverLine(rule) : "",
    rule ? detailLine(rule) : "",
  );
}

function coverLine({ bodies }: Rule): string {
  const tools = bodies.flatMap((body) => body.tools).toSorted();
  const unknown = bodies.some((body) => body.unknown);
  const beside = unknown ? " and undeclared tools" : "";
  if (tools.length === 0) return unknown ? "" : "Covers no tool.";
  return tools.length === 1 && !unknown
    ? ""
    : `Covers ${counted(tools.length, "tool")}${beside}: ${toolList(tools)}`;
}

/** What the decision carries: "risk high · approvals expire after 24 hours". */
function detailLine({ risk, requirements, approval, clarification }: Rule): string {
  const within = (approval ?? clarification)?.within;
  return [
    `risk ${risk}`,
    ...(requirements.length === 0
      ? []
      : [
          `requires ${listed(
            requirements.map((name) => code(name)),
            "and",
          )}`,
        ]),
    ...(within === undefined ? [] : [`expires after ${durationWords(within)}`]),
  ].join(" · ");
}
