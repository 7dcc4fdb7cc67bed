import fc from "fast-check";
import { lex } from "../../src/syntax/lex.ts";
import { endOf } from "../../src/syntax/token-checks.ts";

/*
 * Syntactically valid policies of every construct. They need not make sense: names are declared nowhere, types do not fit.
 */

const PLAIN = ["a", "b1", "_x", "amount", "spent-today", "send_mail", "to", "größe", "x-1-y"] as const;
/** Words of the language that are names where nothing else can be meant. */
const ODD = ["type", "count", "version", "session", "code", "by", "raw"] as const;

const name = fc.constantFrom(...PLAIN);
const fieldName = fc.constantFrom(
  ...PLAIN,
  ...ODD,
  "default",
  "when",
  "in",
  '"odd key"',
  '"create.issue/v2"',
);
const text = fc.oneof(
  fc.constantFrom('"dev"', '"a\\n\\u00e9\\"b"', 'r"^a\\d+$"', '""', '"// no comment"', '"/* none */"'),
  fc.constantFrom('"acme.com"', '"finance-lead"'),
);
const template = fc.constantFrom(
  '"plain"',
  '"Transfer of {input.amount} to {input[\\"odd key\\"]}."',
  '"{{braces}}"',
  '"{ a.b ?? 0 }"',
);
const number = fc.constantFrom("0", "1", "500", "1.25", "1e3", "10000");
const duration = fc.constantFrom("30s", "15m", "24h", "7d");

const list = <Value extends string>(item: fc.Arbitrary<Value>, max = 3, min = 0): fc.Arbitrary<string> =>
  fc.array(item, { minLength: min, maxLength: max }).map((items) => items.join(", "));
const some = (item: fc.Arbitrary<string>, max = 3): fc.Arbitrary<string> => list(item, max, 1);
const maybe = (item: fc.Arbitrary<string>): fc.Arbitrary<string> => fc.oneof(fc.constant(""), item);
const words = (...parts: readonly (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> =>
  fc
    .tuple(...parts.map((part) => (typeof part === "string" ? fc.constant(part) : part)))
    .map((made) => made.filter((part) => part !== "").join(" "));

const types = fc.letrec<{ type: string; one: string; fields: string }>((tie) => ({
  one: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom("string", "number", "boolean", "null", "any", "level", "true", "-1"),
    text.filter((made) => !made.startsWith("r")),
    tie("one").map((made) => `${made}[]`),
    tie("type").map((made) => `(${made})[]`),
    tie("fields").map((made) => `{ ${made} }`),
  ),
  type: fc.oneof(
    { depthSize: "small" },
    tie("one"),
    fc.array(tie("one"), { minLength: 2, maxLength: 6 }).map((m) => m.join(" | ")),
  ),
  fields: list(fc.tuple(fieldName, fc.constantFrom(":", "?:"), tie("type")).map((parts) => parts.join(" "))),
}));

const expressions = fc.letrec<{ expr: string; operand: string; primary: string }>((tie) => ({
  primary: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom("input", "actor", "context", "now", "true", "false", "null", "limit", "evidence"),
    name,
    number,
    text,
    duration,
    words("(", tie("expr"), ")"),
    list(tie("expr")).map((items) => `[${items}]`),
    list(words(fieldName, ":", tie("expr"))).map((fields) => `{ ${fields} }`),
  ),
  operand: fc.oneof(
    { depthSize: "small" },
    tie("primary"),
    fc
      .tuple(fc.constantFrom("input", "a"), fieldName)
      .map(([of, field]) => (field.startsWith('"') ? `${of}[${field}]` : `${of}.${field}`)),
    fc.tuple(name, list(tie("expr"))).map(([callee, args]) => `${callee}(${args})`),
    fc
      .tuple(name, fc.constantFrom("any", "all", "count"), name, tie("expr"))
      .map(([of, method, x, body]) => `${of}.${method}(${x} => ${body})`),
    tie("primary").map((of) => `-${of}`),
  ),
  expr: fc.oneof(
    { depthSize: "small" },
    tie("operand"),
    fc
      .tuple(
        tie("operand"),
        fc.constantFrom("==", "!=", "<", ">=", "in", "not in", "like", "not like", "+", "-", "*", "/", "??"),
        tie("operand"),
      )
      .map((parts) => parts.join(" ")),
    fc
      .array(tie("expr"), { minLength: 2, maxLength: 5 })
      .chain((parts) =>
        fc
          .constantFrom(" and ", " or ")
          .map((by) =>
            parts
              .map((part) => (/ (?:==|!=|<|>=|in|like|is|has|if) |^if /.test(part) ? `(${part})` : part))
              .join(by),
          ),
      ),
    words("not", tie("operand")),
    fc.tuple(tie("operand"), fieldName).map(([of, field]) => `${of} has ${field}`),
    words(tie("operand"), "is", types.one),
    words("if", tie("operand"), "then", tie("operand"), "else", tie("expr")),
  ),
}));

const expr = expressions.expr;
const path = fc.tuple(fc.constantFrom("input", "context"), name).map((parts) => parts.join("."));
const pattern = fc.constantFrom(
  "bank.transfer_money",
  "bank.list_*",
  "*.delete_*",
  "read_*",
  "*",
  "unknown",
  'github."create.issue/v2"',
  "run",
  "bank.*",
);
const effect = fc.constantFrom("allow", "deny", "require approval", "require clarification");
const where = maybe(
  words(
    "where",
    expr.filter((made) => !made.startsWith("{")),
  ),
);
const doc = maybe(fc.constant("\n/// Says what it is for.\n/// In two lines.\n"));

