import type { Cursor } from "../cursor.ts";
import type { Place } from "../places.ts";
import { clauseOffers } from "./clauses.ts";
import { itemOffers, nameFor } from "./items.ts";
import { hasOffers, indexOffers, memberOffers } from "./members.ts";
import { NEEDED, type Offer, offer } from "./offer.ts";
import { operandOffers } from "./operands.ts";
import { operatorOffers } from "./operators.ts";
import { requestPathOffers } from "./paths.ts";
import { overrideOffers, patternOffers } from "./patterns.ts";
import { keyOffers } from "./records.ts";
import { effectOffers, ruleOffers } from "./references.ts";
import { blockOffers, ruleNameOffers } from "./rules.ts";
import { claimOffers, testMemberOffers } from "./tests.ts";
import { approverOffers, durationOffers, fileOffers, requirementOffers, sentenceOffers } from "./texts.ts";
import { hintOffers } from "./tool-properties.ts";
import { typeOffers } from "./types.ts";
import { wordOffers } from "./words.ts";

/** What is offered at a place. */
export const offersAt = (cursor: Cursor, place: Place): readonly Offer[] => {
  switch (place.kind) {
    case "item":
      return itemOffers(cursor);
    case "words":
      return wordOffers(place.words, cursor.fresh);
    case "file":
      return fileOffers(cursor, place.of);
    case "new-name":
      return newNameOffers(cursor, place.of);
    case "pattern":
      return patternOffers(cursor, place);
    case "override":
      return overrideOffers(cursor, place.written);
    case "hint":
      return hintOffers([]);
    case "body":
      return cursor.following.startsWith("{") ? [] : [BODY];
    case "number":
      return ["2", "3"].map((count) => offer("value", count, { detail: "different people", band: NEEDED }));
    case "member":
      return blockOffers(cursor);
    case "rule-name":
      return ruleNameOffers(cursor, place.effect);
    case "clause":
      return clauseOffers(cursor, place.effect, place.written);
    case "approver":
      return approverOffers(cursor, place.written);
    case "requirement":
      return requirementOffers(cursor, place.written);
    case "sentence":
      return sentenceOffers(place.of);
    case "duration":
      return durationOffers();
    case "type":
      return typeOffers(cursor);
    default:
      return inTests(cursor, place);
  }
};

const BODY: Offer = offer("snippet", "{…}", {
  insert: "{\n  $0\n}",
  snippet: true,
  filter: "{",
  band: NEEDED,
});

type Rest = Exclude<
  Place,
  { kind: "item" | "words" | "file" | "new-name" | "pattern" | "override" | "hint" | "body" | "number" }
>;

const inTests = (cursor: Cursor, place: Rest): readonly Offer[] => {
  switch (place.kind) {
    case "test-member":
      return testMemberOffers(cursor, place);
    case "claim":
      return claimOffers();
    case "effect":
      return effectOffers(cursor, place.of, place.written);
    case "rule-reference":
      return ruleOffers(cursor);
    case "key":
      return keyOffers(cursor, place.record, place.written);
    default:
      return inExpressions(cursor, place);
  }
};

const inExpressions = (cursor: Cursor, place: Rest): readonly Offer[] => {
  switch (place.kind) {
    case "operand": {
      const { path } = place.surroundings;
      return path === undefined ? operandOffers(cursor, place) : requestPathOffers(cursor, path);
    }
    case "operator":
      return operatorOffers(cursor, place);
    case "dot":
      return memberOffers(cursor, place.of, place.each, place.surroundings.path !== undefined, place.expects);
    case "has":
      return hasOffers(cursor, place.of, place.each);
    case "index":
      return indexOffers(cursor, place.of, place.each);
    default:
      return [];
  }
};

/** A name for what is being written: that of the file. */
const newNameOffers = (cursor: Cursor, of: "policy" | "import"): readonly Offer[] => {
  const path =
    of === "policy"
      ? cursor.path
      : cursor.tokens.findLast(({ kind }) => kind === "string")?.text.slice(1, -1);
  return path === undefined
    ? []
    : [
        offer(of === "policy" ? "value" : "import", nameFor(path), {
          detail: "the file's name",
          band: NEEDED,
        }),
      ];
};
