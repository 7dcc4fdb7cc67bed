import type { Coverage, Rule } from "../../core/policy.ts";
import type { ExprNode } from "../../syntax/ast.ts";
import { union } from "../../types/build.ts";
import { typeKey } from "../../types/relate.ts";
import type { Field, Type } from "../../types/type.ts";
import { POISON } from "../expr/context.ts";
import type { Facts, LocalFact, ServerFact, TypeFact } from "../facts.ts";
import { matchingTools } from "../patterns.ts";
import { importedFile } from "../scope.ts";
import { locate, type World } from "../world.ts";
import { aside } from "./aside.ts";
import { namesOf } from "./names.ts";
import type { ExpectedNote, Recorder, TypeNote } from "./recorder.ts";
import { signatureOfCall } from "./signatures.ts";
import { usesOf } from "./uses.ts";
import { valuePlaceIn } from "./value-place.ts";

/** The facts of a checked program. Most are worked out when they are asked for. */
export const factsOf = (world: World, recorder: Recorder, rules: readonly Rule[]): Facts => {
  const valuePlace: Facts["valuePlace"] = (field, value) => valuePlaceIn(world, field, value);
  const fields: Facts["fields"] = (name) => [...(recorder.fields.get(name)?.fields.values() ?? [])];
  const expectedFields = ({ of }: ExpectedNote) => (of === null ? [] : fieldsBehind(of, fields));
  const expected = (node: ExprNode) => listOfNotes(recorder.expected.get(node));
  const typeOf = (node: ExprNode) => typeOfAll(notesOf(recorder, node).map(({ type }) => type));
  let uses: Facts["uses"] | undefined;
  return {
    typeOf,
    typesOf: (node) => typesOf(notesOf(recorder, node)),
    expectedAt: (node) => typeOfAll(expected(node).map(({ type }) => type)),
    expectedFields: (node) => [...new Set(expected(node).flatMap(expectedFields))],
    covered: (pattern) =>
      pattern.kind === "tools-pattern" ? (recorder.covered.get(pattern) ?? null) : coveredBy(world, pattern),
    fields,
    get uses() {
      uses ??= usesOf(world, recorder, expectedFields, valuePlace);
      return uses;
    },
    signatureOf: (call) => signatureOfCall(call, recorder, typeOf),
    locals: (path, offset) => localsAt(world, recorder, path, offset),
    names: (path) => namesOf(world, recorder, path),
    imported: (path, name) => {
      const declared = world.files.get(path)?.names.get(name);
      return declared?.kind === "import" ? (importedFile(world, declared)?.path ?? null) : null;
    },
    tools: world.tools.byName,
    get servers() {
      return serversOf(world);
    },
    roots: world.roots,
    rules,
    valuePlace,
  };
};

/** The facts where there is no program: its entry could not be read. */
export const NO_FACTS: Facts = {
  typeOf: () => null,
  typesOf: () => [],
  expectedAt: () => null,
  expectedFields: () => [],
  covered: () => null,
  fields: () => [],
  uses: [],
  signatureOf: () => null,
  locals: () => [],
  names: () => [],
  imported: () => null,
  tools: new Map(),
  servers: [],
  roots: Object.fromEntries(
    ["actor", "context", "resource", "session", "model", "evidence"].map((root) => [root, { kind: "never" }]),
  ) as Facts["roots"],
  rules: [],
  valuePlace: () => null,
};

const listOfNotes = <T>(notes: T | T[] | undefined): readonly T[] =>
  notes === undefined ? [] : Array.isArray(notes) ? notes : [notes];

/** What is known where the place can be reached; else what would be known if it could. */
const notesOf = (recorder: Recorder, node: ExprNode): readonly TypeNote[] => {
  const notes = listOfNotes(recorder.types.get(node));
  const live = notes.filter(({ dead }) => !dead);
  return live.length === 0 ? notes : live;
};

const typeOfAll = (types: readonly Type[]): Type | null => {
  const [first, ...others] = types;
  return first === undefined ? null : others.length === 0 ? first : union(types);
};

const typesOf = (notes: readonly TypeNote[]): readonly TypeFact[] => {
  const facts = new Map<string, TypeFact & { readonly tools: string[] }>();
  for (const { type, tools, unknown, mayBeAbsent } of notes) {
    const key = `${mayBeAbsent} ${typeKey(type)}`;
    const known = facts.get(key);
    if (known === undefined) facts.set(key, { type, mayBeAbsent, tools: [...tools], unknown });
    else {
      known.tools.push(...tools);
      facts.set(key, { ...known, unknown: known.unknown || unknown });
    }
  }
  return [...facts.values()].map((fact) => ({ ...fact, tools: [...new Set(fact.tools)].sort() }));
};

/** The fields that an expression ends in, or a field itself. */
const fieldsBehind = (of: ExprNode | Field, fields: Facts["fields"]): readonly Field[] => {
  if (!("kind" in of)) return [of];
  if (of.kind === "paren") return fieldsBehind(of.of, fields);
  if (of.kind === "call" && of.callee.kind === "member") return fieldsBehind(of.callee.of, fields);
  return of.kind === "member" ? fields(of.name) : [];
};

const coveredBy = (
  world: World,
  pattern: Exclude<Parameters<Facts["covered"]>[0], { kind: "tools-pattern" }>,
): Coverage => {
  if (pattern.kind === "unknown") return { tools: [], unknown: true };
  const tools = pattern.kind === "all" ? world.tools.names : matchingTools(aside(world), pattern);
  return { tools: [...tools].sort(), unknown: false };
};

const localsAt = (world: World, recorder: Recorder, path: string, offset: number): readonly LocalFact[] => {
  const text = world.files.get(path)?.tree.text ?? "";
  const found: (LocalFact & { readonly start: number })[] = [];
  for (const { file, start, end, name, at, types } of recorder.scopes.values()) {
    if (file !== path || offset < start) continue;
    if (offset > end && text.slice(end, offset).trim() !== "") continue;
    const known = [...types].filter((type) => type !== POISON);
    found.push({ name, at, type: typeOfAll(known), start });
  }
  found.sort((a, b) => b.start - a.start || a.at.start - b.at.start);
  return found.map(({ start: _, ...local }) => local);
};

const serversOf = (world: World): readonly ServerFact[] => {
  const tools = new Map<string, string[]>();
  for (const { server, name } of world.tools.byName.values()) {
    if (server === null) continue;
    const known = tools.get(server);
    if (known === undefined) tools.set(server, [name]);
    else known.push(name);
  }
  return [...world.files.values()].flatMap((file) =>
    file.tree.items.flatMap((item) => {
      if (item.kind !== "tools" || item.name === undefined) return [];
      const name = item.name.text;
      const catalogue = world.program.catalogues.get(item)?.path ?? null;
      return [{ name, at: locate(file, item.name), catalogue, tools: (tools.get(name) ?? []).sort() }];
    }),
  );
};
