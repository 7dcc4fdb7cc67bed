import { describe, expect, test } from "vitest";
import type { Snapshot } from "../src/ide/snapshot.ts";
import { createWorkspace } from "../src/ide/workspace/workspace.ts";
import { AT_PLACES, OF_FILES } from "./support/asked-of-all.ts";
import { EXAMPLES, examplePolicies } from "./support/examples.ts";

/** With `AGENTPOLICY_BROKEN=all` every prefix of each policy, and so many mutations of each; else a sample of both. */
const ALL = process.env.AGENTPOLICY_BROKEN === "all";
const PREFIXES = ALL ? Number.POSITIVE_INFINITY : 40;
const MUTATIONS = 1000;
const LONG = ALL ? 3_600_000 : 300_000;

const numbersFrom = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

/** Asks every feature about a place of a text; names the one that throws. */
function askAll(snapshot: Snapshot | null, path: string, offsets: readonly number[]): void {
  expect(snapshot?.files.has(path), path).toBe(true);
  if (!snapshot) return;
  const asks = [
    ...Object.entries(OF_FILES).map(([name, ask]) => [name, () => ask(snapshot, path)] as const),
    ...Object.entries(AT_PLACES).flatMap(([name, ask]) =>
      offsets.map((offset) => [`${name} at ${offset}`, () => ask(snapshot, path, offset)] as const),
    ),
  ];
  for (const [name, ask] of asks) {
    try {
      ask();
    } catch (cause) {
      throw new Error(`${name} of:\n${snapshot.files.get(path)?.text}`, { cause });
    }
  }
}

const policies = examplePolicies();
const opened = (path: string) => {
  const workspace = createWorkspace(EXAMPLES);
  workspace.found(policies);
  return (text: string): Snapshot | null => {
    workspace.open(path, text);
    workspace.diagnostics(path);
    return workspace.snapshotOf(path);
  };
};

describe("beginnings of policies, as they are written", () => {
  test.each(policies)(
    "%s",
    (path) => {
      const text = EXAMPLES.read(path) ?? "";
      const edit = opened(path);
      const step = Math.max(1, Math.floor(text.length / PREFIXES));
      for (let length = 0; length <= text.length; length += step)
        askAll(edit(text.slice(0, length)), path, [length]);
    },
    LONG,
  );
});

describe("policies with something broken in them", () => {
  const share = ALL ? MUTATIONS : Math.ceil(MUTATIONS / policies.length);
  test.each(policies)(
    `%s, ${share} times`,
    (path) => {
      const text = EXAMPLES.read(path) ?? "";
      const edit = opened(path);
      const below = numbersFrom(path.length);
      for (let round = 0; round < share; round += 1) {
        const [start, length, from] = [below(text.length), below(20), below(text.length)];
        const pieces = [
          "",
          text.slice(from, from + below(30)),
          "{",
          '"',
          "}",
          "/*",
          "on ",
          "\u{1F600}",
          "\0",
        ];
        const end = start + (below(2) === 0 ? length : 0);
        const piece = pieces[below(pieces.length)] ?? "";
        const broken = text.slice(0, start) + piece + text.slice(end);
        askAll(edit(broken), path, [start, start + piece.length, below(broken.length)]);
      }
    },
    LONG,
  );
});

test("places that are in no text, and files that are in no policy, give nothing", () => {
  const [path = ""] = policies;
  const snapshot = opened(path)("on ") as Snapshot;
  for (const offset of [-1, 4, 1e9, Number.NaN]) askAll(snapshot, path, [offset]);
  for (const ask of Object.values(AT_PLACES))
    expect(() => ask(snapshot, "nothing.agentpolicy", 0)).not.toThrow();
  for (const ask of Object.values(OF_FILES)) expect(() => ask(snapshot, "nothing.agentpolicy")).not.toThrow();
});
