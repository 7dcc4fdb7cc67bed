import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apply, edits } from "./edits.ts";
import { expectSame, follow } from "./same.ts";

const EXAMPLES = fileURLToPath(new URL("../../../examples/", import.meta.url));

const files = readdirSync(EXAMPLES, { recursive: true, encoding: "utf8" })
  .filter((path) => /\.(agentpolicy|json)$/.test(path) && !path.includes("node_modules"))
  .map((path) => [path, readFileSync(EXAMPLES + path, "utf8")] as const);

/** Every policy that is an entry, with its tests and what it imports: whatever of it may be edited. */
const policies = files
  .map(([path]) => path)
  .filter((path) => /^[^.]*\.agentpolicy$/.test(path) && !path.endsWith("org.agentpolicy"))
  .map((entry) => {
    const folder = entry.slice(0, entry.lastIndexOf("/") + 1);
    const beside = files
      .map(([path]) => path)
      .filter((path) => path.startsWith(folder) && path.endsWith(".agentpolicy"));
    return { entry, beside, tests: beside.filter((path) => path.endsWith(".test.agentpolicy")) };
  });

it("finds the examples", () => {
  expect(policies.length).toBeGreaterThan(5);
});

describe.each(policies)("$entry", ({ entry, beside, tests }) => {
  it("is known after each edit as if it were read anew", () => {
    fc.assert(
      fc.property(edits(8), fc.array(fc.nat(beside.length - 1), { minLength: 8 }), (changes, which) => {
        const followed = follow(files, entry, tests);
        expectSame(followed);
        for (const [at, change] of changes.entries()) {
          const path = beside[which[at] ?? 0] as string;
          const before = followed.files.get(path) ?? "";
          followed.files.set(path, apply(before, change));
          expectSame(followed);
          // Half of the edits are taken back, so that errors do not pile up.
          if (at % 2 === 0) {
            followed.files.set(path, before);
            expectSame(followed);
          }
        }
      }),
      { numRuns: 8 },
    );
  });
});