/** The clauses that an effect takes, each at most once, in any order. */
const clauses = (of: string): fc.Arbitrary<string> => {
  const approval = of === "require approval";
  const clarification = of === "require clarification";
  const kinds = [
    words("when", expr),
    words("unless", expr),
    words("because", template),
    words("risk", fc.constantFrom("low", "high")),
    words("requires", some(text)),
    ...(approval ? [words("from", some(text)), words("approvals", fc.constantFrom("1", "2"))] : []),
    ...(approval || clarification ? [words("within", duration)] : []),
    ...(clarification ? [words("needs", some(path))] : []),
  ];
  const ask = clarification ? [words("ask", template)] : [];
  return fc
    .shuffledSubarray(kinds)
    .chain((chosen) => fc.shuffledSubarray([...chosen, ...ask], { minLength: chosen.length + ask.length }))
    .chain((chosen) => fc.tuple(...chosen))
    .map((made) => made.map((clause) => `\n${clause}`).join(""));
};

const rule = effect.chain((of) =>
  words(doc, of, fc.constantFrom("r1", "large-transfer", "reads", "x"), clauses(of)),
);
const mask = words("mask", some(path));
const members = fc.array(fc.oneof(rule, mask), { maxLength: 3 }).map((made) => made.join("\n"));
const record = list(words(fieldName, ":", expr)).map((fields) => `{ ${fields} }`);
const reference = fc.constantFrom("small", "org.no-secrets", "a.b.c");

const tool = fc
  .tuple(
    doc,
    fieldName.filter((made) => !["when", "in", "default", "type"].includes(made)),
    types.fields,
    maybe(fc.constantFrom("@read-only", "@destructive @open-world")),
  )
  .map(([before, called, fields, hints]) => `${before}${called}(${fields}) ${hints}`);
const override = words(name, fc.constantFrom("@idempotent", "@read-only @open-world"));
const lines = (one: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.array(one, { maxLength: 3 }).map((made) => made.map((line) => `  ${line}`).join("\n"));

const testMember = fc.oneof(
  words(fc.constantFrom("actor", "context", "resource", "session", "model"), record),
  words(
    "evidence",
    list(record).map((items) => `[${items}]`),
  ),
  fc.constant('now "2026-01-31T09:00:00Z"'),
  words("call", fc.constantFrom("bank.x", "run", 'a."b/c"'), maybe(fc.constant("raw")), record),
  words(
    "expect",
    effect,
    maybe(words("by", some(reference))),
    maybe(words("code", fc.constantFrom("rule", "default"))),
  ),
  words("after", duration),
);
const claim = words(
  fc.constantFrom("never", "always"),
  some(effect),
  "on",
  some(pattern),
  where,
  maybe(words("when", expr)),
);

const item = fc.oneof(
  { arbitrary: words("on", some(pattern), where, "{\n", members, "\n}"), weight: 5 },
  words("policy", name, maybe(words("version", fc.constant('"1.0.0"')))),
  words("import", text, "as", name),
  words("tools", maybe(name), "{\n", lines(tool), "\n}"),
  words("tools", name, 'from "./tools.json"', maybe(words("{\n", lines(override), "\n}"))),
  words(
    fc.constantFrom("actor", "context", "resource"),
    types.fields.map((fields) => `{ ${fields} }`),
  ),
  words("type", name, "=", types.type),
  words("let", name, maybe(words(":", types.type)), "=", expr),
  words("let", name, ":", types.type, 'from "./data.json"'),
  words(
    "fn",
    fc.tuple(name, list(words(name, ":", types.type))).map(([called, fields]) => `${called}(${fields})`),
    "=",
    expr,
  ),
  words(
    "track",
    name,
    "=",
    fc.oneof(fc.constantFrom("count", "seen"), words("sum", expr)),
    "on",
    some(pattern),
    maybe(words("when", expr)),
    "per",
    fc.constantFrom("actor", "session", "policy"),
    maybe(words("within", duration)),
  ),
  fc.constantFrom("default deny", "default require approval"),
  words("test", text, "{\n", lines(testMember), "\n}"),
  words("prove", text, "{\n", lines(claim), "\n}"),
);

/** The text of a policy that has no syntax errors. */
export const policyText = (maxItems = 5): fc.Arbitrary<string> =>
  fc.array(words(doc, item), { maxLength: maxItems }).map((items) => `${items.join("\n\n")}\n`);

const GAPS = [
  " ",
  "  ",
  "\n",
  "\n\n",
  "\n\n\n",
  "\t",
  " // end of line\n",
  "\n// own line\n",
  "\n\n// apart\n\n",
  " /* inside */ ",
  "\n/* two\n   lines */\n",
  "\n/// Documents.\n",
] as const;

/** The same tokens with other blanks and comments between them. */
export const untidy = (tidy: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(
      tidy,
      fc.infiniteStream(fc.oneof({ weight: 8, arbitrary: fc.constant(" ") }, fc.constantFrom(...GAPS))),
    )
    .map(([made, gaps]) => {
      const { tokens } = lex(made, "");
      let out = "";
      let end = 0;
      for (const token of tokens) {
        const between = made.slice(end, token.startOffset);
        const gap = /\s/.test(between) ? (gaps.next().value ?? " ") : between;
        out += between.includes("///") ? between : gap;
        out += token.image;
        end = endOf(token);
      }
      return `${out}\n`;
    });
