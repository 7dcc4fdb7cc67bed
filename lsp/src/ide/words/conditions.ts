import { ANY, type ExprNode, kindOf } from "@agentpolicy/language";
import { nodesOf } from "../tree/path.ts";
import { comparison, membership, wildcards } from "./compare.ts";
import { byName, calledFunction, within } from "./functions.ts";
import { methodClause } from "./methods.ts";
import { declared } from "./names.ts";
import { code } from "./phrase.ts";
import { ALWAYS, about, inline, joined, NEVER, plain, type Said } from "./said.ts";
import { affords, quoted, resolved, type Speaker, textOf, typeOf } from "./speaker.ts";
import { seenWords } from "./tracks.ts";
import { memberPhrase, phraseOf, scalarWords } from "./values.ts";

type Of<Kind extends ExprNode["kind"]> = Extract<ExprNode, { readonly kind: Kind }>;

/** The longest condition that a function is replaced by. */
const LONGEST = 110;
/** Conditions that lie deeper in each other are shown as they are written. */
const DEEPEST = 40;

/** A condition, or with `negated` its opposite, in words. Null where it can neither be said nor be quoted. */
export function clauseOf(given: ExprNode, negated: boolean, speaker: Speaker, depth = 0): Said | null {
  const { node, to } = resolved(given, speaker);
  const said = depth > DEEPEST || !affords(to, 1) ? null : saidOf(node, negated, to, depth + 1);
  if (said) return said;
  const text = quoted(to, node);
  if (text === null || isBroken(node)) return text === null ? null : plain(text);
  return plain(`${text} ${negated ? "does not hold" : "holds"}`);
}

/** Whether something is not written yet. */
const isBroken = (node: ExprNode): boolean => [...nodesOf(node)].some(({ kind }) => kind === "error");

function saidOf(node: ExprNode, negated: boolean, to: Speaker, depth: number): Said | null {
  switch (node.kind) {
    case "not":
      return clauseOf(node.of, !negated, to, depth);
    case "boolean":
      return node.value !== negated ? ALWAYS : NEVER;
    case "binary":
      return binaryClause(node, negated, to, depth);
    case "has":
      return hasClause(node, negated, to);
    case "is":
      return isClause(node, negated, to);
    case "call":
      return callClause(node, negated, to, depth);
    case "if":
      return ifClause(node, negated, to, depth);
    case "name":
      return nameClause(node, negated, to);
    case "member":
      return memberClause(node, negated, to);
    default:
      return null;
  }
}

function binaryClause(node: Of<"binary">, negated: boolean, to: Speaker, depth: number): Said | null {
  const { left, operator, right } = node;
  switch (operator) {
    case "and":
    case "or": {
      const one = clauseOf(left, negated, to, depth);
      const other = clauseOf(right, negated, to, depth);
      // "Not both" is "not one, or not the other".
      return one && other && joined((operator === "and") !== negated ? "and" : "or", [one, other]);
    }
    case "in":
    case "not in":
      return membership(node, negated !== (operator === "not in"), to);
    case "like":
    case "not like":
      return wildcards(node, negated !== (operator === "not like"), to);
    default:
      return comparison(node, negated, to);
  }
}

/** "`cc` is given". */
function hasClause({ of, name }: Of<"has">, negated: boolean, to: Speaker): Said | null {
  const [field] = to.snapshot.result.facts.fields(name);
  const phrase = memberPhrase({ of, name, type: field?.type ?? ANY }, to);
  return phrase && about(phrase.text, `${be(phrase.plural)} ${negated ? "not given" : "given"}`);
}

const be = (plural: boolean): string => (plural ? "are" : "is");

const TYPES: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
};

function isClause({ of, type }: Of<"is">, negated: boolean, to: Speaker): Said | null {
  const phrase = phraseOf(of, to);
  if (!phrase) return null;
  const known = type.kind === "type-name" ? TYPES[type.name.text] : undefined;
  const isNull = type.kind === "type-literal" && type.value === null;
  const words = isNull ? "null" : (known ?? `of the type ${code(textOf(to, type))}`);
  return about(phrase.text, `${be(phrase.plural)} ${negated ? "not " : ""}${words}`);
}

