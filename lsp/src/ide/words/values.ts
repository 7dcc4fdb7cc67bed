import type { ExprNode, Json, Name, Type } from "@agentpolicy/language";
import { builtinPhrase, callPhrase } from "./builtins.ts";
import { argumentPhrase, declared, isList, possessedPhrase } from "./names.ts";
import {
  code,
  durationWords,
  listed,
  numberWords,
  type Phrase,
  plural,
  quotedText,
  singular,
} from "./phrase.ts";
import { quoted, resolved, type Speaker, typeOf } from "./speaker.ts";
import { trackNoun } from "./tracks.ts";

type Of<Kind extends ExprNode["kind"]> = Extract<ExprNode, { readonly kind: Kind }>;

/** A value as a noun: "the amount", "the actor's role", "500". Null where it can neither be said nor be quoted. */
export function phraseOf(given: ExprNode, speaker: Speaker): Phrase | null {
  const { node, to } = resolved(given, speaker);
  const said = nounOfValue(node, to);
  if (said) return said;
  const text = quoted(to, node);
  return text === null ? null : { text, plural: isList(typeOf(to, node)) };
}

function nounOfValue(node: ExprNode, to: Speaker): Phrase | null {
  switch (node.kind) {
    case "string":
      return singular(quotedText(node.value));
    case "number":
      return singular(numberWords(node.value));
    case "duration":
      return singular(durationWords(node.milliseconds));
    case "boolean":
      return singular(String(node.value));
    case "null":
      return singular("null");
    case "list":
      return listPhrase(node, to);
    case "name":
      return namePhrase(node, to);
    case "member":
      return builtinOrField(node, to);
    case "call":
      return callPhrase(node, to);
    case "binary":
      return node.operator === "??" ? defaultPhrase(node, to) : arithmeticPhrase(node, to);
    case "negate":
      return node.of.kind === "number" ? singular(numberWords(-node.of.value)) : null;
    default:
      return null;
  }
}

function listPhrase({ items }: Of<"list">, to: Speaker): Phrase | null {
  if (items.length === 0) return singular("an empty list");
  const phrases = items.map((item) => phraseOf(item, to)?.text);
  return phrases.every((text) => text !== undefined) && items.length <= 6
    ? plural(listed(phrases as string[], "and"))
    : null;
}

const ROOTS: Readonly<Record<string, Phrase>> = {
  input: plural("the arguments"),
  actor: singular("the actor"),
  context: singular("the context"),
  resource: singular("the resource"),
  session: singular("the session"),
  model: singular("the model"),
  evidence: singular("the evidence"),
  now: singular("the time of the call"),
};

export const isRoot = (name: string): boolean => Object.hasOwn(ROOTS, name);

function namePhrase({ name }: Of<"name">, to: Speaker): Phrase | null {
  const binding = to.bindings.get(name.text);
  if (binding?.kind === "element") return binding.phrase;
  if (binding) return binding === to.spokenOf.it ? singular("it") : null;
  if (isRoot(name.text)) return ROOTS[name.text] ?? null;
  return constantPhrase(to, to.path, name.text, name.text);
}

/** A constant by its value where that is short, a track by what it counts. */
function constantPhrase(to: Speaker, path: string, name: string, written: string): Phrase | null {
  const found = declared(to.snapshot, path, name);
  if (found?.fact.kind === "track") return trackNoun(found.fact.item, { ...to, path: found.path });
  if (found?.fact.kind !== "let") return null;
  const { value, type } = found.fact;
  const text = value === undefined ? null : constantWords(value, type);
  return text === null ? { text: code(written), plural: Array.isArray(value) } : singular(text);
}

/** Durations and instants are numbers, too. */
function constantWords(value: Json, type: Type | null): string | null {
  if (type?.kind !== "opaque") return scalarWords(value);
  return type.name === "duration" && typeof value === "number" ? durationWords(value) : null;
}

/** A text, number, truth value or null, where it is short. */
export function scalarWords(value: Json): string | null {
  if (typeof value === "string") return value.length <= 40 ? quotedText(value) : null;
  if (typeof value === "number") return numberWords(value);
  return typeof value === "boolean" || value === null ? String(value) : null;
}

