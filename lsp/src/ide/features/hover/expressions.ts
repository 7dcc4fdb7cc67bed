import {
  type Builtin,
  builtinsOf,
  type ExprNode,
  kindOf,
  type Name,
  printType,
  type Type,
} from "@agentpolicy/language";
import type { Node } from "../../tree/path.ts";
import { namesIn } from "../../words/names.ts";
import { code, listed } from "../../words/phrase.ts";
import { fieldCard } from "./fields.ts";
import { fenced, paragraphs, type Writing } from "./markdown.ts";
import { builtinCard, nameCard, parserCard } from "./names.ts";
import { operatorDoc, rootDoc, toolPropertyDoc } from "./words.ts";

type Of<Kind extends ExprNode["kind"]> = Extract<ExprNode, { readonly kind: Kind }>;

/** A name in an expression: a parameter, a root, what a file declares, a parser. */
export function expressionCard(
  writing: Writing,
  name: string,
  node: ExprNode,
  offset: number,
): string | null {
  const local = localCard(writing, name, offset);
  if (local !== null) return local;
  const root = rootCard(writing, name, writing.snapshot.result.facts.typeOf(node));
  if (root !== null) return root;
  const fact = namesIn(writing.snapshot, writing.path).get(name);
  return fact ? nameCard(writing, fact) : parserCard(name);
}

/** A parameter that may be named at a place. */
export function localCard({ snapshot, path }: Writing, name: string, offset: number): string | null {
  const local = snapshot.result.facts.locals(path, offset).find((one) => one.name === name);
  if (!local) return null;
  return fenced(`${name}${local.type === null ? "" : `: ${printType(local.type, { bounds: true })}`}`);
}

/** A part of the request; `type` is what is known of it at a place. */
export function rootCard({ snapshot }: Writing, name: string, type: Type | null = null): string | null {
  const doc = rootDoc(name);
  if (doc === null) return null;
  const { roots } = snapshot.result.facts;
  const known = type ?? (Object.hasOwn(roots, name) ? roots[name as keyof typeof roots] : null);
  return paragraphs(known === null || name === "tool" ? "" : fenced(`${name}: ${printType(known)}`), doc);
}

/** What stands after a dot: a field, what the language has for values of a type, a name of an import. */
export function memberCard(writing: Writing, node: Of<"member">): string | null {
  const { facts } = writing.snapshot.result;
  const { of, name } = node;
  if (of.kind === "name") {
    const own = namesIn(writing.snapshot, writing.path).get(of.name.text);
    const isLocal = facts.locals(writing.path, of.start).some((local) => local.name === of.name.text);
    if (!isLocal && own?.kind === "import" && own.path !== null) {
      const fact = namesIn(writing.snapshot, own.path).get(name.text);
      return fact ? nameCard(writing, fact) : null;
    }
    const property = !isLocal && of.name.text === "tool" ? toolPropertyDoc(name.text) : null;
    if (property) return paragraphs(fenced(`tool.${name.text}: ${property[0]}`), property[1]);
  }
  const type = facts.typeOf(of);
  const builtin = type && builtinOf(type, name.text);
  if (type && builtin) return builtinCard(type, builtin);
  const fields = facts.fields(name);
  const own = facts.typeOf(node);
  return fields.length === 0 && own === null
    ? null
    : fieldCard(writing, name.text, fields, own, facts.typesOf(node));
}

const builtinOf = (type: Type, name: string): Builtin | undefined =>
  kindOf(type) === "record" ? undefined : builtinsOf(type).find((builtin) => builtin.name === name);

/** The field that is asked for. */
export function hasCard(writing: Writing, { name }: Of<"has">): string | null {
  return keyCard(writing, name);
}

/** A field by its name alone: after `has`, or in the record of a test. */
export function keyCard(writing: Writing, name: Name): string | null {
  const fields = writing.snapshot.result.facts.fields(name);
  return fields.length === 0 ? null : fieldCard(writing, name.text, fields, null);
}

/** Many values are not listed again. */
const MOST_VALUES = 12;

/** A value of a field that lists its values: which field, and what else it could be. */
export function valueCard(writing: Writing, node: Of<"string">): string | null {
  const { facts } = writing.snapshot.result;
  const expected = facts.expectedAt(node);
  if (expected === null) return null;
  const values = (expected.kind === "union" ? expected.members : [expected]).flatMap((member) =>
    member.kind === "literal" ? [member.value] : [],
  );
  if (values.length === 0) return null;
  const docs = [...new Set(facts.expectedFields(node).flatMap(({ doc }) => (doc ? [doc] : [])))];
  const words = values.slice(0, MOST_VALUES).map((value) => code(JSON.stringify(value)));
  const more = values.length > MOST_VALUES ? ` and ${values.length - MOST_VALUES} more` : "";
  const lead = values.includes(node.value) ? "One of" : `Not one of`;
  return paragraphs(
    `${lead} ${more === "" ? listed(words, "or") : `${words.join(", ")}${more}`}`,
    docs.join("\n\n"),
  );
}

/** The sign or word between two operands. */
export function operatorCard(inner: Node, parent: Node): string | null {
  if (parent.kind !== "binary") return null;
  const { operator, operatorSpan } = parent as Of<"binary">;
  if (operatorSpan.start !== inner.start || operatorSpan.end !== inner.end) return null;
  const doc = operatorDoc(operator);
  return doc === null ? null : `**${code(operator)}**: ${doc}`;
}
