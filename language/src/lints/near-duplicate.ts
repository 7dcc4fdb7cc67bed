import { diagnose } from "../diagnostics/define.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { NEAR_DUPLICATE } from "../diagnostics/messages/lints.ts";
import type { DataFile } from "../program/program.ts";
import type { ExprNode, SourceFile } from "../syntax/ast.ts";
import type { Location } from "../text/span.ts";
import type { Json } from "../types/type.ts";
import type { LintInput } from "./input.ts";
import { type Address, addressOf, nearness } from "./near-duplicate/address.ts";
import { pairsOf } from "./near-duplicate/pairs.ts";
import { bare, markedIn, placeOf } from "./tree.ts";

interface Entry {
  readonly text: string;
  readonly at: Location;
}

/** Two domains or addresses in one list that differ by a slip of the finger, or do not differ to the eye. */
export const nearDuplicates = ({ files, data }: LintInput): readonly Diagnostic[] => [
  ...files.flatMap((file) => listsOf(file).flatMap(judge)),
  ...data.flatMap((file) => listsIn(file.value, [], file).flatMap(judge)),
];

const listsOf = (file: SourceFile): readonly (readonly Entry[])[] => {
  const chained = new Set<ExprNode>();
  const { lists, ors } = markedIn(file);
  return [
    ...lists.map(({ items }) => items.flatMap((item) => entryOf(item, file))),
    ...ors.flatMap((node) => (chained.has(node) ? [] : [...chainOf(node, file, chained).values()])),
  ];
};

const entryOf = (expr: ExprNode, file: SourceFile): readonly Entry[] => {
  const plain = bare(expr);
  return plain.kind === "string" ? [{ text: plain.value, at: placeOf(file, plain) }] : [];
};

/** `x == "a" or x == "b" or …`, by what stands on the left. */
const chainOf = (node: ExprNode, file: SourceFile, chained: Set<ExprNode>): Map<string, Entry[]> => {
  const entries = new Map<string, Entry[]>();
  const visit = (part: ExprNode): void => {
    const plain = bare(part);
    if (plain.kind !== "binary") return;
    if (plain.operator === "or") {
      chained.add(plain);
      visit(plain.left);
      visit(plain.right);
    } else if (plain.operator === "==") {
      const subject = file.text.slice(plain.left.start, plain.left.end);
      entries.set(subject, [...(entries.get(subject) ?? []), ...entryOf(plain.right, file)]);
    }
  };
  visit(node);
  return entries;
};

const listsIn = (
  value: Json,
  path: readonly (string | number)[],
  file: DataFile,
): readonly (readonly Entry[])[] => {
  if (typeof value !== "object" || value === null) return [];
  const inside = Object.entries(value).flatMap(([key, item]) =>
    listsIn(item, [...path, Array.isArray(value) ? Number(key) : key], file),
  );
  if (!Array.isArray(value)) return inside;
  const own = value.flatMap((text: Json, index): readonly Entry[] =>
    typeof text === "string" ? [{ text, at: file.at([...path, index]) }] : [],
  );
  return [own, ...inside];
};

const judge = (entries: readonly Entry[]): readonly Diagnostic[] => {
  const addresses = entries.flatMap((entry): readonly (Entry & { readonly address: Address })[] => {
    const address = addressOf(entry.text);
    return address === null ? [] : [{ ...entry, address }];
  });
  const told = new Set<Entry>();
  return pairsOf(addresses, ({ address }) => address.key).flatMap(([first, second]) => {
    const difference = nearness(first.address, second.address);
    if (difference === null || told.has(second)) return [];
    told.add(second);
    const facts = { first: first.text, second: second.text, difference };
    const related = [{ ...first.at, message: "looks much like this" }];
    return [diagnose(NEAR_DUPLICATE, facts, second.at, { related })];
  });
};
