import type { Cursor } from "../cursor.ts";
import type { Place } from "../places.ts";
import { FITTING, NEEDED, type Offer, offer, POSSIBLE, SELDOM, USUAL } from "./offer.ts";

type MemberPlace = Extract<Place, { kind: "test-member" }>;

const GIVEN: readonly (readonly [root: string, insert: string, detail: string])[] = [
  ["actor", "actor { $1 }", "who calls"],
  ["context", "context { $1 }", "what the host says about the call"],
  ["resource", "resource { $1 }", "what the call is about"],
  ["session", 'session { id: "$1" }', "the session of the calls"],
  ["model", "model { $1 }", "the model that asks for the call"],
  ["evidence", 'evidence [{ type: "$1" }]', "what the agent acts on"],
  ["now", 'now "$1"', "when the test begins"],
];

/** Lines of a test: `expect` after a call that has none, then what is not given yet. */
export const testMemberOffers = (cursor: Cursor, { written, after }: MemberPlace): readonly Offer[] => {
  const { roots } = cursor.snapshot.result.facts;
  const hasCalls = after !== null && after !== "given";
  const lines = [
    offer("keyword", "call", {
      insert: "call ",
      detail: "a call to judge",
      band: after === "call" ? USUAL : NEEDED,
    }),
    ...(hasCalls
      ? [
          offer("keyword", "expect", {
            insert: "expect ",
            detail: "what is decided of the call before",
            band: after === "call" ? NEEDED : USUAL,
          }),
          offer("keyword", "after", {
            insert: "after ",
            detail: "the clock moves on",
            band: after === "call" ? POSSIBLE : USUAL,
          }),
        ]
      : []),
  ];
  const given = GIVEN.flatMap(([root, insert, detail]) => {
    if (written.includes(root)) return [];
    const type = Object.hasOwn(roots, root) ? roots[root as keyof typeof roots] : null;
    const isDeclared =
      type?.kind === "record" && ["actor", "context", "resource"].includes(root) && type.fields.size > 0;
    const band = hasCalls ? SELDOM : isDeclared ? NEEDED : POSSIBLE;
    return [offer("snippet", root, { insert, snippet: true, detail, band })];
  });
  return hasCalls
    ? [...lines, ...given]
    : [...given, ...lines].map((one) => (one.label === "call" ? { ...one, band: FITTING } : one));
};

/** Claims of a proof. */
export const claimOffers = (): readonly Offer[] => [
  offer("keyword", "never", { insert: "never ", detail: "no call is decided so", band: NEEDED }),
  offer("keyword", "always", { insert: "always ", detail: "every call is decided so", band: NEEDED }),
];
