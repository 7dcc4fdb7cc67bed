import type { Item, ToolPattern, ToolsItem } from "../../syntax/ast.ts";
import type { Location } from "../../text/span.ts";
import type { Field } from "../../types/type.ts";
import type { Facts, NameUse } from "../facts.ts";
import { type FileScope, locate, type World } from "../world.ts";
import type { ExpectedNote, Recorder } from "./recorder.ts";

/** Every use of a declared name, each once. `fieldsOf` gives the fields whose values are expected. */
export const usesOf = (
  world: World,
  recorder: Recorder,
  fieldsOf: (note: ExpectedNote) => readonly Field[],
  valuePlace: Facts["valuePlace"],
): readonly NameUse[] => {
  const uses = new Map<string, NameUse>();
  const add = (use: NameUse): void => {
    uses.set(`${keyOf(use.at)} ${keyOf(use.declared)}`, use);
  };
  for (const use of world.uses) add(use);
  for (const [name, { file, fields }] of recorder.fields) {
    for (const field of fields.values()) {
      if (field.at !== undefined)
        add({ kind: "field", at: locate({ path: file }, name), declared: field.at, field });
    }
  }
  for (const [name, { file, declared }] of recorder.parameters)
    add({ kind: "parameter", at: locate({ path: file }, name), declared });
  for (const file of world.files.values()) {
    for (const item of file.tree.items) usesInItem(world, file, item, add);
  }
  addValues(recorder, fieldsOf, valuePlace, add);
  return [...uses.values()].sort(byPlace);
};

const keyOf = ({ file, start, end }: Location): string => `${start} ${end} ${file}`;

const byPlace = (a: NameUse, b: NameUse): number =>
  a.at.file < b.at.file ? -1 : a.at.file > b.at.file ? 1 : a.at.start - b.at.start || a.at.end - b.at.end;

/** Servers and tools by name: in patterns, in the calls of tests, and where a catalogue's hints are replaced. */
const usesInItem = (world: World, file: FileScope, item: Item, add: (use: NameUse) => void): void => {
  if (item.kind === "block" || item.kind === "track")
    for (const pattern of item.tools.patterns) usesInPattern(world, file, pattern, add);
  if (item.kind === "prove")
    for (const { tools } of item.claims)
      for (const pattern of tools.patterns) usesInPattern(world, file, pattern, add);
  if (item.kind === "test")
    for (const member of item.members)
      if (member.kind === "call") usesInPattern(world, file, member.tool, add);
  if (item.kind === "tools" && item.from !== undefined) usesInOverrides(world, file, item, add);
};

const usesInPattern = (
  world: World,
  file: FileScope,
  pattern: ToolPattern,
  add: (use: NameUse) => void,
): void => {
  if (pattern.kind !== "named") return;
  const { server, tool } = pattern;
  if (server !== undefined)
    for (const declared of serversNamed(world, server.text))
      add({ kind: "server", at: locate(file, server), declared });
  const name = server === undefined ? tool.text : `${server.text}.${tool.text}`;
  const found = world.tools.byName.get(name);
  if (found !== undefined && found.server === (server?.text ?? null))
    add({ kind: "tool", at: locate(file, tool), declared: found.at });
};

const usesInOverrides = (
  world: World,
  file: FileScope,
  item: ToolsItem,
  add: (use: NameUse) => void,
): void => {
  for (const { name } of item.tools) {
    const catalogue = world.program.catalogues.get(item);
    const found = catalogue?.tools.find((tool) => tool.name === name.text);
    if (found !== undefined) add({ kind: "tool", at: locate(file, name), declared: found.at });
  }
};

/** A server may be declared in several files. */
const serversNamed = (world: World, name: string): readonly Location[] => {
  const known = servers.get(world) ?? new Map<string, Location[]>();
  if (!servers.has(world)) {
    servers.set(world, known);
    for (const file of world.files.values())
      for (const item of file.tree.items)
        if (item.kind === "tools" && item.name !== undefined)
          known.set(item.name.text, [...(known.get(item.name.text) ?? []), locate(file, item.name)]);
  }
  return known.get(name) ?? [];
};

const servers = new WeakMap<World, Map<string, Location[]>>();

/** Literals that stand where a field's value is expected, and are one that its type lists. */
const addValues = (
  recorder: Recorder,
  fieldsOf: (note: ExpectedNote) => readonly Field[],
  valuePlace: Facts["valuePlace"],
  add: (use: NameUse) => void,
): void => {
  for (const [node, notes] of recorder.expected) {
    if (node.kind !== "string") continue;
    for (const note of Array.isArray(notes) ? notes : [notes]) {
      for (const field of fieldsOf(note)) {
        const declared = valuePlace(field, node.value);
        if (declared !== null) add({ kind: "value", at: locate({ path: note.file }, node), declared });
      }
    }
  }
};
