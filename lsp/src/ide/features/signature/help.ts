import {
  builtinsOf,
  type Signature as Called,
  INSTANT,
  type NameFact,
  PARSER_FACTS,
  type Parameter,
  printType,
  type Span,
  STRING,
  type Token,
  tokensOf,
} from "@agentpolicy/language";
import type { Signature } from "../../model.ts";
import type { Snapshot, SnapshotFile } from "../../snapshot.ts";
import { namesIn } from "../../words/names.ts";
import { cursorAt } from "../completion/cursor.ts";
import { valueAt } from "../completion/typing/value.ts";
import { parameterText } from "../hover/names.ts";

/** The call that a place is in: what stands before its parenthesis, and how many arguments are before the place. */
interface Open {
  readonly callee: readonly Token[];
  readonly active: number;
}

/**
 * What the function, parser or method takes in whose parentheses a place is, and which argument is being written. Read from
 * the words before the place, so that it is there before the text is whole.
 */
export function signatureHelp(snapshot: Snapshot, path: string, offset: number): Signature | null {
  const file = snapshot.files.get(path);
  const open = file && openCall(file, offset);
  const called = open && calledBy(snapshot, path, file, open.callee);
  return called && open ? shown(called, open.active) : null;
}

function openCall({ text, tree }: SnapshotFile, offset: number): Open | null {
  const item = tree.items.findLast(({ start }) => start < offset);
  return openIn(text, item?.start ?? 0, offset, 0);
}

const MOST_NESTED = 3;

function openIn(text: string, from: number, offset: number, depth: number): Open | null {
  const tokens = tokensOf(text, from, offset);
  const last = tokens.at(-1);
  // A value within a text: "… {external(▮".
  const inner = last && depth < MOST_NESTED ? holeIn(text, last, offset) : null;
  const nested = inner === null ? null : openIn(text, inner, offset, depth + 1);
  if (nested) return nested;
  const stack: { readonly at: number; readonly sign: string; commas: number }[] = [];
  tokens.forEach((token, at) => {
    if (token.kind !== "sign") return;
    if ("([{".includes(token.text)) stack.push({ at, sign: token.text, commas: 0 });
    else if (")]}".includes(token.text)) stack.pop();
    const top = stack.at(-1);
    if (token.text === "," && top) top.commas += 1;
  });
  for (const { at, sign, commas } of stack.toReversed()) {
    if (sign === "{") return null;
    const callee = sign === "(" ? calleeBefore(tokens, at) : [];
    if (callee.length > 0) return { callee, active: commas };
  }
  return null;
}

/** Where the value begins in a text that the place is in. */
function holeIn(text: string, { kind, closed, start }: Token, offset: number): number | null {
  const written = kind === "string" && !closed ? text.slice(start, offset) : "";
  const brace = written.lastIndexOf("{");
  return brace < 0 || written.includes("}", brace) ? null : start + brace + 1;
}

const CLOSING: Readonly<Record<string, string>> = { ")": "(", "]": "[" };

/** The words before a parenthesis that belong together: `org.external`, `url(input.x).within`, `(a ?? []).any`. */
function calleeBefore(tokens: readonly Token[], paren: number): readonly Token[] {
  let at = paren - 1;
  if (tokens[at]?.kind !== "word") return [];
  while (at > 1 && tokens[at - 1]?.text === ".") at = operandBefore(tokens, at - 2);
  return tokens.slice(Math.max(at, 0), paren);
}

/** Where the operand begins that ends at a place: a word, or brackets with what stands close before them. */
function operandBefore(tokens: readonly Token[], end: number): number {
  let at = end;
  while (Object.hasOwn(CLOSING, tokens[at]?.text ?? "")) {
    const start = opening(tokens, at);
    const before = tokens[start - 1];
    const isClose = before !== undefined && before.end === tokens[start]?.start;
    if (!isClose || !(before.kind === "word" || Object.hasOwn(CLOSING, before.text))) return start;
    at = start - 1;
  }
  return at;
}

function opening(tokens: readonly Token[], closing: number): number {
  let depth = 0;
  for (let at = closing; at >= 0; at--) {
    const { text = "" } = tokens[at] ?? {};
    if (")]".includes(text)) depth += 1;
    if ("([".includes(text)) depth -= 1;
    if (depth === 0) return at;
  }
  return 0;
}

function calledBy(
  snapshot: Snapshot,
  path: string,
  file: SnapshotFile,
  callee: readonly Token[],
): Pick<Called, "name" | "doc" | "parameters" | "result"> | null {
  const [first, dot, second] = callee;
  const names = namesIn(snapshot, path);
  const own = first && names.get(first.text);
  if (first && callee.length === 1) return functionOf(own) ?? languages(first.text);
  if (callee.length === 3 && dot?.text === "." && second && own?.kind === "import" && own.path !== null)
    return functionOf(namesIn(snapshot, own.path).get(second.text));
  const name = callee.at(-1);
  const receiver = callee.slice(0, -2);
  const end = receiver.at(-1)?.end;
  const cursor = end === undefined || !name ? null : cursorAt(snapshot, path, file, name.start, []);
  const type = cursor && valueAt(cursor, receiver).type;
  if (!type || !name) return null;
  return builtinsOf(type).find((one) => one.kind === "method" && one.name === name.text) ?? null;
}

const functionOf = (fact: NameFact | undefined) => (fact?.kind === "fn" ? fact.signature : null);

/** What the language itself has. */
function languages(name: string): Pick<Called, "name" | "doc" | "parameters" | "result"> | null {
  const parser = PARSER_FACTS.find((one) => one.name === name);
  if (parser) return { ...parser, parameters: [{ name: "text", type: STRING, form: "value" }] };
  if (name !== "now") return null;
  const parameters = [{ name: "zone", type: STRING, form: "constant" as const }];
  return { name, doc: "The instant of the call, read in a time zone.", parameters, result: INSTANT };
}

function shown(
  { name, doc, parameters, result }: Pick<Called, "name" | "doc" | "parameters" | "result">,
  active: number,
): Signature {
  let label = `${name}(`;
  const spans = parameters.map((parameter, at) => {
    if (at > 0) label += ", ";
    const start = label.length;
    label += parameterText(parameter);
    return { label: { start, end: label.length } satisfies Span, ...docOf(parameter) };
  });
  label += `)${result === null ? "" : `: ${printType(result)}`}`;
  return { label, parameters: spans, active, ...(doc && { doc }) };
}

function docOf({ form, type }: Parameter): { readonly doc?: string } {
  if (form === "each" && type)
    return { doc: `A condition on each element \`x\`, which is \`${printType(type)}\`.` };
  return form === "constant" ? { doc: "Written out, or a constant." } : {};
}
