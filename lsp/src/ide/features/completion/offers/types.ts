import type { Cursor } from "../cursor.ts";
import { importedNames, namesAt } from "../typing/scope.ts";
import { docOf, FITTING, type Offer, offer, POSSIBLE, typeText, USUAL } from "./offer.ts";

const BUILT_IN: readonly (readonly [name: string, detail: string])[] = [
  ["string", "text"],
  ["number", "a finite number"],
  ["integer", "a number without fraction"],
  ["boolean", "`true` or `false`"],
  ["null", "nothing"],
  ["any", "anything; to be narrowed with `is`"],
];

/** Types: the policy's own, those of imports, and the language's. */
export const typeOffers = (cursor: Cursor): readonly Offer[] => {
  const dot = cursor.tokens.at(-1)?.text === "." ? cursor.tokens.at(-2)?.text : undefined;
  if (dot !== undefined)
    return importedNames(cursor, dot).flatMap((fact) => (fact.kind === "type" ? [named("", fact)] : []));
  const names = namesAt(cursor);
  const own = names.flatMap((fact) =>
    fact.kind === "type" && fact.item !== cursor.item ? [named("", fact)] : [],
  );
  const imported = names
    .filter(({ kind }) => kind === "import")
    .flatMap(({ name }) =>
      importedNames(cursor, name).flatMap((fact) => (fact.kind === "type" ? [named(`${name}.`, fact)] : [])),
    );
  const builtIn = BUILT_IN.map(([name, detail]) =>
    offer("type", name, { detail, band: name === "any" || name === "null" ? POSSIBLE : USUAL }),
  );
  const forms = [
    offer("snippet", '"…" | "…"', {
      insert: '"$1" | "$2"',
      snippet: true,
      filter: '"',
      detail: "one of a few texts",
      band: USUAL,
    }),
    offer("snippet", "{…}", {
      insert: "{ $1 }",
      snippet: true,
      filter: "{",
      detail: "a record",
      band: POSSIBLE,
    }),
  ];
  return [...own, ...imported, ...builtIn, ...forms];
};

const named = (prefix: string, fact: ReturnType<typeof namesAt>[number]): Offer =>
  offer("type", `${prefix}${fact.name}`, {
    band: FITTING,
    ...(fact.type !== null && { detail: typeText(fact.type) }),
    ...docOf(fact.doc ?? undefined),
  });
