import {
  type CheckedPolicy,
  type Diagnostic,
  type Edit,
  type Host,
  resolvePath,
} from "@agentpolicy/language";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { definition } from "../src/ide/features/definition.ts";
import { references } from "../src/ide/features/references.ts";
import { edited, movedBy } from "../src/ide/features/rename/places.ts";
import { prepareRename, rename } from "../src/ide/features/rename/rename.ts";
import type { Declaration } from "../src/ide/names/declared.ts";
import { namesOf } from "../src/ide/names/index.ts";
import type { Snapshot } from "../src/ide/snapshot.ts";
import { testResults } from "../src/ide/trial/tests.ts";
import { createWorkspace } from "../src/ide/workspace/workspace.ts";
import { EXAMPLES, examplePolicies } from "./support/examples.ts";

const POLICIES = examplePolicies();
const FRESH = "zz-fresh-name";

/** The policies of these entries, or all, after edits. */
function snapshots(edits: readonly Edit[] = [], entries?: readonly string[]): readonly Snapshot[] {
  const read: Host["read"] = (path) => {
    const text = EXAMPLES.read(path);
    const own = edits.filter(({ file }) => file === path);
    return text === undefined ? undefined : edited(text, own);
  };
  const workspace = createWorkspace({ read, resolve: resolvePath });
  workspace.found(POLICIES);
  const wanted = entries ?? workspace.policies().map(({ entry }) => entry);
  return wanted.flatMap((entry) => workspace.policy(entry) ?? []);
}

const ALL = snapshots();

/** The policies that have a file. */
const ownersOf = (path: string) => ALL.filter(({ files }) => files.has(path));

/** The declarations of a file, as the policies see it. */
const declarationsIn = (path: string) => namesOf(ownersOf(path)[0] as Snapshot).declarations(path);

const texts = (all: readonly Snapshot[]) =>
  new Map(all.flatMap(({ files }) => [...files.values()].map(({ path, text }) => [path, text] as const)));

/**
 * A policy without places, in which order says nothing and parameters have no names; one name stands for another. What
 * parameters stand for is among the uses.
 */
function meaning({ result }: Snapshot, name: string, called: string): string {
  const plain = (value: unknown): unknown => {
    if (value instanceof Map) return plain([...value]);
    if (Array.isArray(value)) {
      const keyed = value.map(plain).map((one) => [JSON.stringify(one), one] as const);
      return keyed.sort(([one], [other]) => (one < other ? -1 : 1)).map(([, one]) => one);
    }
    if (typeof value !== "object" || value === null) return value;
    const isParameter = "kind" in value ? value.kind === "local" : Object.keys(value).join() === "name,type";
    const entries = Object.entries(value).filter(
      ([key]) => !PLACES.has(key) && key !== "variable" && !(isParameter && key === "name"),
    );
    return Object.fromEntries(entries.map(([key, one]) => [key, plain(one)]).sort());
  };
  const replaced = JSON.stringify(plainKeys(result.policy)).replaceAll(name, called);
  return JSON.stringify(plain(JSON.parse(replaced)));
}

const PLACES: ReadonlySet<string> = new Set(["at", "nameAt", "sources"]);

const plainKeys = (policy: CheckedPolicy | null): unknown =>
  JSON.parse(
    JSON.stringify(policy, (key, value) =>
      PLACES.has(key) ? undefined : value instanceof Map ? [...value] : value,
    ) ?? "null",
  );

const findings = ({ result }: Snapshot, moved = (_: string, offset: number) => offset) =>
  result.diagnostics
    .map(
      ({ code, severity, file, span }: Diagnostic) =>
        `${severity} ${code} ${file} ${moved(file, span.start)}`,
    )
    .sort();

const outcomes = (snapshot: Snapshot) =>
  testResults(snapshot)?.map(({ name, failures }) => [name, failures.length]) ?? null;

/** Renames a name to a fresh one and back. Gives why not, where that is refused. */
function roundTrip(path: string, { kind, name, start }: Declaration): string | null {
  const owners = ownersOf(path);
  const entries = owners.map(({ entry }) => entry);
  const change = rename(ALL, path, start, FRESH);
  if ("refused" in change) return change.refused;
  const after = snapshots(change.edits, entries);
  const moved = movedBy(change.edits);
  for (const [at, snapshot] of owners.entries()) {
    const now = after[at] as Snapshot;
    expect(findings(now), `${kind} ${name}`).toEqual(findings(snapshot, moved));
    expect(meaning(now, FRESH, name) === meaning(snapshot, FRESH, name), `${kind} ${name}`).toBe(true);
    expect(outcomes(now), `${kind} ${name}`).toEqual(outcomes(snapshot));
  }
  const back = rename(after, path, moved(path, start), name);
  if ("refused" in back) throw new Error(`${kind} ${name}, back: ${back.refused}`);
  const before = texts(owners);
  for (const [file, text] of texts(after)) {
    const own = back.edits.filter((edit) => edit.file === file);
    expect(edited(text, own), `${kind} ${name}`).toBe(before.get(file));
  }
  return null;
}