function callClause(node: Of<"call">, negated: boolean, to: Speaker, depth: number): Said | null {
  const called = calledFunction(node, to);
  if (!called) return methodClause(node, negated, to);
  const isDocumented = (called.item.doc ?? "").trim() !== "";
  const inside = isDocumented ? null : within(node, called, to);
  const explained = new Set(to.notes.keys());
  const said = inside && clauseOf(called.item.body, negated, inside, depth);
  if (said && inline(said).length <= LONGEST) return said;
  // What was said in vain needs no explaining.
  for (const name of to.notes.keys()) if (!explained.has(name)) to.notes.delete(name);
  return byName(node, called, negated, to);
}

/** Either the test holds and the one, or it does not and the other. */
function ifClause(node: Of<"if">, negated: boolean, to: Speaker, depth: number): Said | null {
  const test = clauseOf(node.test, false, to, depth);
  const then = clauseOf(node.then, negated, to, depth);
  const otherwise = clauseOf(node.otherwise, negated, to, depth);
  const opposite = clauseOf(node.test, true, to, depth);
  if (!test || !opposite || !then || !otherwise) return null;
  return joined("or", [joined("and", [test, then]), joined("and", [opposite, otherwise])]);
}

const truth = (subject: string, negated: boolean): Said => about(subject, `is ${negated ? "false" : "true"}`);

/** A track that has seen something, a constant, a parameter. */
function nameClause(node: Of<"name">, negated: boolean, to: Speaker): Said | null {
  if (to.bindings.has(node.name.text)) {
    const phrase = phraseOf(node, to);
    return phrase && truth(phrase.text, negated);
  }
  return declaredClause(to.path, node.name.text, textOf(to, node), negated, to);
}

function declaredClause(
  path: string,
  name: string,
  written: string,
  negated: boolean,
  to: Speaker,
): Said | null {
  const found = declared(to.snapshot, path, name);
  if (found?.fact.kind === "track" && found.fact.item.figure === "seen") {
    const words = seenWords(found.fact.item, negated, { ...to, path: found.path });
    return words === null ? null : plain(words);
  }
  if (found?.fact.kind !== "let" || found.fact.value === undefined) return null;
  const value = scalarWords(found.fact.value);
  return value === null ? null : truth(code(written), negated);
}

/** What says yes or no by itself: `input.recurring`, `path(p).absolute`, `tool.destructive`. */
function memberClause(node: Of<"member">, negated: boolean, to: Speaker): Said | null {
  const { of, name } = node;
  if (of.kind === "name" && !to.bindings.has(of.name.text)) {
    if (of.name.text === "tool")
      return plain(`the tool is ${negated ? "not " : ""}${TOOL[name.text] ?? name.text}`);
    const imported = declared(to.snapshot, to.path, of.name.text);
    if (imported?.fact.kind === "import" && imported.fact.path !== null)
      return declaredClause(imported.fact.path, name.text, textOf(to, node), negated, to);
  }
  const type = typeOf(to, of);
  const words = type && PROPERTIES[`${kindOf(type)}.${name.text}`];
  if (words) {
    const holder = phraseOf(of, to);
    return holder && about(holder.text, words[negated ? 1 : 0] ?? "");
  }
  const phrase = phraseOf(node, to);
  return phrase && truth(phrase.text, negated);
}

const TOOL: Readonly<Record<string, string>> = {
  readOnly: "read-only",
  destructive: "destructive",
  idempotent: "idempotent",
  openWorld: "open-world",
};

const PROPERTIES: Readonly<Record<string, readonly [yes: string, no: string]>> = {
  "path.absolute": ["is absolute", "is not absolute"],
  "ip.private": ["is private", "is not private"],
  "command.compound": ["is more than one plain program", "is one plain program"],
};
