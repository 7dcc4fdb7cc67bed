import { describe, expect, it } from "vitest";
import { expressionsOf } from "../../../src/lints/tree.ts";
import { checkMarked, type Marked, shown } from "./at.ts";

const CATALOGUE = JSON.stringify(
  [
    {
      name: "pay",
      description: "Pays somebody.",
      inputSchema: {
        type: "object",
        properties: {
          kind: { type: "string", enum: ["card", "wire"], default: "card", description: "How to pay." },
          to: { type: "object", properties: { name: { type: "string" } }, required: ["name"] },
        },
        required: ["to"],
      },
    },
    { name: "list_all", inputSchema: { type: "object" } },
    { name: "list_some", inputSchema: { type: "object" } },
  ],
  null,
  2,
);

const ORG = `let limit = 3
fn small(n: number) = n < limit
on * { deny never-here when false }`;

const TEXT = `import "./org.agentpolicy" as org
tools bank from "./bank.json" {
  pay @destructive
}
tools web { fetch(page: string, mode: "fast" | "slow") }
type Role = "support" | "finance"
actor { role: Role }
/// Who may.
fn allowed(who: Role) = who == "finance"
let fine: Role = "support"
track calls = count on bank.pay per actor
on bank.pay, bank.list_* {
  allow paid when input has kind and input.kind == "wire" and allowed(actor.role) and org.small(3) and calls < 3
  mask input.to.name
}
on web.fetch { allow fetched when input.mode == "fast" and actor.role == fine }
test "t" {
  actor { role: "finance" }
  call bank.pay { kind: "card", to: { name: "a" } }
  expect allow by paid
}
`;

const FILES = { "bank.json": CATALOGUE, "org.agentpolicy": ORG };

const checked = (text = TEXT): Marked => checkMarked(text, FILES);

/** Each use as `kind text -> declared text`, in the order of the text. */
const usesIn = (marked: Marked): readonly string[] => {
  const cut = ({ file, start, end }: { file: string; start: number; end: number }) =>
    `${marked.sources.get(file)?.slice(start, end)}`;
  return marked.facts.uses
    .filter(({ at }) => at.file === "p.agentpolicy")
    .map(({ kind, at, declared }) => `${kind} ${cut(at)} -> ${declared.file}: ${cut(declared)}`);
};

describe("uses", () => {
  const uses = usesIn(checked());

  it.each([
    "import org -> p.agentpolicy: org",
    'tool pay -> bank.json: "pay"',
    "type Role -> p.agentpolicy: Role",
    "parameter who -> p.agentpolicy: who",
    'value "finance" -> p.agentpolicy: "finance"',
    "server bank -> p.agentpolicy: bank",
    'field kind -> bank.json: "kind"',
    'value "wire" -> bank.json: "wire"',
    "fn allowed -> p.agentpolicy: allowed",
    "field role -> p.agentpolicy: role",
    "fn small -> org.agentpolicy: small",
    "track calls -> p.agentpolicy: calls",
    'field to -> bank.json: "to"',
    'field name -> bank.json: "name"',
    "server web -> p.agentpolicy: web",
    "tool fetch -> p.agentpolicy: fetch",
    "field mode -> p.agentpolicy: mode",
    'value "fast" -> p.agentpolicy: "fast"',
    "let fine -> p.agentpolicy: fine",
    'value "card" -> bank.json: "card"',
    "rule paid -> p.agentpolicy: paid",
  ])("has %s", (use) => {
    expect(uses).toContain(use);
  });

  it("has each once, by place", () => {
    const { facts } = checked();
    const keys = facts.uses.map(({ at, declared }) => JSON.stringify([at, declared]));
    expect(new Set(keys).size).toBe(keys.length);
    const starts = facts.uses.filter(({ at }) => at.file === "p.agentpolicy").map(({ at }) => at.start);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
  });

  it("has an argument of several tools once for each, though tools of one kind are checked by one of them", () => {
    const marked = checkMarked(`tools {
  run(command: string, at: { host: string }, env: { key: string }[])
  start(command: string, at: { host: string }, env: { key: string }[], delay: number)
}
on run, start {
  deny removal when input.command == "rm" and input.at.host == "a" and input.env.any(e => e.key == "b")
  mask input.at.host
}`);
    const fields = usesIn(marked).filter((use) => use.startsWith("field "));
    expect(fields.filter((use) => use.startsWith("field command "))).toHaveLength(2);
    expect(fields.filter((use) => use.startsWith("field at "))).toHaveLength(4);
    expect(fields.filter((use) => use.startsWith("field host "))).toHaveLength(4);
    expect(fields.filter((use) => use.startsWith("field key "))).toHaveLength(2);
  });

  it("has a field's documentation", () => {
    const use = checked().facts.uses.find(
      ({ kind, declared }) => kind === "field" && declared.file === "bank.json",
    );
    expect(use?.field).toMatchObject({ doc: "How to pay.", default: "card" });
  });

  it("survives a broken text", () => {
    const broken = usesIn(checked(TEXT.replace("actor.role == fine }", "actor.role == fine and input.")));
    expect(broken).toContain("let fine -> p.agentpolicy: fine");
    expect(broken).toContain('field kind -> bank.json: "kind"');
  });
});

