import fc from "fast-check";
import { mapChildren } from "../../src/core/children.ts";
import type { Expr } from "../../src/core/expr.ts";
import {
  BOOLEAN,
  listOf,
  literal,
  NULL,
  numberOf,
  optional,
  recordOf,
  required,
  STRING,
  stringOf,
  union,
} from "../../src/types/build.ts";
import type { Json } from "../../src/types/type.ts";

const at = { file: "test", start: 0, end: 0 };
const constant = (value: Json): Expr => ({ kind: "constant", value, at });
const root: Expr = { kind: "root", root: "input", at };
const field = (name: string): Expr => ({ kind: "field", of: root, name, at });
const has = (name: string): Expr => ({ kind: "has", of: root, name, at });

const TEXTS = ["", "a", "ab", "abc", "b", "Ab", "cab"];
const small = numberOf({ integer: true, minimum: 0, maximum: 3 });
/** The type of the inputs that conditions are generated over. */
export const INPUT = recordOf([
  ["n", required(small)],
  ["m", required(numberOf({ minimum: 0, maximum: 2 }))],
  ["kind", required(union([literal("x"), literal("y"), literal("z")]))],
  ["flag", required(BOOLEAN)],
  ["text", required(stringOf({ maxLength: 3 }))],
  ["maybe", optional(union([STRING, NULL]))],
  ["list", required(listOf(union([literal("p"), literal("q")]), { maxItems: 2 }))],
]);

/** All inputs of the type, over few texts. */
export const INPUTS: Json[] = [];
for (const n of [0, 1, 2, 3])
  for (const m of [0, 0.5, 1, 2])
    for (const kind of ["x", "y", "z"])
      for (const flag of [true, false])
        for (const text of TEXTS)
          for (const maybe of [undefined, null, "a", "ab"])
            for (const list of [[], ["p"], ["q"], ["p", "q"]])
              INPUTS.push({ n, m, kind, flag, text, list, ...(maybe === undefined ? {} : { maybe }) });

const number = fc.constantFrom("n", "m").map(field);
const text = fc.constantFrom("text", "text", "kind").map(field);
const count = fc.constantFrom(-1, 0, 0.5, 1, 2, 3, 4);
const word = fc.constantFrom(...TEXTS, "x", "y", "w");
const compare = fc.constantFrom("<", "<=", ">", ">=");
const negated = fc.boolean();
const sum = fc
  .tuple(number, fc.constantFrom("+", "-", "*"), fc.oneof(number, count.map(constant)))
  .map(([left, operator, right]): Expr => ({ kind: "arithmetic", operator, left, right, at }));
const method = fc.tuple(fc.constantFrom("startsWith", "endsWith", "contains"), text, word).map(
  ([name, of, w]): Expr => ({
    kind: "method",
    method: `string.${name}` as "string.contains",
    of,
    args: [constant(w)],
    at,
  }),
);
const length = fc.constantFrom("text", "list").map(
  (name): Expr => ({
    kind: "method",
    method: name === "text" ? "string.length" : "list.length",
    of: field(name),
    args: [],
    at,
  }),
);
const lower = text.map((of): Expr => ({ kind: "method", method: "string.lower", of, args: [], at }));
const withDefault = word.map(
  (w): Expr => ({ kind: "default", of: field("maybe"), otherwise: constant(w), at }),
);
const element: Expr = { kind: "local", name: "e", at };
const anyText = fc.oneof(text, text, lower, withDefault);

const atom: fc.Arbitrary<Expr> = fc.oneof(
  fc
    .tuple(
      compare,
      fc.oneof(number, number, sum, length),
      fc.oneof(count.map(constant), count.map(constant), number),
    )
    .map(([operator, left, right]): Expr => ({ kind: "compare", operator, left, right, at })),
  fc
    .tuple(number, count, negated)
    .map(([left, c, n]): Expr => ({ kind: "equal", left, right: constant(c), negated: n, at })),
  fc
    .tuple(number, number, negated)
    .map(([left, right, n]): Expr => ({ kind: "equal", left, right, negated: n, at })),
  fc
    .tuple(anyText, fc.oneof(word.map(constant), anyText), negated)
    .map(([left, right, n]): Expr => ({ kind: "equal", left, right, negated: n, at })),
  fc
    .tuple(anyText, fc.array(word, { maxLength: 3 }), negated)
    .map(([of, list, n]): Expr => ({ kind: "in", of, list: constant(list), negated: n, at })),
  fc
    .tuple(anyText, fc.array(anyText, { minLength: 1, maxLength: 2 }), negated)
    .map(([of, items, n]): Expr => ({ kind: "in", of, list: { kind: "list", items, at }, negated: n, at })),
  fc
    .tuple(text, fc.constantFrom("a*", "*b", "*a*", "??", "a?", "*", "ab", "c*b", "A*"), negated)
    .map(([of, pattern, n]): Expr => ({ kind: "like", of, pattern, negated: n, at })),
  fc
    .tuple(text, fc.constantFrom("^a", "b$", "^[ab]+$"))
    .map(([of, source]): Expr => ({ kind: "matches", of, source, at })),
  method,
  fc.constant(field("flag")),
  fc.constant(has("maybe")),
  fc.constant<Expr>({ kind: "equal", left: field("maybe"), right: constant(null), negated: false, at }),
  fc.constant<Expr>({ kind: "is", of: field("maybe"), type: STRING, at }),
  fc.tuple(fc.constantFrom("any", "all"), fc.constantFrom("p", "q", "r"), negated).map(
    ([quantifier, w, n]): Expr => ({
      kind: "quantify",
      quantifier,
      of: field("list"),
      variable: "e",
      body: { kind: "equal", left: element, right: constant(w), negated: n, at },
      at,
    }),
  ),
);

/** Conditions over `INPUT`: well-formed, though they may read what is not there. */
export const condition = fc.letrec<{ all: Expr }>((tie) => ({
  all: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    { arbitrary: atom, weight: 2 },
    {
      arbitrary: fc
        .tuple(tie("all"), tie("all"))
        .map(([left, right]): Expr => ({ kind: "and", left, right, at })),
      weight: 4,
    },
    {
      arbitrary: fc
        .tuple(tie("all"), tie("all"))
        .map(([left, right]): Expr => ({ kind: "or", left, right, at })),
      weight: 1,
    },
    { arbitrary: tie("all").map((of): Expr => ({ kind: "not", of, at })), weight: 1 },
    {
      arbitrary: fc
        .tuple(tie("all"), tie("all"), tie("all"))
        .map(([test, then, otherwise]): Expr => ({ kind: "if", test, then, otherwise, at })),
      weight: 1,
    },
  ),
})).all;

/** The same expression with a place of its own for each node: `start` counts them. */
export const numbered = (expr: Expr): Expr => {
  let next = 0;
  const visit = (part: Expr): Expr => {
    const start = next;
    next += 1;
    return { ...mapChildren(part, visit), at: { file: "test", start, end: start + 1 } };
  };
  return visit(expr);
};
