import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { largePolicy } from "../support/large.ts";
import { apply, edits } from "./edits.ts";
import { expectSame, type Followed, follow } from "./same.ts";

const TOOLS = readFileSync(new URL("../../../examples/github/github.tools.json", import.meta.url), "utf8");

const made = (lines: number, seed: number): Followed => {
  const { files, entry } = largePolicy([["github", TOOLS]], lines, seed);
  return follow(Object.entries(files), entry);
};

const edit = (followed: Followed, from: string, to: string, path = followed.entry): void => {
  const text = followed.files.get(path) ?? "";
  expect(text).toContain(from);
  followed.files.set(path, text.replace(from, to));
};

describe("an edit", () => {
  it("of a rule leaves all other blocks as they were", () => {
    const followed = made(300, 3);
    const before = new Map(expectSame(followed).policy?.rules.map((rule) => [rule.id, rule]));
    edit(followed, "deny too-many when all-calls > 5000", "deny too-many when all-calls > 50000");
    const after = expectSame(followed).policy?.rules ?? [];
    const changed = after.filter((rule) => before.get(rule.id) !== rule).map(({ id }) => id);
    expect(changed).toEqual(["large.too-many"]);
  });

  it("of a function looks again at the rules that call it, through others too, and at no more", () => {
    const followed = follow(
      [
        [
          "p.agentpolicy",
          `tools t { run(n: number) stop(n: number) }
fn inner(n: number) = n > 3
fn outer(n: number) = inner(n)
on t.run { deny called when outer(input.n) }
on t.stop { deny apart when input.n > 9 }
`,
        ],
      ],
      "p.agentpolicy",
    );
    const before = new Map(expectSame(followed).policy?.rules.map((rule) => [rule.id, rule]));
    edit(followed, "n > 3", "n > 4");
    const after = expectSame(followed).policy?.rules ?? [];
    expect(after.filter((rule) => before.get(rule.id) !== rule).map(({ id }) => id)).toEqual(["p.called"]);
  });

  it("of an imported file, a catalogue, a data file or the files of tests is followed", () => {
    const followed = follow(
      [
        [
          "p.agentpolicy",
          'import "./org.agentpolicy" as org\ntools t from "./t.json"\nlet names: string[] from "./n.json"\non t.run { deny a when org.big(input.n) and input.s in names }\n',
        ],
        ["p.test.agentpolicy", 'test "t" {\n  call t.run { n: 1, s: "x" }\n  expect deny\n}\n'],
        ["org.agentpolicy", "fn big(n: number) = n > 3\n"],
        [
          "t.json",
          '[{ "name": "run", "inputSchema": { "type": "object", "properties": { "n": { "type": "number" }, "s": { "type": "string" } }, "required": ["n", "s"] } }]',
        ],
        ["n.json", '["x"]'],
      ],
      "p.agentpolicy",
      ["p.test.agentpolicy"],
    );
    expect(expectSame(followed).policy).not.toBeNull();
    edit(followed, "n > 3", "n >", "org.agentpolicy");
    expect(expectSame(followed).policy).toBeNull();
    edit(followed, "n >", "n > 4", "org.agentpolicy");
    edit(followed, '"type": "number"', '"type": "string"', "t.json");
    expect(expectSame(followed).diagnostics.map(({ code }) => code)).toContain("type-mismatch");
    edit(followed, '"type": "string"', '"type": "number"', "t.json");
    edit(followed, '["x"]', "[3]", "n.json");
    expect(expectSame(followed).diagnostics.map(({ file }) => file)).toContain("n.json");
    followed.files.delete("n.json");
    expectSame(followed);
    followed.files.set("n.json", '["y"]');
    edit(followed, "{ n: 1,", "{ n: true,", "p.test.agentpolicy");
    expect(expectSame(followed).diagnostics.map(({ file }) => file)).toContain("p.test.agentpolicy");
    followed.files.delete("p.agentpolicy");
    expectSame(followed);
  });

  it("keeps constants that look like places", () => {
    const followed = follow(
      [
        [
          "p.agentpolicy",
          `tools t { run(n: number) }
let odd = { start: 500, end: 600, file: "p.agentpolicy" }
on t.run { deny a when input.n > odd.start }
test "t" {
  call t.run raw { start: 500, end: 600 }
  expect deny
}
`,
        ],
      ],
      "p.agentpolicy",
    );
    expectSame(followed);
    edit(followed, "let odd", "\n\nlet odd");
    expectSame(followed);
    edit(followed, "tools t", "tools  t");
    expectSame(followed);
  });

  it("follows a definition at the end of a long chain", () => {
    const links = Array.from({ length: 120 }, (_, at) => `fn f${at}(n: number) = f${at + 1}(n)`);
    const followed = follow(
      [["p.agentpolicy", `fn start(n: number) = f0(n)\n${links.join("\n")}\nfn f120(n: number) = n > 3\n`]],
      "p.agentpolicy",
    );
    expectSame(followed);
    edit(followed, "fn start(n: number) = f0(n)", "fn start(n: number) = f30(n)");
    expectSame(followed);
    edit(followed, "n > 3", "n > 4");
    expectSame(followed);
  });
});

describe("generated policies", () => {
  it("are known after each edit as if they were read anew", () => {
    fc.assert(
      fc.property(fc.nat(1000), edits(6), (seed, changes) => {
        const followed = made(120, seed);
        expectSame(followed);
        for (const [at, change] of changes.entries()) {
          const before = followed.files.get(followed.entry) ?? "";
          followed.files.set(followed.entry, apply(before, change));
          expectSame(followed);
          if (at % 2 === 0) {
            followed.files.set(followed.entry, before);
            expectSame(followed);
          }
        }
      }),
      { numRuns: 25 },
    );
  });
});
