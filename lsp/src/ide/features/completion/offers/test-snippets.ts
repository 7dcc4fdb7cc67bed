import {
  effectWords,
  type Field,
  printName,
  type RecordType,
  type Rule,
  type Type,
} from "@agentpolicy/language";
import type { Snapshot } from "../../../snapshot.ts";
import type { Cursor } from "../cursor.ts";
import { FITTING, type Offer, offer } from "./offer.ts";
import { patternOf } from "./patterns.ts";
import { recordSnippet, valueSnippet } from "./records.ts";
import { referenceOf } from "./references.ts";
import { hole, plain } from "./snippet.ts";

/** Tests for rules that no test names, each with a call that the rule covers. */
const MOST = 30;

export const ruleTestOffers = (cursor: Cursor): readonly Offer[] => {
  const { snapshot } = cursor;
  const tested = testedRules(snapshot);
  return snapshot.result.facts.rules
    .filter((rule) => !tested.has(nameOf(rule)))
    .slice(0, MOST)
    .flatMap((rule) => {
      const insert = testOf(cursor, rule);
      if (insert === null) return [];
      const reference = referenceOf(snapshot, rule);
      return [
        offer("snippet", `test of ${reference}`, {
          insert,
          snippet: true,
          detail: `no test yet: ${effectWords(rule.effect)}`,
          band: FITTING,
          filter: `test ${reference}`,
        }),
      ];
    });
};

const nameOf = ({ id }: Rule): string => id.slice(id.lastIndexOf(".") + 1);

/** The names of the rules that tests expect. */
const testedRules = ({ files }: Snapshot): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const { tree } of files.values())
    for (const item of tree.items) {
      if (item.kind !== "test") continue;
      for (const member of item.members)
        if (member.kind === "expect") for (const names of member.by) found.add(names.at(-1)?.text ?? "");
    }
  return found;
};

const testOf = ({ snapshot }: Cursor, rule: Rule): string | null => {
  const { tools, roots } = snapshot.result.facts;
  const name = rule.bodies.flatMap((body) => body.tools)[0];
  const tool = name === undefined ? undefined : tools.get(name);
  if (tool === undefined) return null;
  const lines = [`test "${hole(1, nameOf(rule).replaceAll("-", " "))}" {`];
  let at = 2;
  for (const root of ["actor", "context", "resource"] as const) {
    const fields = declaredFields(roots[root], root);
    if (fields.length === 0) continue;
    const parts = fields.map(
      ([field, { type }]) => `${plain(printName(field))}: ${valueSnippet(type, at++)}`,
    );
    lines.push(`  ${root} { ${parts.join(", ")} }`);
  }
  const input = recordSnippet(tool.input, at);
  lines.push(`  call ${plain(patternOf(tool))} {${input === "" ? "" : ` ${input} `}}`);
  lines.push(`  expect ${effectWords(rule.effect)} by ${plain(referenceOf(snapshot, rule))}`, "}");
  return lines.join("\n");
};

/** What a shape says must be there, beside what is always there. */
const declaredFields = (type: Type, root: string): readonly (readonly [string, Field])[] =>
  type.kind !== "record"
    ? []
    : [...(type as RecordType).fields].filter(
        ([name, { optional }]) => !optional && (root !== "actor" || (name !== "id" && name !== "type")),
      );
