import * as z from "zod/mini";
import { checkDeclared } from "./check-matchers.ts";
import { closed, type Issue, issuesOf, judged, someOf } from "./issues.ts";
import { isRecord, kind } from "./words.ts";

const text = z.optional(judged((value) => checkDeclared(value, "string")));
const number = z.optional(judged((value) => checkDeclared(value, "number")));

/** What the model is asked. */
export const MODEL = closed({ provider: text, name: text, confidence: number });

const ITEM_SHAPE = {
  type: z.optional(judged((value) => checkDeclared(value, "string", true))),
  source: text,
  title: text,
  text,
  uri: text,
  confidence: number,
};

const item = closed(ITEM_SHAPE);

const EVIDENCE = closed({
  any: z.optional(item),
  all: z.optional(someOf(item, "a list of what items are asked")),
  count: z.optional(judged((value) => checkDeclared(value, "number", true))),
});

const WHOLE = ["any", "all", "count"];

/** Whether evidence is asked for by one item's fields, without `any` around them. */
export const isItem = (evidence: { readonly [name: string]: unknown }): boolean =>
  !Object.keys(evidence).some((name) => WHOLE.includes(name));

/** Checks what the evidence is asked. A name that is neither a field of an item nor one of the three is told both. */
export function checkEvidence(evidence: unknown): readonly Issue[] {
  if (!isRecord(evidence)) return [{ path: [], message: `expected a record, found ${kind(evidence)}` }];
  if (!isItem(evidence)) return issuesOf(EVIDENCE, evidence);
  const names = Object.fromEntries(WHOLE.map((name) => [name, z.optional(z.any())]));
  return issuesOf(closed({ ...ITEM_SHAPE, ...names }), evidence);
}
