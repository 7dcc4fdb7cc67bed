import { type Effect, effectWords, policyNameOf, type Rule } from "@agentpolicy/language";
import type { Snapshot } from "../../../snapshot.ts";
import type { Cursor } from "../cursor.ts";
import { toolIndex } from "../typing/catalogue.ts";
import { docOf, FITTING, NEEDED, type Offer, offer, SELDOM } from "./offer.ts";

/** A rule as tests of the policy name it: `large-transfer`, `org.no-secrets`. */
export const referenceOf = (snapshot: Snapshot, { id }: Rule): string => {
  const header = snapshot.files.get(snapshot.entry)?.tree.items.find((item) => item.kind === "policy");
  const named = header?.kind === "policy" ? header.name?.text : undefined;
  const prefix = `${named ?? policyNameOf(snapshot.entry)}.`;
  return id.startsWith(prefix) ? id.slice(prefix.length) : id;
};

/** The line of the test at the place: the tool that was called last, and what is expected and by which rules. */
const lineAt = ({ tokens }: Cursor) => {
  const last = (word: string) => tokens.findLastIndex(({ kind, text }) => kind === "word" && text === word);
  const call = tokens.slice(last("call") + 1);
  const stop = call.findIndex(
    ({ text, start }, at) => at > 0 && (text === "{" || start !== call[at - 1]?.end),
  );
  const tool = call.slice(0, stop < 0 ? call.length : stop).map(({ text }) => text);
  const expect = tokens.slice(last("expect") + 1);
  const [first, second] = expect;
  const words = first?.text === "require" ? `require ${second?.text}` : (first?.text ?? "");
  const isBeforeCall = last("expect") < last("call");
  return { tool: tool.join("").replaceAll('"', ""), effect: isBeforeCall ? "" : words, after: expect };
};

/** Rules after `by`: those that cover the tool and have the effect. */
export const ruleOffers = (cursor: Cursor): readonly Offer[] => {
  const { snapshot } = cursor;
  const { tool, effect, after } = lineAt(cursor);
  const covering = toolIndex(snapshot).rules.get(tool);
  const by = after.findIndex(({ text }) => text === "by");
  const prefix = prefixOf(after.slice(by + 1).map(({ text }) => text));
  return snapshot.result.facts.rules.flatMap((rule) => {
    const reference = referenceOf(snapshot, rule);
    if (!reference.startsWith(prefix.before) || prefix.written.includes(reference)) return [];
    const covers = covering === undefined || covering.includes(rule);
    const fits = effectWords(rule.effect) === effect;
    return [
      offer("rule", reference.slice(prefix.before.length), {
        detail: effectWords(rule.effect),
        band: covers && fits ? NEEDED : covers ? FITTING : SELDOM,
        ...docOf(rule.doc ?? undefined),
      }),
    ];
  });
};

/** Names before the one that is written now, and the rules before it. */
const prefixOf = (
  words: readonly string[],
): { readonly before: string; readonly written: readonly string[] } => {
  const pieces = words.join("").split(",");
  return { before: pieces.at(-1) ?? "", written: pieces.slice(0, -1) };
};

const EFFECTS: readonly Effect[] = ["allow", "approval_required", "clarification_required", "deny"];

/** What becomes of a call. */
const MEANINGS: Readonly<Record<Effect, string>> = {
  allow: "the call runs",
  approval_required: "the call waits for a person",
  clarification_required: "the agent or its user must answer first",
  deny: "the call does not run",
};

/** Effects; after `expect` those first that rules over the called tool have. */
export const effectOffers = (
  cursor: Cursor,
  of: "default" | "expect" | "claim",
  written: readonly Effect[],
): readonly Offer[] => {
  const possible = of === "default" ? (["deny", "approval_required"] as const) : EFFECTS;
  const rules = of === "expect" ? (toolIndex(cursor.snapshot).rules.get(lineAt(cursor).tool) ?? []) : [];
  return possible
    .filter((effect) => !written.includes(effect))
    .map((effect) => {
      const own = rules.filter((rule) => rule.effect === effect);
      const names = own.map((rule) => referenceOf(cursor.snapshot, rule)).join(", ");
      return offer("keyword", effectWords(effect), {
        band: own.length > 0 ? NEEDED : FITTING,
        detail: names === "" ? MEANINGS[effect] : names,
      });
    });
};
