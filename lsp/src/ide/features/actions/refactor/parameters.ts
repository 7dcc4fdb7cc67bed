import {
  type ExprNode,
  type Field,
  printName,
  type RecordType,
  type Span,
  type Type,
} from "@agentpolicy/language";
import { type Node, partsOf } from "../../../tree/path.ts";
import { freshName, nameFrom, type Site, textOf } from "../action.ts";
import { boundIn, namesIn, pathOf, takenNames, withReplaced } from "./parts.ts";

/** An expression as the body of a function. */
export interface Parameterized {
  readonly parameters: readonly { readonly name: string; readonly type: string; readonly value: string }[];
  readonly body: string;
}

/** Something that a function must be given: where it is read, and as what. */
interface Given {
  readonly wanted: string;
  readonly value: string;
  readonly type: string | null;
  readonly at: readonly Span[];
}

/**
 * What a function needs to be given to say what an expression says: paths of the input that are there, the record around
 * what may be absent, figures of tracks, and names bound around it. Null where something has no type that can be written.
 */
export function parameterize(site: Site, node: ExprNode): Parameterized | null {
  const { file } = site;
  if ([...namesIn(node)].some(({ name }) => name.text === "tool")) return null;
  const taken = new Set([...takenNames(file), ...boundIn(node)]);
  const changes: (Span & { readonly text: string })[] = [];
  const parameters = [];
  const all = [...inputs(site, node), ...figures(site, node), ...locals(site, node)];
  for (const { wanted, value, type, at } of all.sort(byPlace)) {
    if (type === null) return null;
    const name = freshName(wanted, taken);
    taken.add(name);
    parameters.push({ name, type, value });
    changes.push(...at.map((span) => ({ ...span, text: name })));
  }
  return { parameters, body: withReplaced(textOf(file, node), node.start, changes) };
}

/** In the order in which they are first read. */
const byPlace = (one: Given, other: Given): number => (one.at[0]?.start ?? 0) - (other.at[0]?.start ?? 0);

/** The longest paths of the input in an expression; what `has` asks for belongs to them. */
function inputs(site: Site, node: ExprNode): readonly Given[] {
  const { facts } = site.snapshot.result;
  const reads = [...pathsIn(node)];
  if (reads.length === 0) return [];
  const roots = new Map<string, { readonly path: readonly string[]; readonly nodes: ExprNode[] }>();
  const loose = reads.filter(
    ({ isAsked, node: one }) => isAsked || facts.typesOf(one).some(({ mayBeAbsent }) => mayBeAbsent),
  );
  const holders = loose.map(({ path }) => path.slice(0, -1));
  for (const { path, nodes } of reads) {
    const holder = holders
      .filter((one) => one.every((name, index) => path[index] === name))
      .sort((one, other) => one.length - other.length)[0];
    const kept = holder ?? path;
    const read = nodes[kept.length - 1];
    if (read === undefined) continue;
    const key = kept.join("\n");
    const root = roots.get(key) ?? { path: kept, nodes: [] };
    root.nodes.push(read);
    roots.set(key, root);
  }
  return [...roots.values()].map(({ path, nodes }) => {
    const first = nodes[0] as ExprNode;
    const used = reads.filter(
      ({ path: one }) => one.length > path.length && path.every((name, at) => one[at] === name),
    );
    const type = facts.typeOf(first);
    return {
      wanted: path.length === 1 ? "given" : nameFrom(path.at(-1) ?? "", "value"),
      value: textOf(site.file, first),
      type:
        type &&
        typeText(
          used.length === 0
            ? type
            : narrowTo(type, new Set(used.map(({ path: one }) => one[path.length] ?? ""))),
        ),
      at: nodes,
    };
  });
}

interface Read {
  readonly path: readonly string[];
  /** The node of each beginning of the path, root first. */
  readonly nodes: readonly ExprNode[];
  readonly node: ExprNode;
  readonly isAsked: boolean;
}

function* pathsIn(node: Node): Generator<Read> {
  if (node.kind === "has") {
    const { of, name } = node as ExprNode & { kind: "has" };
    const nodes = chainOf(of);
    const path = pathOf(of);
    if (path?.[0] === "input") {
      yield { path: [...path, name.text], nodes, node: of, isAsked: true };
      return;
    }
  }
  if (node.kind === "member" || node.kind === "name") {
    const one = node as ExprNode;
    const path = pathOf(one);
    if (path?.[0] === "input") yield { path, nodes: chainOf(one), node: one, isAsked: false };
    if (path !== null) return;
  }
  if (node.kind === "call" && "callee" in node && (node.callee as Node).kind === "member") {
    const { callee, args } = node as ExprNode & { kind: "call"; callee: ExprNode & { kind: "member" } };
    yield* pathsIn(callee.of);
    for (const one of args) yield* pathsIn(one);
    return;
  }
  for (const part of partsOf(node)) yield* pathsIn(part);
}

const chainOf = (node: ExprNode): readonly ExprNode[] =>
  node.kind === "member" ? [...chainOf(node.of), node] : [node];

function figures({ snapshot, file }: Site, node: ExprNode): readonly Given[] {
  const { facts } = snapshot.result;
  const tracks = facts.names(file.path).filter(({ kind }) => kind === "track");
  return tracks.flatMap(({ name, type }) => {
    const at = [...namesIn(node)].filter((one) => one.name.text === name);
    return at.length === 0
      ? []
      : [{ wanted: `${name}-so-far`, value: name, type: type && typeText(type), at }];
  });
}

/** Parameters bound around the expression: of a function, or of `x => …`. */
function locals({ snapshot, file }: Site, node: ExprNode): readonly Given[] {
  const around = snapshot.result.facts.locals(file.path, node.start);
  const inner = boundIn(node);
  return around.flatMap(({ name, type }) => {
    const at = inner.has(name) ? [] : [...namesIn(node)].filter((one) => one.name.text === name);
    return at.length === 0 ? [] : [{ wanted: name, value: name, type: type && typeText(type), at }];
  });
}

/** A record with these fields only; those that not every member of a union has are optional. */
function narrowTo(type: Type, names: ReadonlySet<string>): Type {
  const records = (type.kind === "union" ? type.members : [type]).filter(
    (one): one is RecordType => one.kind === "record",
  );
  const [first] = records;
  if (first === undefined || (type.kind === "union" && records.length < type.members.length)) return type;
  const fields = new Map<string, Field>();
  for (const name of names) {
    const own = records.flatMap(({ fields: all }) => all.get(name) ?? []);
    const [field] = own;
    if (field)
      fields.set(name, {
        ...field,
        optional: own.length < records.length || own.some(({ optional }) => optional),
      });
  }
  return { ...first, fields };
}

/** A type as a policy can write it; null for one that only the language can make. */
export function typeText(type: Type): string | null {
  switch (type.kind) {
    case "literal":
      return JSON.stringify(type.value);
    case "number":
      return type.integer ? "integer" : "number";
    case "list": {
      const element = typeText(type.element);
      return element === null ? null : `${type.element.kind === "union" ? `(${element})` : element}[]`;
    }
    case "record": {
      const fields = [...type.fields].map(([name, field]) => {
        const own = typeText(field.type);
        return own === null ? null : `${printName(name)}${field.optional ? "?" : ""}: ${own}`;
      });
      return fields.includes(null) ? null : fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
    }
    case "union": {
      const members = type.members.map(typeText);
      return members.includes(null) ? null : [...new Set(members)].join(" | ");
    }
    case "string":
    case "boolean":
    case "null":
    case "any":
      return type.kind;
    default:
      return null;
  }
}
