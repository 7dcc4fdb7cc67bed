import type { BlockItem, ClauseNode, RuleNode } from "@agentpolicy/language";
import type { Snapshot } from "../snapshot.ts";
import { clauseOf } from "./conditions.ts";
import { code, counted, durationWords, escaped, listed, quotedText, shortened } from "./phrase.ts";
import { inline, joined, type Said } from "./said.ts";
import { quoted, type Speaker, speakerOf, textOf } from "./speaker.ts";
import { patternsPhrase } from "./tools.ts";
import { phraseOf } from "./values.ts";

/** A rule where it stands. */
export interface PlacedRule {
  readonly path: string;
  readonly block: BlockItem;
  readonly rule: RuleNode;
}

/** A rule in words, in Markdown. */
export interface RuleWords {
  /** "Denies `mail.send` when the actor's role is …", without a full stop. */
  readonly sentence: string;
  /** Where the conditions are too long for a sentence: it ends in a colon, and these follow. */
  readonly list: readonly string[];
  /** How long an approval can be given, what an answer must say. Sentences. */
  readonly more: readonly string[];
  /** What functions mean that are called by their names. Sentences. */
  readonly notes: readonly string[];
}

export interface WordsOptions {
  /** What the tools are called: "it", where they are known. */
  readonly tools?: string;
  /** Everything in one line, however long. */
  readonly inline?: boolean;
}

/** Conditions beyond this length become a list. */
const LONGEST_LINE = 150;
const LONGEST_INLINE = 400;
const LONGEST_ITEM = 300;
const LONGEST = 800;
const MOST_ITEMS = 12;

/**
 * What a rule does, for people who do not program: "Pauses `bank.transfer_money` for finance-lead when the amount is over
 * 500". Whatever has no words is quoted as it is written, so nothing is said that is not so.
 */
export function ruleInWords(placed: PlacedRule, snapshot: Snapshot, options: WordsOptions = {}): RuleWords {
  const { rule, block, path } = placed;
  const to = speakerOf(snapshot, path);
  const tools = options.tools ?? patternsPhrase(block.tools, block.where, to).text;
  const head = effectWords(rule, tools, to);
  const conditions = conditionsOf(rule, to);
  const more = moreOf(rule, to);
  const notes = () => [...to.notes.values()];
  const { all } = conditions;
  const fits = conditions.line.length <= LONGEST_LINE;
  if (options.inline && conditions.line.length > LONGEST_INLINE)
    return { sentence: `${head} under the conditions that it names`, list: [], more, notes: [] };
  if (options.inline || fits || all === null) {
    const line = shortened(conditions.line, LONGEST);
    return { sentence: line === "" ? head : `${head} ${line}`, list: [], more, notes: notes() };
  }
  const lead = all.kind === "and" ? "when all of these hold:" : "when one of these holds:";
  const shown = all.parts.slice(0, MOST_ITEMS).map((part) => shortened(inline(part, true), LONGEST_ITEM));
  const left = all.parts.length - shown.length;
  const list = left > 0 ? [...shown, `… and ${left} more`] : shown;
  return { sentence: `${head} ${lead}`, list, more, notes: notes() };
}

/** The same as one text in Markdown. */
export function ruleMarkdown(words: RuleWords): string {
  const { sentence, list, more, notes } = words;
  const first = list.length === 0 ? `${sentence}.` : sentence;
  const tail = more.length === 0 ? "" : more.join(" ");
  const text =
    list.length === 0
      ? [[first, tail].filter(Boolean).join(" ")]
      : [first, list.map((item) => `- ${item}`).join("\n"), tail];
  return [...text, ...notes].filter(Boolean).join("\n\n");
}

type ClauseOf<K extends ClauseNode["kind"], C = ClauseNode> = C extends { readonly kind: infer Kinds }
  ? K extends Kinds
    ? C
    : never
  : never;

export const clause = <K extends ClauseNode["kind"]>(rule: RuleNode, kind: K): ClauseOf<K> | undefined =>
  rule.clauses.find((one) => one.kind === kind) as ClauseOf<K> | undefined;

function effectWords(rule: RuleNode, tools: string, to: Speaker): string {
  switch (rule.effect.effect) {
    case "allow":
      return `Allows ${tools}`;
    case "deny":
      return `Denies ${tools}`;
    case "clarification_required": {
      const ask = clause(rule, "ask");
      const question = ask && textOf(to, ask.template).replace(/^"|"$/g, "").trim();
      return `Pauses ${tools} to ask ${question ? `“${escaped(question)}”` : "a question"}`;
    }
    case "approval_required":
      return `Pauses ${tools} ${approversWords(rule)}`;
  }
}

/** "for finance-lead", "until 2 people (finance-lead or cfo) approve". */
function approversWords(rule: RuleNode): string {
  const names = [...new Set((clause(rule, "from")?.values ?? []).map(({ value }) => value))]
    .filter((name) => name !== "")
    .map((name) => (/^[\p{L}\p{N}](?:[\p{L}\p{N} .-]*[\p{L}\p{N}])?$/u.test(name) ? name : quotedText(name)));
  const count = clause(rule, "approvals")?.count.value ?? 1;
  if (count !== 1) {
    const who = names.length === 0 ? "" : ` (${listed(names, "or")})`;
    return `until ${counted(count, "person", "different people")}${who} approve`;
  }
  return names.length === 0 ? "until somebody approves" : `for ${listed(names, "or")}`;
}

interface Conditions {
  /** "when … unless …"; empty where there are none. */
  readonly line: string;
  /** All of them as one, for a list. */
  readonly all: Extract<Said, { readonly kind: "and" | "or" }> | null;
}

function conditionsOf(rule: RuleNode, to: Speaker): Conditions {
  const when = clause(rule, "when")?.condition;
  const unless = clause(rule, "unless")?.condition;
  const said = when && clauseOf(when, false, to);
  const not = unless && clauseOf(unless, false, to);
  const words = (node: typeof when, one: Said | null | undefined) =>
    one ? inline(one, true) : ((node && quoted(to, node)) ?? "…");
  if (said?.kind === "never" || not?.kind === "always") return { line: "in no case", all: null };
  const parts = [
    ...(when && said?.kind !== "always" ? [`when ${words(when, said)}`] : []),
    ...(unless && not?.kind !== "never" ? [`unless ${words(unless, not)}`] : []),
  ];
  const opposite = unless && clauseOf(unless, true, to);
  const each = [said, opposite].filter((one) => one !== null && one !== undefined);
  const isWhole = (!when || said) && (!unless || opposite);
  const all = isWhole && each.length > 0 ? joined("and", each) : null;
  return { line: parts.join(", "), all: all?.kind === "and" || all?.kind === "or" ? all : null };
}

function moreOf(rule: RuleNode, to: Speaker): readonly string[] {
  const within = clause(rule, "within")?.duration.milliseconds;
  const needs = (clause(rule, "needs")?.paths ?? []).map(
    (path) => phraseOf(path, to)?.text ?? code(textOf(to, path)),
  );
  const answers = rule.effect.effect === "clarification_required";
  const { effect } = rule.effect;
  const expires = within !== undefined && (effect === "approval_required" || answers);
  return [
    ...(answers && needs.length > 0 ? [`The answer gives ${listed(needs, "and")}.`] : []),
    ...(expires ? [`It expires after ${durationWords(within)}.`] : []),
  ];
}
