import {
  DEFINITION_LIMIT,
  DUPLICATE_FIELD,
  NOT_A_TYPE,
  RECURSIVE_NAME,
  UNKNOWN_IMPORTED_NAME,
  UNKNOWN_TYPE,
} from "../diagnostics/messages/names.ts";
import { replaceFix } from "../diagnostics/replace.ts";
import { suggest } from "../diagnostics/suggest.ts";
import type { FieldNode, Name, TypeNode } from "../syntax/ast.ts";
import {
  ANY,
  BOOLEAN,
  INTEGER,
  listOf,
  literal,
  NULL,
  NUMBER,
  recordOf,
  STRING,
  union,
} from "../types/build.ts";
import type { Field, RecordType, Type } from "../types/type.ts";
import { POISON } from "./expr/context.ts";
import { type Findings, flush, newFindings, report } from "./findings.ts";
import { extentOf, MOST_DEFINITIONS, MOST_PARTS, TOO_DEEP } from "./limits.ts";
import { declaredHere } from "./related.ts";
import { remembered } from "./remember.ts";
import { importedFile, lookUp, use } from "./scope.ts";
import { type Declared, type FileScope, locate, type World } from "./world.ts";

const BUILT_IN: Readonly<Record<string, Type>> = {
  string: STRING,
  number: NUMBER,
  integer: INTEGER,
  boolean: BOOLEAN,
  null: NULL,
  any: ANY,
};

/** The type that a type expression means; `POISON` where it has an error, which was reported. */
export const typeOfNode = (world: World, file: FileScope, node: TypeNode, findings: Findings): Type => {
  switch (node.kind) {
    case "type-name":
      return named(world, file, node.name, findings);
    case "type-literal":
      return node.value === null ? NULL : literal(node.value);
    case "type-list": {
      const element = typeOfNode(world, file, node.element, findings);
      return element === POISON ? POISON : listOf(element);
    }
    case "type-record":
      return typeOfRecord(world, file, node.fields, findings);
    case "type-union": {
      const members = node.members.map((member) => typeOfNode(world, file, member, findings));
      return members.includes(POISON) ? POISON : union(members);
    }
    case "type-error":
      findings.errors += 1;
      return POISON;
  }
};

const typeOfRecord = (
  world: World,
  file: FileScope,
  nodes: readonly FieldNode[],
  findings: Findings,
): Type => {
  const before = findings.errors;
  const record = recordOfFields(world, file, nodes, findings, "hidden");
  return findings.errors > before || [...record.fields.values()].some(({ type }) => type === POISON)
    ? POISON
    : record;
};

/** The record with the given fields. One whose type has an error is of the type `POISON`. */
export const recordOfFields = (
  world: World,
  file: FileScope,
  nodes: readonly FieldNode[],
  findings: Findings,
  rest: RecordType["rest"],
): RecordType => {
  const fields = new Map<string, Field>();
  for (const node of nodes) {
    const type = typeOfNode(world, file, node.type, findings);
    const at = locate(file, node.name);
    const before = fields.get(node.name.text);
    if (before !== undefined) {
      report(findings, DUPLICATE_FIELD, { name: node.name.text }, at, {
        related: declaredHere(before.at, "first declared here"),
      });
      continue;
    }
    const doc = node.doc === undefined ? {} : { doc: node.doc };
    fields.set(node.name.text, { type, optional: node.optional, at, ...doc });
  }
  return recordOf(fields, rest);
};

