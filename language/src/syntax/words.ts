/**
 * The words of the language and what they do. `item` starts an item, `shape` too but is also a root in expressions,
 * `member` starts a rule or a mask, `clause` a clause, `operator` and `literal` stand in expressions,
 * `soft` words mean something in one place only and are ordinary names elsewhere.
 */
export type WordRole = "item" | "shape" | "member" | "clause" | "operator" | "literal" | "soft";

export const WORDS = {
  policy: "item",
  import: "item",
  tools: "item",
  actor: "shape",
  context: "shape",
  resource: "shape",
  type: "item",
  let: "item",
  fn: "item",
  track: "item",
  default: "item",
  on: "item",
  test: "item",
  prove: "item",
  allow: "member",
  require: "member",
  deny: "member",
  mask: "member",
  when: "clause",
  unless: "clause",
  from: "clause",
  approvals: "clause",
  within: "clause",
  risk: "clause",
  requires: "clause",
  because: "clause",
  ask: "clause",
  needs: "clause",
  where: "clause",
  per: "clause",
  or: "operator",
  and: "operator",
  not: "operator",
  in: "operator",
  like: "operator",
  has: "operator",
  is: "operator",
  if: "operator",
  // biome-ignore lint/suspicious/noThenProperty: a word of the language; nobody awaits this table
  then: "operator",
  else: "operator",
  true: "literal",
  false: "literal",
  null: "literal",
  version: "soft",
  as: "soft",
  approval: "soft",
  clarification: "soft",
  count: "soft",
  sum: "soft",
  seen: "soft",
  session: "soft",
  unknown: "soft",
  call: "soft",
  raw: "soft",
  expect: "soft",
  by: "soft",
  code: "soft",
  after: "soft",
  never: "soft",
  always: "soft",
} as const satisfies Record<string, WordRole>;

/** A word of the language. */
export type Keyword = keyof typeof WORDS;

const ROLES: ReadonlyMap<string, WordRole> = new Map(Object.entries(WORDS));

/** What the word does, if it is one of the language's. */
export const roleOf = (word: string): WordRole | undefined => ROLES.get(word);

/** Words that have one of the roles, for suggestions. */
export const wordsOf = (...roles: readonly WordRole[]): readonly Keyword[] =>
  (Object.keys(WORDS) as Keyword[]).filter((word) => roles.includes(WORDS[word]));

/** Whether a constant, function, track, import or parameter may not have this name: it could not be told from the word. */
export const isReserved = (word: string): boolean => {
  const role = roleOf(word);
  return role !== undefined && role !== "soft" && role !== "shape";
};

/** How rules of other languages begin, and what that means here. */
export const FOREIGN_EFFECTS: ReadonlyMap<string, "allow" | "deny" | "require approval"> = new Map([
  ["permit", "allow"],
  ["forbid", "deny"],
  ["prohibit", "deny"],
  ["block", "deny"],
  ["reject", "deny"],
  ["approve", "require approval"],
]);