/** Refused with good reason: what is spoken of by a part of its name, or has the name elsewhere. */
const GROUNDS = [/^`on [^`]*\*[^`]*` would cover other tools$/];

describe("a name, renamed and renamed back", () => {
  const counts = { renamed: 0, refused: 0 };
  test.each(POLICIES)("in %s", (path) => {
    for (const declaration of declarationsIn(path)) {
      const prepared = prepareRename(ALL, path, declaration.start);
      expect(prepared, declaration.name).not.toBeNull();
      if (prepared === null) continue;
      if ("refused" in prepared) {
        expect(prepared.refused).toMatch(/ from the catalogue `[\w-]+\.json`$/);
        continue;
      }
      const refused = roundTrip(path, declaration);
      if (refused === null) counts.renamed += 1;
      else {
        counts.refused += 1;
        expect(
          GROUNDS.some((ground) => ground.test(refused)),
          `${declaration.name}: ${refused}`,
        ).toBe(true);
      }
    }
  });

  test("most of them can be", () => {
    expect(counts.renamed).toBeGreaterThan(100);
    expect(counts.refused).toBeLessThan(counts.renamed / 2);
  });
});

/** Texts that are not finished, or have something missing, with the name of one of their uses. */
const BROKEN = fc.record({
  path: fc.constantFrom(...POLICIES),
  at: fc.nat(),
  missing: fc.option(fc.nat(30)),
  name: fc.nat(),
});

test("a name in broken text is renamed and renamed back, too, or that is refused", () => {
  let renamed = 0;
  fc.assert(
    fc.property(BROKEN, ({ path, at, missing, name }) => {
      const whole = EXAMPLES.read(path) ?? "";
      const from = at % whole.length;
      const text = whole.slice(0, from) + (missing === null ? "" : whole.slice(from + 1 + missing));
      const entries = ownersOf(path).map(({ entry }) => entry);
      const written = (text: string) => [{ file: path, start: 0, end: whole.length, text }];
      const before = snapshots(written(text), entries);
      const uses = before[0]?.result.facts.uses.filter((use) => use.at.file === path) ?? [];
      const offset = uses[name % Math.max(1, uses.length)]?.at.end ?? 0;
      const prepared = prepareRename(before, path, offset);
      const change = rename(before, path, offset, FRESH);
      if (prepared === null || "refused" in prepared || "refused" in change) return;
      const own = (edits: readonly Edit[]) => edits.filter(({ file }) => file === path);
      const others = change.edits.filter(({ file }) => file !== path);
      const now = edited(text, own(change.edits));
      const after = snapshots([...written(now), ...others], entries);
      const back = rename(after, path, movedBy(change.edits)(path, offset), prepared.name);
      if ("refused" in back) throw new Error(back.refused);
      expect(edited(now, own(back.edits))).toBe(text);
      renamed += 1;
    }),
    { numRuns: 100 },
  );
  expect(renamed).toBeGreaterThan(20);
});

describe("what a name stands for", () => {
  test.each(POLICIES)("each use of what %s declares leads back to it", (path) => {
    for (const { start, name } of declarationsIn(path)) {
      const places = references(ALL, path, start, { declaration: true });
      expect(
        places.some((place) => place.file === path && place.start === start),
        name,
      ).toBe(true);
      for (const place of places) {
        const owners = ALL.filter(({ files }) => files.has(place.file) && files.has(path));
        for (const snapshot of owners) {
          const found = definition(snapshot, place.file, place.start);
          expect(
            found.some((target) => target.file === path && target.start === start),
            name,
          ).toBe(true);
        }
      }
    }
  });

  test("each use is among the references of what declares it", () => {
    let uses = 0;
    for (const snapshot of ALL) {
      for (const { at, declared } of snapshot.result.facts.uses) {
        const places = references(ALL, declared.file, declared.start, { declaration: false });
        // `org.Role` stands for two names, of which the second ends where both do.
        expect(places.some((place) => place.file === at.file && place.end === at.end)).toBe(true);
        uses += 1;
      }
    }
    expect(uses).toBeGreaterThan(100);
  });
});
