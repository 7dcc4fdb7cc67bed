import { kindOf, type NameFact, overlaps, PARSER_FACTS, type Type } from "@agentpolicy/language";
import type { Cursor } from "../cursor.ts";
import type { Each, Expects, Place, Within } from "../places.ts";
import { type Expected, expectedAt } from "../typing/expected.ts";
import { importedNames, inputsAt, localsAt, namesAt } from "../typing/scope.ts";
import { isAskedFor } from "./asked.ts";
import { pathOffers } from "./fields.ts";
import { textOf } from "./members.ts";
import { nameOffer } from "./names.ts";
import { FITTING, NEEDED, type Offer, offer, POSSIBLE, SELDOM, typeText, USUAL } from "./offer.ts";
import { recordOffers } from "./records.ts";
import { hole } from "./snippet.ts";
import { propertyPaths } from "./tool-properties.ts";
import { valueOffers } from "./values.ts";

type OperandPlace = Extract<Place, { kind: "operand" }>;

/** What may be read where an expression stands. */
const READS: Readonly<
  Record<Within, { readonly roots: boolean; readonly input: boolean; readonly tracks: boolean }>
> = {
  rule: { roots: true, input: true, tracks: true },
  claim: { roots: true, input: true, tracks: true },
  track: { roots: true, input: true, tracks: false },
  function: { roots: true, input: false, tracks: false },
  where: { roots: false, input: false, tracks: false },
  constant: { roots: false, input: false, tracks: false },
  test: { roots: false, input: false, tracks: false },
};

/** Values: those that the place expects, fields, names, and what they can be made of. */
export const operandOffers = (cursor: Cursor, place: OperandPlace): readonly Offer[] => {
  const { surroundings, expects, each } = place;
  const { within } = surroundings;
  const expected = expectedAt(cursor, expects, each);
  if (expects.kind === "input" || expects.kind === "root") return givenOffers(cursor, expected, expects);
  const { input } = READS[within];
  const roots = READS[within].roots && !expected.constant;
  const others = [
    ...eachOffers(cursor, each, expected),
    ...(roots
      ? pathsOffers(cursor, expects.kind === "condition" ? { ...expected, type: null } : expected, input)
      : []),
    ...(within === "where" && isCondition(place) ? propertyPaths(NEEDED) : []),
    ...namedOffers(cursor, expected.constant ? "constant" : within, expected),
    ...rootOffers(cursor, expected.constant ? "constant" : within),
    ...(roots ? parserOffers(cursor, expected) : []),
  ];
  const lowest = expected.form === null ? NEEDED : USUAL;
  const itself = comparedWith(cursor, expects);
  return [
    ...(expected.type === null ? [] : recordOffers(expected.type, false)),
    ...(isCondition(place) ? [] : valueOffers(cursor, expected, writtenIn(cursor, expects))),
    ...others
      .filter(({ label }) => label !== itself)
      .map((one) => ({ ...one, band: Math.max(one.band, lowest) })),
    ...(expected.constant ? [] : wordOffers(place)),
  ];
};

