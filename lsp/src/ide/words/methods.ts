import { type ExprNode, kindOf } from "@agentpolicy/language";
import { constantOf } from "./compare.ts";
import { listed, type Phrase } from "./phrase.ts";
import { quantified } from "./quantify.ts";
import { about, type Said } from "./said.ts";
import { type Speaker, typeOf } from "./speaker.ts";
import { phraseOf, scalarWords } from "./values.ts";

type Call = Extract<ExprNode, { readonly kind: "call" }>;

/** What a method says of what stands before its dot: of one, of many; `$` is the argument. */
const METHODS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  "string.startsWith": ["begins with $", "begin with $"],
  "string.endsWith": ["ends in $", "end in $"],
  "string.contains": ["contains $", "contain $"],
  "string.matches": ["matches the pattern $", "match the pattern $"],
  "list.contains": ["contains $", "contain $"],
  "list.containsAll": ["contains all of $", "contain all of $"],
  "list.containsAny": ["contains one of $", "contain one of $"],
};

/** The same for what is or is not so. */
const STATES: Readonly<Record<string, string>> = {
  "url.within": "at or below $",
  "domain.within": "$ or a domain below it",
  "path.within": "in $",
  "ip.in": "in the network $",
};

/** A method that says yes or no: `input.branch.startsWith("bot/")`, `path(p).within("/srv")`. */
export function methodClause(node: Call, negated: boolean, to: Speaker): Said | null {
  const { callee, args } = node;
  if (callee.kind !== "member") return null;
  const { text } = callee.name;
  if (text === "any" || text === "all") return quantified(node, text, negated, to);
  const type = typeOf(to, callee.of);
  const key = type && `${kindOf(type)}.${text}`;
  const [argument] = args;
  if (key === null || argument === undefined) return null;
  const subject = phraseOf(callee.of, to);
  const value = argumentWords(argument, text, to);
  if (!subject || value === null) return null;
  const state = STATES[key];
  if (state !== undefined)
    return about(
      subject.text,
      `${be(subject)} ${negated ? neither(state, value) : state.replace("$", () => value)}`,
    );
  const isOne = (text === "containsAny" || text === "containsAll") && isSingle(argument, to);
  const words = METHODS[isOne ? "list.contains" : key];
  if (!words) return null;
  const [one, many] = words;
  // "Does not contain one of them" could mean that one is missing.
  if (negated && many.includes("one of $")) {
    const none = (subject.plural ? many : one).replace("one of $", () => `none of ${value}`);
    return about(subject.text, none);
  }
  const verb = negated ? `${subject.plural ? "do" : "does"} not ${many}` : subject.plural ? many : one;
  return about(
    subject.text,
    verb.replace("$", () => value),
  );
}

const isSingle = (argument: ExprNode, to: Speaker): boolean => {
  const values = constantOf(argument, to);
  return Array.isArray(values) && values.length === 1;
};

const be = ({ plural }: Phrase): string => (plural ? "are" : "is");

function neither(state: string, value: string): string {
  const words = state.replace("$", () => value);
  return state.includes(" or a ") ? `neither ${words.replace(" or a ", " nor a ")}` : `not ${words}`;
}

function argumentWords(argument: ExprNode, method: string, to: Speaker): string | null {
  const values = method.startsWith("contains") ? constantOf(argument, to) : undefined;
  if (Array.isArray(values) && values.length > 0 && values.length <= 6) {
    const words = values.map(scalarWords);
    if (words.every((word) => word !== null))
      return listed(words as string[], method === "containsAny" ? "or" : "and");
  }
  return phraseOf(argument, to)?.text ?? null;
}
