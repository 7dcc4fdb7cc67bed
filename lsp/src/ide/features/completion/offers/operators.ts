import { type Kind, kindOf, membersOf, type Type } from "@agentpolicy/language";
import type { Cursor } from "../cursor.ts";
import type { Place } from "../places.ts";
import { typesAt } from "./members.ts";
import { FITTING, NEEDED, type Offer, offer, POSSIBLE, SELDOM, USUAL } from "./offer.ts";

type OperatorPlace = Extract<Place, { kind: "operator" }>;

const DETAILS: ReadonlyMap<string, string> = new Map([
  ["and", "both hold"],
  ["or", "one of both holds"],
  ["==", "equals"],
  ["!=", "differs"],
  ["<", "is less"],
  ["<=", "is at most"],
  [">", "is more"],
  [">=", "is at least"],
  ["in", "is one of a list"],
  ["not in", "is none of a list"],
  ["like", "fits a glob"],
  ["not like", "does not fit a glob"],
  ["has", "whether a field is there"],
  ["is", "whether it is of a type"],
  ["??", "what counts where it is absent or null"],
  ["+", "plus"],
  ["-", "minus"],
  ["*", "times"],
  ["/", "divided by"],
  ["then", "what it is if so"],
  ["else", "what it is if not"],
]);

const BY_KIND: Partial<Record<Kind, readonly string[]>> = {
  string: ["==", "!=", "in", "not in", "like", "not like"],
  number: ["<=", ">", "<", ">=", "==", "!=", "+", "-", "*", "/", "in", "not in"],
  boolean: ["and", "or", "==", "!="],
  instant: ["<", "<=", ">", ">=", "+", "-"],
  duration: ["<", "<=", ">", ">=", "+", "-"],
  list: [],
  record: ["has"],
  any: ["is"],
  null: ["==", "!="],
};

const ALL = ["==", "!=", "<", "<=", ">", ">=", "in", "not in", "like", "has", "is", "??"];

/** What may follow a value: what its type takes; after a whole condition `and` and `or`. */
export const operatorOffers = (cursor: Cursor, place: OperatorPlace): readonly Offer[] => {
  const { of, compared, inIf, each, surroundings } = place;
  if (surroundings.path !== undefined || surroundings.within === "test") return [];
  const types = typesAt(cursor, of, each);
  const wanted = operatorsOf(types);
  const isCondition = compared || types.some((type) => kindOf(type) === "boolean");
  return [
    ...(inIf === null ? [] : [word(inIf, isCondition || inIf === "else" ? NEEDED : POSSIBLE, cursor)]),
    ...["and", "or"].map((operator) => word(operator, isCondition ? NEEDED : SELDOM, cursor)),
    ...wanted
      .filter((operator) => operator !== "and" && operator !== "or" && !(compared && cursor.fresh))
      .map((operator) => word(operator, compared ? SELDOM : isCondition ? FITTING : NEEDED, cursor)),
  ];
};

const operatorsOf = (types: readonly Type[]): readonly string[] => {
  const members = types.flatMap(membersOf);
  if (members.length === 0) return ALL;
  const isMixed = new Set(members.map((member) => kindOf(member))).size > 1;
  const found = members.flatMap((member) => BY_KIND[kindOf(member)] ?? []);
  return [...new Set([...found, ...(isMixed ? ["is"] : []), "??"])];
};

/** On a line of its own a new clause or item is likelier than that the condition goes on. */
const word = (text: string, band: number, { fresh }: Cursor): Offer => {
  const isLogic = text === "and" || text === "or";
  const lowest = fresh ? (isLogic ? USUAL : SELDOM) : NEEDED;
  return offer("keyword", text, {
    insert: `${text} `,
    detail: DETAILS.get(text) ?? "",
    band: text === "??" ? SELDOM : Math.max(band, lowest),
  });
};
