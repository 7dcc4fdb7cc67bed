import { type Item, isTestFile, policyNameOf } from "@agentpolicy/language";
import type { Cursor } from "../cursor.ts";
import { toolIndex } from "../typing/catalogue.ts";
import { FITTING, NEEDED, type Offer, offer, POSSIBLE, USUAL } from "./offer.ts";
import { patternOf } from "./patterns.ts";
import { hole, pick, plain } from "./snippet.ts";
import { ruleTestOffers } from "./test-snippets.ts";

interface Form {
  readonly label: string;
  readonly insert: string;
  readonly detail: string;
  readonly kind: Item["kind"];
}

const FORMS: readonly Form[] = [
  {
    kind: "import",
    label: "import",
    insert: `import "$1" as ${hole(2, "name")}`,
    detail: "another file's rules and names",
  },
  {
    kind: "tools",
    label: "tools … from",
    insert: `tools ${hole(1, "server")} from "$2"`,
    detail: "the tools of a catalogue",
  },
  {
    kind: "tools",
    label: "tools {…}",
    insert: `tools {\n  ${hole(1, "tool")}(${hole(2, "argument: string")})$0\n}`,
    detail: "tools declared in place",
  },
  { kind: "shape", label: "actor", insert: "actor { $1 }", detail: "what the host says about who calls" },
  { kind: "shape", label: "context", insert: "context { $1 }", detail: "what the host says about the call" },
  {
    kind: "shape",
    label: "resource",
    insert: "resource { $1 }",
    detail: "what the host says about what the call is about",
  },
  { kind: "type", label: "type", insert: `type ${hole(1, "name")} = $2`, detail: "a name for a type" },
  { kind: "let", label: "let", insert: `let ${hole(1, "name")} = $2`, detail: "a constant" },
  {
    kind: "let",
    label: "let … from",
    insert: `let ${hole(1, "name")}: ${hole(2, "string[]")} from "$3"`,
    detail: "a constant of a JSON file",
  },
  {
    kind: "fn",
    label: "fn",
    insert: `fn ${hole(1, "name")}(${hole(2, "value: string")}) = $3`,
    detail: "a function",
  },
  {
    kind: "track",
    label: "track",
    insert: `track ${hole(1, "name")} = ${pick(2, ["count", "seen"])} on $3 per ${pick(4, ["actor", "session", "policy"])} within ${hole(5, "24h")}`,
    detail: "a figure over earlier calls",
  },
  {
    kind: "track",
    label: "track … sum",
    insert: `track ${hole(1, "name")} = sum $2 on $3 per ${pick(4, ["actor", "session", "policy"])} within ${hole(5, "24h")}`,
    detail: "a number of each earlier call, added up",
  },
  {
    kind: "default",
    label: "default",
    insert: `default ${pick(1, ["deny", "require approval"])}`,
    detail: "what is decided where no rule matches",
  },
  { kind: "block", label: "on", insert: "on $1 {\n  $0\n}", detail: "rules for tools" },
  {
    kind: "test",
    label: "test",
    insert: 'test "$1" {\n  $0\n}',
    detail: "calls, and what is to be decided of them",
  },
  {
    kind: "prove",
    label: "prove",
    insert: `prove "$1" {\n  never allow on ${hole(2, "*")}$0\n}`,
    detail: "what must hold for every call",
  },
];

const IN_TESTS: readonly Item["kind"][] = ["test", "prove", "let", "fn", "type"];
const IN_ENTRY_ONLY: readonly Item["kind"][] = ["policy", "default"];

/** Items: what every policy has and this one lacks first. */
export const itemOffers = (cursor: Cursor): readonly Offer[] => {
  const { snapshot, path, file, fresh } = cursor;
  if (!fresh) return [];
  const isTests = isTestFile(path) && path !== snapshot.entry;
  const isEntry = path === snapshot.entry;
  const there = new Set(file.tree.items.filter(({ start }) => start !== cursor.replace.start).map(itemKey));
  const mayHave = (kind: Item["kind"]) =>
    isTests ? IN_TESTS.includes(kind) : isEntry || !IN_ENTRY_ONLY.includes(kind);
  const forms = [header(path), ...FORMS]
    .filter(({ kind }) => mayHave(kind))
    .filter(({ kind, label }) => !(isOnce(kind) && there.has(kind === "shape" ? label : kind)))
    .map(({ kind, label, insert, detail }) => {
      const band = bandOf(kind, there, isTests, isEntry);
      return offer("snippet", label, {
        insert,
        snippet: true,
        detail,
        band,
        filter: label.replace(/ …| \{…\}/, ""),
      });
    });
  return [...forms, ...(isTests ? [] : uncovered(cursor)), ...ruleTestOffers(cursor)];
};

const itemKey = (item: Item): string => (item.kind === "shape" ? item.root : item.kind);

const header = (path: string): Form => {
  const insert = `policy ${hole(1, nameFor(path))} version "${hole(2, "1.0.0")}"`;
  return { kind: "policy", label: "policy", insert, detail: "the policy's name" };
};

/** A name from a file's name. */
export const nameFor = (path: string): string =>
  policyNameOf(path)
    .replace(/[^\p{L}\p{N}_]+/gu, "-")
    .replace(/^[-\d]+|-+$/g, "") || "policy";

const isOnce = (kind: Item["kind"]): boolean => ["policy", "default", "shape"].includes(kind);

const bandOf = (
  kind: Item["kind"],
  there: ReadonlySet<string>,
  isTests: boolean,
  isEntry: boolean,
): number => {
  const lacks = !there.has(kind);
  if (isTests) return kind === "test" ? NEEDED : USUAL;
  if (kind === "policy" || kind === "default") return there.size === 0 && kind === "default" ? USUAL : NEEDED;
  if (kind === "tools") return lacks && isEntry ? NEEDED : USUAL;
  if (kind === "block") return there.has("tools") || !isEntry ? NEEDED : FITTING;
  if (kind === "test") return there.has("block") ? FITTING : POSSIBLE;
  if (kind === "import") return there.has("block") ? POSSIBLE : USUAL;
  return kind === "prove" ? POSSIBLE : USUAL;
};

const MOST = 20;

/** Blocks for tools that no rule covers yet. */
const uncovered = ({ snapshot }: Cursor): readonly Offer[] => {
  const { tools, rules } = toolIndex(snapshot);
  return tools
    .filter(({ name }) => !rules.has(name))
    .slice(0, MOST)
    .map((tool) => {
      const pattern = patternOf(tool);
      const insert = `on ${plain(pattern)} {\n  $0\n}`;
      return offer("snippet", `on ${pattern}`, {
        insert,
        snippet: true,
        detail: "no rule covers it yet",
        band: FITTING,
      });
    });
};
