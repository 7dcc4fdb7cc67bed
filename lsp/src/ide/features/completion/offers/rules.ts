import { type Effect, type RuleNode, roleOf, type Tool } from "@agentpolicy/language";
import type { Cursor } from "../cursor.ts";
import { toolsAt } from "../typing/scope.ts";
import { FITTING, NEEDED, type Offer, offer, POSSIBLE, USUAL } from "./offer.ts";
import { hole } from "./snippet.ts";

const VERBS: Readonly<Record<Effect, string>> = {
  allow: "allow",
  deny: "no",
  approval_required: "approve",
  clarification_required: "ask-about",
};

/** Names for a rule from its effect and its tools, none of which the file has yet. */
const ruleNames = (tools: readonly Tool[], taken: ReadonlySet<string>, effect: Effect): readonly string[] => {
  const subject = subjectOf(tools);
  const reads = effect === "allow" && tools.length > 0 && tools.every(({ hints }) => hints.readOnly);
  const wanted = [...(reads ? ["reads"] : []), `${VERBS[effect]}-${subject}`];
  return wanted.map((name) => free(name, taken)).filter((name) => roleOf(name) === undefined);
};

const free = (name: string, taken: ReadonlySet<string>): string => {
  let at = 2;
  let found = name;
  while (taken.has(found)) found = `${name}-${at++}`;
  return found;
};

const takenNames = ({ file, replace }: Cursor): ReadonlySet<string> =>
  new Set(
    file.tree.items.flatMap((item) =>
      item.kind !== "block"
        ? []
        : item.members
            .filter((member): member is RuleNode => member.kind === "rule")
            .flatMap(({ name }) => (name === undefined || name.start === replace.start ? [] : [name.text])),
    ),
  );

/** `transfer-money`; of several tools the server that they share. */
const subjectOf = (tools: readonly Tool[]): string => {
  const [first] = tools;
  if (first === undefined) return "call";
  const isAlone = tools.length === 1;
  const server = tools.every((tool) => tool.server === first.server) ? first.server : null;
  return kebab(isAlone ? first.tool : (server ?? "calls"));
};

const kebab = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^[-\d]+|-+$/g, "") || "call";

export const ruleNameOffers = (cursor: Cursor, effect: Effect): readonly Offer[] =>
  ruleNames(toolsAt(cursor), takenNames(cursor), effect).map((name) =>
    offer("rule", name, { detail: "a name for the rule", band: NEEDED }),
  );

interface Form {
  readonly effect: Effect;
  readonly words: string;
  readonly detail: string;
  readonly clauses: readonly string[];
}

const FORMS: readonly Form[] = [
  { effect: "allow", words: "allow", detail: "the call runs", clauses: ["when $2"] },
  {
    effect: "approval_required",
    words: "require approval",
    detail: "the call waits for a person",
    clauses: ["when $2", `because "${hole(3, "What is to be approved.")}"`],
  },
  {
    effect: "clarification_required",
    words: "require clarification",
    detail: "the agent or its user must answer first",
    clauses: ["when $2", `ask "${hole(3, "What is it for?")}"`],
  },
  {
    effect: "deny",
    words: "deny",
    detail: "the call does not run",
    clauses: ["when $2", `because "${hole(3, "Why it may not be.")}"`],
  },
];

/** Rules and masks, as words and as whole rules to fill in. */
export const blockOffers = (cursor: Cursor): readonly Offer[] => {
  const tools = toolsAt(cursor);
  const taken = takenNames(cursor);
  const words = FORMS.map(({ words: label, detail }) =>
    offer("keyword", label, { insert: `${label} `, detail, band: NEEDED }),
  );
  const rules = FORMS.map(({ effect, words: label, detail, clauses }) => {
    const name = ruleNames(tools, taken, effect).at(-1) ?? "name";
    const insert = [`${label} ${hole(1, name)}`, ...clauses].join("\n  ");
    const kinds = clauses.map((clause) => clause.split(" ")[0]).join(" … ");
    return offer("snippet", `${label} … ${kinds}`, {
      insert,
      snippet: true,
      detail,
      filter: label,
      band: FITTING,
    });
  });
  const mask = offer("keyword", "mask", {
    insert: "mask ",
    detail: "values that are never shown",
    band: USUAL,
  });
  const end = cursor.fresh ? 0 : POSSIBLE;
  return [...words, ...rules, mask].map((one) => ({ ...one, band: Math.max(one.band, end) }));
};
