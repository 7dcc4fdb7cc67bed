import type { ExprNode } from "@agentpolicy/language";
import { type Order, QUANTITIES } from "./compare.ts";
import { clauseOf } from "./conditions.ts";
import { numberWords, type Phrase, singular } from "./phrase.ts";
import { inline, type Said, scoped } from "./said.ts";
import { type Binding, type Speaker, textOf } from "./speaker.ts";
import { phraseOf } from "./values.ts";

type Call = Extract<ExprNode, { readonly kind: "call" }>;
type Lambda = Extract<ExprNode, { readonly kind: "lambda" }>;

/** Longer conditions on elements are shown as they are written. */
const LONGEST = 160;

interface Quantified {
  readonly list: Phrase;
  readonly lambda: Lambda;
}

function partsOf({ callee, args }: Call, to: Speaker): Quantified | null {
  const [lambda] = args;
  if (callee.kind !== "member" || lambda?.kind !== "lambda") return null;
  const list = phraseOf(callee.of, to);
  return list && { list, lambda };
}

/** "one of the paths", "each of the paths", "none of the paths"; evidence comes in pieces. */
function element(word: string, { text }: Phrase): string {
  if (text !== "the evidence") return `${word} of ${text}`;
  return `${word === "none" ? "no" : word} piece of evidence`;
}

/** `list.any(x => …)`, `list.all(x => …)`. */
export function quantified(node: Call, method: "any" | "all", negated: boolean, to: Speaker): Said | null {
  const parts = partsOf(node, to);
  if (!parts) return null;
  if (method === "any") return negated ? none(parts, to) : some(parts, false, to);
  return negated ? some(parts, true, to) : each(parts, false, to);
}

/** For one of them the condition, or its opposite, holds. */
const some = (parts: Quantified, opposite: boolean, to: Speaker): Said | null =>
  asSubject(parts, "one", opposite, "or", to) ??
  apart(parts, `for ${element("one", parts.list)}`, opposite, to);

const each = (parts: Quantified, opposite: boolean, to: Speaker): Said | null =>
  asSubject(parts, "each", opposite, "and", to) ??
  apart(parts, `for ${element("each", parts.list)}`, opposite, to);

/** "none of the paths begins with …"; what is negative in itself is turned: "each of the paths is in …". */
function none(parts: Quantified, to: Speaker): Said | null {
  const said = asSubject(parts, "none", false, null, to);
  const isClear =
    said?.kind === "plain" && !/\b(?:not|none|no|neither|nor|one of|each of)\b/.test(withoutFirst(said.text));
  if (said && isClear) return said;
  return (
    asSubject(parts, "each", true, "and", to) ?? apart(parts, `for ${element("none", parts.list)}`, false, to)
  );
}

const withoutFirst = (text: string): string => text.replace(/^none of |^no piece /, "");

const bound = (to: Speaker, { parameter }: Lambda, binding: Binding): Speaker => ({
  ...to,
  bindings: new Map([...to.bindings, [parameter.text, binding]]),
});

/** The condition with the element as its subject. `splits`: what may be said of each part by itself. */
function asSubject(
  { list, lambda }: Quantified,
  word: "one" | "each" | "none",
  opposite: boolean,
  splits: "and" | "or" | null,
  to: Speaker,
): Said | null {
  const phrase = element(word, list);
  const said = clauseOf(
    lambda.body,
    opposite,
    bound(to, lambda, { kind: "element", phrase: singular(phrase) }),
  );
  if (said === null) return null;
  if (isAbout(said, phrase)) return { ...said, isElement: said.subject?.includes(phrase) === true };
  return said.kind === splits && said.parts.every((part) => isAbout(part, phrase)) ? said : null;
}

/** Whether the element is spoken of once, and as the subject: "is not one of them" would be said of all of them. */
function isAbout(said: Said, phrase: string): said is Extract<Said, { readonly kind: "plain" }> {
  if (said.kind !== "plain" || said.subject === undefined || said.text.split(phrase).length !== 2)
    return false;
  return said.subject.includes(phrase) || HOLDS.test(said.text.slice(said.subject.length));
}

/** What a function is asked about stands behind it. */
const HOLDS = /^ (?:holds|does not hold) for /;

/** "for one of the files its path begins with … and its size is over …". */
function apart({ lambda }: Quantified, lead: string, opposite: boolean, to: Speaker): Said | null {
  const binding: Binding = { kind: "it" };
  const before = to.spokenOf.it;
  to.spokenOf.it = binding;
  const said = clauseOf(lambda.body, opposite, bound(to, lambda, binding));
  to.spokenOf.it = before;
  const text = said && inline(said, true);
  return text !== null && text.length <= LONGEST ? scoped(`${lead} ${text}`) : null;
}

/** `list.count(x => …) > 3`: "for more than 3 of the files, …". */
export function countClause(node: Call, order: Order, value: number, to: Speaker): Said | null {
  const { callee } = node;
  if (callee.kind !== "member" || callee.name.text !== "count" || textOf(to, callee) === "") return null;
  const parts = partsOf(node, to);
  if (!parts) return null;
  const pieces = parts.list.text === "the evidence" ? "pieces of evidence" : `of ${parts.list.text}`;
  return apart(parts, `for ${QUANTITIES[order]}${numberWords(value)} ${pieces}`, false, to);
}