/** The names of a path such as `input.address.city`: null where it is none. */
export function pathOf(node: ExprNode, to: Speaker): readonly string[] | null {
  const place = resolved(node, to);
  if (place.node.kind === "name") {
    const { text } = place.node.name;
    return isRoot(text) && !place.to.bindings.has(text) ? [text] : null;
  }
  if (place.node.kind !== "member") return null;
  const above = pathOf(place.node.of, place.to);
  return above && [...above, place.node.name.text];
}

function builtinOrField(node: Of<"member">, to: Speaker): Phrase | null {
  const builtin = builtinPhrase(node, to);
  return builtin === undefined ? memberPhrase({ ...node, type: typeOf(to, node) }, to) : builtin;
}

interface Member {
  readonly of: ExprNode;
  readonly name: Name;
  readonly type: Type | null;
}

/** A field of something, or what an import declares. */
export function memberPhrase({ of: holding, name, type }: Member, to: Speaker): Phrase | null {
  const of = resolved(holding, to);
  if (of.node.kind === "name" && !of.to.bindings.has(of.node.name.text)) {
    const root = of.node.name.text;
    if (root === "tool") return singular(`the tool's ${name.text}`);
    const imported = declared(of.to.snapshot, of.to.path, root);
    if (imported?.fact.kind === "import" && imported.fact.path !== null)
      return constantPhrase(to, imported.fact.path, name.text, `${root}.${name.text}`);
    if (!isRoot(root) && imported?.fact.kind !== "let") return null;
  }
  const above = pathOf(holding, to);
  if (above !== null) return type === null ? null : fieldPhrase([...above, name.text], type);
  const holder = phraseOf(holding, to);
  if (holder === null) return null;
  if (holder.text === "it") return possessedPhrase("its", name.text, type);
  const { text, plural } = argumentPhrase(name.text, type);
  return { text: `${text} of ${holder.text}`, plural };
}

/** A field of the request by its path, the root first. */
export function fieldPhrase(path: readonly string[], type: Type | null): Phrase {
  const [root = "", first = "", ...deeper] = path;
  if (first === "") return ROOTS[root] ?? singular(code(root));
  const isPlain = path.every((name) => /^[\w-]+$/.test(name));
  if (deeper.length > 0 || !isPlain) {
    const from = root === "input" && isPlain ? path.slice(1) : path;
    const text = from.reduce((all, name) =>
      /^[\w-]+$/.test(name) ? `${all}.${name}` : `${all}[${JSON.stringify(name)}]`,
    );
    return { text: code(text), plural: isList(type) };
  }
  return root === "input" ? argumentPhrase(first, type) : possessedPhrase(`the ${root}'s`, first, type);
}

/** "the cwd (`"/workspace"` where none is given)". */
function defaultPhrase({ left, right }: Of<"binary">, to: Speaker): Phrase | null {
  const value = phraseOf(left, to);
  const fallback = phraseOf(right, to);
  if (value === null || fallback === null) return null;
  const isEmptyList = right.kind === "list" && right.items.length === 0;
  const words = right.kind === "string" && right.value === "" ? "empty" : fallback.text;
  return isEmptyList ? value : { ...value, text: `${value.text} (${words} where none is given)` };
}

const ARITHMETIC: Readonly<Record<string, string>> = {
  "+": "plus",
  "-": "minus",
  "*": "times",
  "/": "divided by",
};

function arithmeticPhrase({ left, operator, right }: Of<"binary">, to: Speaker): Phrase | null {
  const word = ARITHMETIC[operator];
  if (word === undefined) return null;
  const one = phraseOf(left, to);
  const other = phraseOf(right, to);
  if (one === null || other === null) return null;
  const isSum = (node: ExprNode) => node.kind === "binary" && ["+", "-"].includes(node.operator);
  const inner = (node: ExprNode, text: string) => {
    const place = resolved(node, to).node;
    const isLoose = place.kind === "binary" && place.operator !== "??";
    return isLoose && !(isSum(place) && operator === "+") ? `(${text})` : text;
  };
  return singular(`${inner(left, one.text)} ${word} ${inner(right, other.text)}`);
}