describe("covered", () => {
  const { facts, tree } = checked();
  const patterns = (index: number) => {
    const block = tree.items.filter(({ kind }) => kind === "block")[index];
    if (block?.kind !== "block") throw new Error("no block");
    return block.tools;
  };

  it("gives the tools of all patterns together, and of each by itself", () => {
    const tools = ["bank.list_all", "bank.list_some", "bank.pay"];
    expect(facts.covered(patterns(0))).toMatchObject({ tools, unknown: false });
    expect(patterns(0).patterns.map((one) => facts.covered(one)?.tools)).toEqual([
      ["bank.pay"],
      ["bank.list_all", "bank.list_some"],
    ]);
  });

  it("gives them after where, and says whether unknown tools are covered", () => {
    const other = checked("tools a { x() @read-only\n y() }\non *, unknown where tool.readOnly { deny r }");
    const block = other.tree.items[1];
    if (block?.kind !== "block") throw new Error("no block");
    expect(other.facts.covered(block.tools)).toMatchObject({ tools: ["a.x"], unknown: false });
    expect(block.tools.patterns.map((one) => other.facts.covered(one))).toEqual([
      { tools: ["a.x", "a.y"], unknown: false },
      { tools: [], unknown: true },
    ]);
  });
});

describe("what is declared", () => {
  const { facts } = checked();

  it("has types, values and signatures", () => {
    const names = facts.names("p.agentpolicy").map((fact) => [fact.kind, fact.name, shown(fact.type)]);
    expect(names).toEqual([
      ["import", "org", null],
      ["type", "Role", '"support" | "finance"'],
      ["fn", "allowed", "boolean"],
      ["let", "fine", '"support" | "finance"'],
      ["track", "calls", "integer"],
    ]);
    const allowed = facts.names("p.agentpolicy").find(({ name }) => name === "allowed");
    if (allowed?.kind !== "fn") throw new Error("no function");
    expect(allowed.doc).toBe("Who may.");
    expect(allowed.signature.parameters.map(({ name, type }) => [name, shown(type)])).toEqual([
      ["who", '"support" | "finance"'],
    ]);
    expect(facts.names("org.agentpolicy").map(({ name }) => name)).toEqual(["limit", "small"]);
    expect(facts.imported("p.agentpolicy", "org")).toBe("org.agentpolicy");
  });

  it("has servers, tools with their documentation, roots and rules", () => {
    expect(facts.servers.map(({ name, catalogue, tools }) => [name, catalogue, tools.length])).toEqual([
      ["bank", "bank.json", 3],
      ["web", null, 1],
    ]);
    expect(facts.tools.get("bank.pay")?.doc).toBe("Pays somebody.");
    expect(facts.tools.get("bank.pay")?.input.fields.get("kind")?.default).toBe("card");
    expect(facts.roots.actor.kind).toBe("record");
    expect(facts.rules.map(({ id }) => id).sort()).toEqual(["p.fetched", "p.org.never-here", "p.paid"]);
  });

  it("is known of a broken policy", () => {
    const broken = checked(`${TEXT}let late: Role = \nfn half(a: number, b: Role) = a +\non bank. {`).facts;
    const late = broken.names("p.agentpolicy").find(({ name }) => name === "late");
    expect(shown(late?.type ?? null)).toBe('"support" | "finance"');
    const half = broken.names("p.agentpolicy").find(({ name }) => name === "half");
    if (half?.kind !== "fn") throw new Error("no function");
    expect(half.signature.parameters.map(({ name, type }) => [name, shown(type)])).toEqual([
      ["a", "number"],
      ["b", '"support" | "finance"'],
    ]);
    expect(broken.rules.length).toBe(3);
  });
});

describe("locals", () => {
  it.each([
    ["fn f(a: number, b: string) = ▮", ["a: number", "b: string"]],
    ['fn f(a: string[]) = a.any(x => x▮ == "a")', ["x: string", "a: string[]"]],
    ["fn f(a: string[]) = a.any(x => ▮", ["x: string", "a: string[]"]],
    ["fn f(a: number) = a > 3\nlet b = ▮", []],
  ])("of %s", (text, wanted) => {
    const marked = checkMarked(text);
    const found = marked.facts.locals("p.agentpolicy", marked.offset);
    expect(found.map(({ name, type }) => `${name}: ${shown(type)}`)).toEqual(wanted);
  });
});

describe("signatureOf", () => {
  it.each([
    ["allowed(", ['who: "support" | "finance"']],
    ["org.small(", ["n: number"]],
    ["email(", ["text: string"]],
    ["now(", ["zone: string"]],
    ["actor.role.startsWith(", ["text: string"]],
    ['["a"].any(', ['each: "a"']],
    ['["a"].contains(', ['value: "a"']],
  ])("%s", (call, wanted) => {
    const marked = checked(`${TEXT}on * { deny late when ${call}`);
    const node = expressionsOf(marked.tree).findLast(({ kind }) => kind === "call");
    const signature = node === undefined ? null : marked.facts.signatureOf(node);
    expect(signature?.parameters.map(({ name, type }) => `${name}: ${shown(type)}`)).toEqual(wanted);
  });
});