/** What a call is given, and what a test states of a root: records, but for `evidence` and `now`. */
const givenOffers = (cursor: Cursor, expected: Expected, expects: Expects): readonly Offer[] => {
  if (/^[{[]/.test(cursor.following)) return [];
  const records = expected.type === null ? [] : recordOffers(expected.type, expects.kind === "root");
  return [...records, ...valueOffers(cursor, expected)];
};

/** What stands on the other side: nobody compares a value with itself. */
const comparedWith = (cursor: Cursor, expects: Expects): string | null => {
  if (expects.kind === "element") return comparedWith(cursor, expects.of);
  return expects.kind === "beside" ? textOf(cursor, expects.operand) : null;
};

/** Items that the list has already; that which is being written does not count. */
const writtenIn = ({ quoted }: Cursor, expects: Expects): readonly string[] =>
  expects.kind === "element" ? expects.written.filter((text) => text !== quoted?.text) : [];

const isCondition = ({ expects }: OperandPlace): boolean =>
  expects.kind === "condition" || expects.kind === "boolean";

/** Parameters in scope. */
const eachOffers = (cursor: Cursor, each: readonly Each[], expected: Expected): readonly Offer[] => {
  const known = localsAt(cursor);
  const others = each.filter(({ name }) => known.every((local) => local.name !== name));
  return [
    ...known.map(({ name, type }) =>
      offer("constant", name, {
        band: fits(type, expected) ? NEEDED : USUAL,
        detail: type === null ? "parameter" : typeText(type),
      }),
    ),
    ...others.map(({ name }) => offer("constant", name, { band: NEEDED, detail: "parameter" })),
  ];
};

/** Where a condition is wanted, a value of any type may begin it. */
const fits = (type: Type | null, { type: wanted }: Expected): boolean =>
  type === null || wanted === null || wanted.kind === "boolean" || overlaps(type, wanted);

const ROOT_FIELDS = ["actor", "context", "resource"] as const;

const pathsOffers = (cursor: Cursor, { type }: Expected, readsInput: boolean): readonly Offer[] => {
  const { roots } = cursor.snapshot.result.facts;
  const asked = (root: string) => (name: string) => isAskedFor(cursor, [root], name);
  return [
    ...(readsInput ? pathOffers(inputsAt(cursor), "input", type, asked("input")) : []),
    ...ROOT_FIELDS.flatMap((root) => pathOffers([roots[root]], root, type, asked(root))),
  ];
};

const namedOffers = (cursor: Cursor, within: Within, { type }: Expected): readonly Offer[] =>
  namesAt(cursor).flatMap((fact) => {
    if (!isRead(fact, within)) return [];
    if (fact.kind === "import") {
      const names = importedNames(cursor, fact.name).filter((other) => isRead(other, within));
      const offers = names.map((other) => nameOffer(cursor, other, bandOf(other, type), `${fact.name}.`));
      return [nameOffer(cursor, fact, POSSIBLE), ...offers];
    }
    const { item } = cursor;
    if (item !== null && fact.item === item) return [];
    return [nameOffer(cursor, fact, bandOf(fact, type))];
  });

const isRead = ({ kind }: NameFact, within: Within): boolean =>
  kind === "fn" ? READS[within].roots : kind === "track" ? READS[within].tracks : kind !== "type";

const bandOf = (fact: NameFact, expected: Type | null): number => {
  const type = fact.kind === "fn" ? fact.signature.result : fact.type;
  if (type === null || expected === null) return USUAL;
  if (overlaps(type, expected)) return FITTING;
  // A condition may begin with a figure to compare.
  return expected.kind !== "boolean" ? SELDOM : fact.kind === "track" ? USUAL : POSSIBLE;
};

const ROOTS: readonly (readonly [name: string, detail: string])[] = [
  ["input", "the arguments of the call"],
  ["actor", "who calls"],
  ["context", "what the host says about the call"],
  ["resource", "what the call is about"],
  ["session", "the session of the call"],
  ["model", "the model that asks for the call"],
  ["evidence", "what the agent acts on"],
  ["now", "the instant of the call"],
  ["tool", "what the tool's server says about it"],
];

const rootOffers = (cursor: Cursor, within: Within): readonly Offer[] => {
  const { roots, input } = READS[within];
  const { roots: types } = cursor.snapshot.result.facts;
  return ROOTS.flatMap(([name, detail]) => {
    const isRead = name === "tool" ? input || within === "where" : name === "input" ? input : roots;
    if (!isRead) return [];
    const type = Object.hasOwn(types, name) ? types[name as keyof typeof types] : null;
    const isBare = type?.kind === "record" && type.fields.size === 0;
    return [offer("root", name, { detail, band: isBare ? SELDOM : POSSIBLE })];
  });
};

const parserOffers = (cursor: Cursor, { type }: Expected): readonly Offer[] =>
  PARSER_FACTS.map(({ name, doc, result }) => {
    const isCalled = cursor.following.startsWith("(");
    const fits = type !== null && kindOf(type) === kindOf(result);
    return offer("parser", `${name}(…)`, {
      insert: isCalled ? name : `${name}($1)`,
      snippet: !isCalled,
      filter: name,
      detail: typeText(result),
      doc: `${doc} Text that it refuses makes the decision \`deny\`.`,
      band: fits ? FITTING : POSSIBLE,
    });
  });

const wordOffers = (place: OperandPlace): readonly Offer[] => {
  const { within } = place.surroundings;
  if (within === "test") return [];
  const conditional = `if ${hole(1, "condition")} then $2 else $3`;
  return [
    ...(isCondition(place)
      ? [
          offer("keyword", "not", { insert: "not $0", snippet: true, band: USUAL, detail: "the contrary" }),
          offer("constant", "true", { band: SELDOM }),
          offer("constant", "false", { band: SELDOM }),
        ]
      : []),
    offer("snippet", "if", {
      insert: conditional,
      snippet: true,
      band: SELDOM,
      detail: "if … then … else …",
    }),
  ];
};
