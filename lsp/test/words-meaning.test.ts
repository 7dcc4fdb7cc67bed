import { closures, makePlan } from "@agentpolicy/compiler";
import { loadProgram, memoryHost } from "@agentpolicy/language";
import { expect, test } from "vitest";
import { snapshotOf } from "../src/ide/snapshot.ts";
import { placedRule } from "../src/ide/words/placed.ts";
import { ruleInWords, ruleMarkdown } from "../src/ide/words/rule.ts";

const HEAD = `
tools t {
  run(
    amount: number,
    tag: "a" | "b",
    flag: boolean,
    more?: "a" | "b",
    list: string[],
    rows: { key: string, size: number }[],
  )
}
fn is-a(text: string) = text == "a"
/// Whether a text is a b.
fn is-b(text: string) = text == "b"
`;

const OPERATORS = ["and", "or"] as const;

/** What is said of a call, three at a time: numbers, values, lists of values, what may be missing, functions, elements. */
const TRIPLES: readonly (readonly [string, string, string])[] = [
  ["input.amount > 0", "input.amount < 2", 'input.tag == "a"'],
  ['input.tag in ["a", "b"]', "input.flag", "input.amount == 1"],
  ['(input.more ?? "a") == "a"', "input has more", "input.flag"],
  ["is-a(input.tag)", "is-b(input.tag)", "input.amount >= 1"],
  ['input.list.any(x => x == "a")', 'input.list.any(x => x == "b")', 'input.tag == "b"'],
  ['input.list.all(x => x == "a")', 'input.list.all(x => x != "b")', "input.flag"],
  ['input.list.containsAll(["a", "b"])', 'input.list.containsAny(["a", "c"])', "input.amount > 1"],
  ["input.list.length == 0", 'input.list.count(x => x == "a") > 0', 'input.rows.any(r => r.key == "a")'],
];

/** The three joined in every way. */
const joinedInAllWays = ([a, b, c]: (typeof TRIPLES)[number]): readonly string[] =>
  OPERATORS.flatMap((one) =>
    OPERATORS.flatMap((other) => [
      `(${a} ${one} ${b}) ${other} ${c}`,
      `${a} ${one} (${b} ${other} ${c})`,
      `not (${a} ${one} ${b}) ${other} ${c}`,
      `${a} ${one} not (${b} ${other} ${c})`,
      `not (${a} ${one} (${b} ${other} ${c}))`,
      `if (${a} ${one} ${b}) then ${c} else ${b}`,
    ]),
  );

const ON_ELEMENTS = ['x == "a"', 'x != "b"', 'x in ["a", "b"]', "is-b(x)", "not is-b(x)", "x == input.tag"];
const QUANTIFIERS = ["any", "all"] as const;

/** Conditions on elements, one by one and together, within the list and outside of it. */
const onElements = (): readonly string[] =>
  ON_ELEMENTS.flatMap((one, at) =>
    QUANTIFIERS.flatMap((method) => [
      `input.list.${method}(x => ${one})`,
      `not input.list.${method}(x => ${one})`,
      `input.list.${method}(x => not (${one}))`,
      ...QUANTIFIERS.map((inner) => `input.list.${method}(x => input.list.${inner}(y => y != x and ${one}))`),
      ...QUANTIFIERS.map((inner) => `input.list.${method}(x => input.list.${inner}(y => y != x))`),
      ...ON_ELEMENTS.slice(at + 1).flatMap((other) =>
        OPERATORS.flatMap((operator) => [
          `input.list.${method}(x => ${one} ${operator} ${other})`,
          `input.list.${method}(x => ${one}) ${operator} input.list.${method}(x => ${other})`,
          `not input.list.${method}(x => ${one} ${operator} ${other})`,
        ]),
      ),
    ]),
  );

/** Conditions in words, and for which of all inputs they hold. */
function meanings(
  conditions: readonly string[],
): readonly (readonly [words: string, source: string, holds: string])[] {
  const text = (names: readonly number[]) =>
    `${HEAD}on t.run {\n${names.map((at) => `  deny r${at} when ${conditions[at]}`).join("\n")}\n}\n`;
  const snapshotWith = (names: readonly number[]) =>
    snapshotOf(loadProgram("p.agentpolicy", memoryHost({ "p.agentpolicy": text(names) })));
  let names = conditions.map((_, at) => at);
  let snapshot = snapshotWith(names);
  // What can never match is an error, found when nothing else is wrong: such conditions are left out.
  for (let round = 0; round < 4 && snapshot.result.policy === null; round += 1) {
    const { facts, diagnostics } = snapshot.result;
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    const isSound = (at: number) => {
      const rule = facts.rules.find(({ id }) => id === `p.r${at}`);
      return rule && !errors.some(({ span }) => rule.at.start <= span.start && span.start < rule.at.end);
    };
    names = names.filter(isSound);
    snapshot = snapshotWith(names);
  }
  const { policy, facts } = snapshot.result;
  if (policy === null) throw new Error("the conditions cannot be checked");
  const ready = closures(makePlan(policy));
  const matched = inputs().map((input) => {
    const request = { actor: { type: "agent", id: "x" }, action: { name: "t.run", input }, now: 0 };
    return new Set(ready.decide(request, {}).rules);
  });
  return facts.rules.map((rule) => {
    const placed = placedRule(snapshot, rule);
    const words = placed ? ruleMarkdown(ruleInWords(placed, snapshot)) : "";
    const source = conditions[Number(rule.id.slice("p.r".length))] ?? "";
    return [words, source, matched.map((rules) => (rules.has(rule.id) ? "1" : "0")).join("")];
  });
}

function inputs(): readonly object[] {
  const lists = [[], ["a"], ["b"], ["a", "b"], ["a", "c"]];
  const rows = [
    [],
    [{ key: "a", size: 2 }],
    [
      { key: "a", size: 0 },
      { key: "b", size: 2 },
    ],
    [{ key: "b", size: 0 }],
  ];
  return [0, 1, 2].flatMap((amount) =>
    ["a", "b"].flatMap((tag) =>
      [{}, { more: "a" }, { more: "b" }].flatMap((more) =>
        lists.flatMap((list, at) =>
          rows.map((row) => ({ amount, tag, flag: at % 2 === 0, ...more, list, rows: row })),
        ),
      ),
    ),
  );
}

// Were a condition said wrongly, or so that it could be read in two ways, another one would be said in the same words.
test.each([
  ["joined conditions", TRIPLES.flatMap(joinedInAllWays)],
  ["conditions on elements", onElements()],
])("what is said in the same words means the same: %s", (_, conditions) => {
  const said = new Map<string, readonly [source: string, holds: string]>();
  const wrong: string[] = [];
  let shared = 0;
  for (const [words, source, holds] of meanings(conditions)) {
    const before = said.get(words);
    if (before === undefined) said.set(words, [source, holds]);
    else if (before[0] !== source) {
      shared += 1;
      if (before[1] !== holds) wrong.push(`${words}\n  ${before[0]}\n  ${source}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(shared).toBeGreaterThan(5);
});
