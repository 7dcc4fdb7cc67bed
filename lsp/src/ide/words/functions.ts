import type { ExprNode, FnItem } from "@agentpolicy/language";
import { declared } from "./names.ts";
import { code, firstSentence, listed, type Phrase } from "./phrase.ts";
import { about, type Said } from "./said.ts";
import { affords, type Binding, type Speaker, textOf } from "./speaker.ts";
import { phraseOf } from "./values.ts";

type Call = Extract<ExprNode, { readonly kind: "call" }>;

/** How deep functions are unfolded into each other. */
const DEEPEST = 4;
/** What it takes to unfold a call, beside what is in it. */
const COST = 10;
/** The longest value that a function is replaced by. */
const LONGEST_VALUE = 80;
const LONGEST_BODY = 100;

interface Called {
  readonly item: FnItem;
  readonly path: string;
}

/** The function of the policy that is called: `external(a)`, `org.external(a)`. */
export function calledFunction({ callee }: Call, { snapshot, path }: Speaker): Called | null {
  const found =
    callee.kind === "name"
      ? declared(snapshot, path, callee.name.text)
      : callee.kind === "member" && callee.of.kind === "name"
        ? importedName(snapshot, path, callee.of.name.text, callee.name.text)
        : null;
  return found?.fact.kind === "fn" ? { item: found.fact.item, path: found.path } : null;
}

function importedName(snapshot: Speaker["snapshot"], path: string, name: string, inner: string) {
  const imported = declared(snapshot, path, name);
  if (imported?.fact.kind !== "import" || imported.fact.path === null) return null;
  return declared(snapshot, imported.fact.path, inner);
}

/** Who says the body of a function: its parameters are what it is called with. Null where they do not fit. */
export function within(call: Call, { item, path }: Called, to: Speaker): Speaker | null {
  if (!affords(to, COST) || to.depth >= DEEPEST || item.parameters.length !== call.args.length) return null;
  const bindings = new Map<string, Binding>();
  for (const [at, parameter] of item.parameters.entries()) {
    const node = call.args[at];
    if (node) bindings.set(parameter.name.text, { kind: "argument", node, to });
  }
  return { ...to, path, bindings, depth: to.depth + 1 };
}

/** What a function gives, where that is short to say. */
export function unfoldedValue(call: Call, to: Speaker): Phrase | null {
  const called = calledFunction(call, to);
  const inside = called && within(call, called, to);
  if (!called || !inside) return null;
  const said = phraseOf(called.item.body, inside);
  return said !== null && said.text.length <= LONGEST_VALUE ? said : null;
}

/** "`instructed` holds for the recipient". What it means is told afterwards. */
export function byName(call: Call, called: Called, negated: boolean, to: Speaker): Said | null {
  const name = code(textOf(to, call.callee));
  // "Does not hold for one of them" could mean that it holds for none.
  const exact = (text: string) => (negated ? text.replace(/^one of /, "at least one of ") : text);
  const values = call.args.map((argument) => phraseOf(argument, to)?.text).map((text) => text && exact(text));
  if (name === "" || values.some((value) => value === undefined)) return null;
  explain(name, called, to);
  const holds = negated ? "does not hold" : "holds";
  return about(name, values.length === 0 ? holds : `${holds} for ${listed(values as string[], "and")}`);
}

function explain(name: string, { item, path }: Called, to: Speaker): void {
  if (to.notes.has(name)) return;
  if (item.doc !== undefined && item.doc.trim() !== "") {
    const sentence = firstSentence(item.doc);
    to.notes.set(name, `${name}: ${sentence.replace(/^Whether\b/, "whether")}.`);
    return;
  }
  const body = textOf({ ...to, path }, item.body).replace(/\s+/g, " ");
  const parameters = item.parameters.map((parameter) => parameter.name.text).join(", ");
  if (body !== "" && body.length <= LONGEST_BODY)
    to.notes.set(name, `${code(`${name.replaceAll("`", "")}(${parameters})`)} is ${code(body)}.`);
}
