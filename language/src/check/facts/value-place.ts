import { type JsonNode, readJson } from "../../schema/json.ts";
import type { FieldNode, SourceFile, TypeNode } from "../../syntax/ast.ts";
import type { Location, Span } from "../../text/span.ts";
import type { Field } from "../../types/type.ts";
import type { World } from "../world.ts";

/** Where a field's type lists a value. Null where it lists none, or behind a reference. */
export const valuePlaceIn = (
  world: World,
  field: Field,
  value: string | number | boolean,
): Location | null => {
  const { at } = field;
  if (at === undefined) return null;
  const file = world.files.get(at.file);
  const span =
    file === undefined
      ? inCatalogue(world.program.sources.get(at.file)?.text, at, value)
      : inPolicy(file.tree, at, value);
  return span === null ? null : { file: at.file, start: span.start, end: span.end };
};

/** The literal within the type of the field whose name stands there, or of the `type` item that it names. */
const inPolicy = (tree: SourceFile, at: Span, value: unknown): Span | null => {
  const declared = fieldsOf(tree).find(({ name }) => name.start === at.start);
  return declared === undefined ? null : literalIn(declared.type, value, tree);
};

const fieldsOf = (tree: SourceFile): readonly FieldNode[] => {
  const known = fields.get(tree);
  if (known !== undefined) return known;
  const found = tree.items.flatMap((item): readonly FieldNode[] => {
    if (item.kind === "shape") return withInner(item.fields);
    if (item.kind === "tools") return item.tools.flatMap((tool) => withInner(tool.parameters ?? []));
    return item.kind === "type" ? fieldsIn(item.type) : [];
  });
  fields.set(tree, found);
  return found;
};

const fields = new WeakMap<SourceFile, readonly FieldNode[]>();

const withInner = (nodes: readonly FieldNode[]): readonly FieldNode[] =>
  nodes.flatMap((node) => [node, ...fieldsIn(node.type)]);

const fieldsIn = (type: TypeNode): readonly FieldNode[] => {
  if (type.kind === "type-record") return withInner(type.fields);
  if (type.kind === "type-list") return fieldsIn(type.element);
  return type.kind === "type-union" ? type.members.flatMap(fieldsIn) : [];
};

const literalIn = (type: TypeNode, value: unknown, tree: SourceFile, depth = 0): Span | null => {
  switch (type.kind) {
    case "type-literal":
      return type.value === value ? type : null;
    case "type-list":
      return literalIn(type.element, value, tree, depth);
    case "type-union":
      return firstOf(type.members, (member) => literalIn(member, value, tree, depth));
    case "type-name": {
      const { text } = type.name;
      const item = tree.items.find((other) => other.kind === "type" && other.name?.text === text);
      return item?.kind !== "type" || depth > 8 ? null : literalIn(item.type, value, tree, depth + 1);
    }
    default:
      return null;
  }
};

const firstOf = <T>(list: readonly T[], find: (one: T) => Span | null): Span | null => {
  for (const one of list) {
    const found = find(one);
    if (found !== null) return found;
  }
  return null;
};

/** A catalogue's text is read once more for the places of values, and only when one is asked for. */
const roots = new Map<string, { readonly text: string; readonly root: JsonNode | null }>();

const MOST_READ = 64;

const inCatalogue = (text: string | undefined, at: Location, value: unknown): Span | null => {
  if (text === undefined) return null;
  let known = roots.get(at.file);
  if (known?.text !== text) {
    known = { text, root: readJson(text).root };
    roots.delete(at.file);
    roots.set(at.file, known);
    for (const path of roots.keys()) if (roots.size > MOST_READ) roots.delete(path);
  }
  const property = known.root === null ? null : propertyAt(known.root, at.start);
  return property === null ? null : valueIn(property, value);
};

/** The value of the property whose name starts there. */
const propertyAt = (root: JsonNode, start: number): JsonNode | null => {
  for (let node: JsonNode | undefined = root; node !== undefined; ) {
    let next: JsonNode | undefined = node.items?.find((item) => item.start <= start && start < item.end);
    for (const entry of node.entries?.values() ?? []) {
      if (entry.key.start === start) return entry.node;
      if (entry.node.start <= start && start < entry.node.end) next = entry.node;
    }
    node = next;
  }
  return null;
};

/** In `enum` or `const`, also of the items and of alternatives. */
const valueIn = (schema: JsonNode, value: unknown): Span | null => {
  const of = (name: string): JsonNode | undefined => schema.entries?.get(name)?.node;
  const listed = [of("const"), ...(of("enum")?.items ?? [])].find((node) => node?.value === value);
  if (listed !== undefined) return listed;
  const alternatives = ["anyOf", "oneOf", "allOf"].flatMap((name) => of(name)?.items ?? []);
  const items = of("items");
  return firstOf(items === undefined ? alternatives : [...alternatives, items], (inner) =>
    valueIn(inner, value),
  );
};