const named = (world: World, file: FileScope, name: Name, findings: Findings): Type => {
  const { text } = name;
  if (Object.hasOwn(BUILT_IN, text)) return BUILT_IN[text] as Type;
  const at = locate(file, name);
  const dot = name.quoted === true ? -1 : text.indexOf(".");
  const declared = dot < 0 ? lookUp(file, text) : imported(world, file, name, dot, findings);
  if (declared === "reported") return POISON;
  if (declared === null) {
    const names = [...file.names.values()].filter(({ kind }) => kind === "type").map((type) => type.name);
    const near = HABITS[text] ?? suggest(text, [...Object.keys(BUILT_IN), ...names]);
    const fixes = near === undefined ? [] : [replaceFix(at, near)];
    report(findings, UNKNOWN_TYPE, { name: text, near }, at, { fixes });
    return POISON;
  }
  use(world, declared, at);
  if (declared.kind !== "type") {
    report(findings, NOT_A_TYPE, { name: text, what: declared.kind }, at, {
      related: declaredHere(declared.at),
    });
    return POISON;
  }
  return typeOfItem(world, declared, { findings, at });
};

/** How other languages call what is here. */
const HABITS: Readonly<Record<string, string>> = {
  bool: "boolean",
  int: "integer",
  long: "integer",
  float: "number",
  double: "number",
  str: "string",
  text: "string",
  unknown: "any",
  String: "string",
  Bool: "boolean",
  Boolean: "boolean",
  Long: "integer",
};

const imported = (
  world: World,
  file: FileScope,
  name: Name,
  dot: number,
  findings: Findings,
): Declared | "reported" | null => {
  const of = lookUp(file, name.text.slice(0, dot));
  if (of?.kind !== "import") return null;
  use(world, of, locate(file, { start: name.start, end: name.start + dot }));
  const target = importedFile(world, of);
  if (target === null) return "reported";
  const wanted = name.text.slice(dot + 1);
  const found = target.names.get(wanted);
  if (found !== undefined) return found;
  const types = [...target.names.values()].filter(({ kind }) => kind === "type").map((type) => type.name);
  const near = suggest(wanted, types);
  const facts = { name: wanted, of: of.name, near, isImport: false };
  const at = locate(file, { start: name.end - wanted.length, end: name.end });
  report(findings, UNKNOWN_IMPORTED_NAME, facts, at, {
    fixes: near === undefined ? [] : [replaceFix(at, near)],
  });
  return "reported";
};

/** The type that a `type` item declares, checked once. `from` is where it is asked for, for cycles. */
export const typeOfItem = (
  world: World,
  declared: Extract<Declared, { kind: "type" }>,
  from: { readonly findings: Findings; readonly at: ReturnType<typeof locate> } | null,
): Type => {
  const known = world.types.get(declared.item);
  if (known?.state === "done") return known.value;
  if (known?.state === "open") {
    if (from !== null) {
      report(from.findings, RECURSIVE_NAME, { name: declared.name, what: "type", cycle: [] }, from.at, {
        related: declaredHere(declared.at),
      });
    }
    return POISON;
  }
  if (world.nesting.open >= MOST_DEFINITIONS && from !== null) {
    report(from.findings, DEFINITION_LIMIT, { name: declared.name, reason: TOO_DEEP }, from.at);
    return POISON;
  }
  world.types.set(declared.item, { state: "open" });
  world.nesting.open += 1;
  const { file, item } = declared;
  const value = remembered(world, item, file.path, (inner) => {
    const findings = newFindings();
    const found = limited(declared, typeOfNode(inner, file, item.type, findings), findings);
    inner.diagnostics.push(...flush(findings, 0));
    return found;
  });
  world.nesting.open -= 1;
  world.types.set(declared.item, { state: "done", value });
  return value;
};

/** The type, unless it is so large or deep, written out, that nobody could work with it. */
const limited = (declared: Declared, type: Type, findings: Findings): Type => {
  const { parts, depth } = extentOf(type);
  if (parts <= MOST_PARTS && depth <= MOST_DEFINITIONS) return type;
  const reason = depth > MOST_DEFINITIONS ? TOO_DEEP : `more than ${MOST_PARTS} parts, written out`;
  report(findings, DEFINITION_LIMIT, { name: declared.name, reason }, declared.at);
  return POISON;
};
