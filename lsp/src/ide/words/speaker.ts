import type { ExprNode, Type } from "@agentpolicy/language";
import type { Snapshot } from "../snapshot.ts";
import { partsOf } from "../tree/path.ts";
import { code, type Phrase } from "./phrase.ts";

/** What a parameter stands for while the body of its function, or of `x => …`, is said. */
export type Binding =
  /** What a function was called with. */
  | { readonly kind: "argument"; readonly node: ExprNode; readonly to: Speaker }
  /** An element of a list: "one of the paths". */
  | { readonly kind: "element"; readonly phrase: Phrase }
  /** An element that was spoken of before: "it", "its type". */
  | { readonly kind: "it" };

/** Who says something: of which file, with what parameters, and what is to be explained afterwards. */
export interface Speaker {
  readonly snapshot: Snapshot;
  readonly path: string;
  readonly bindings: ReadonlyMap<string, Binding>;
  /** How many functions are unfolded around. */
  readonly depth: number;
  /** How much has been tried altogether, so that no condition takes long, however it is written. */
  readonly effort: { spent: number };
  /** What "it" means now: another element may be spoken of meanwhile. */
  readonly spokenOf: { it: Binding | null };
  /** What functions mean that are called by their names: "`instructed`: whether …". */
  readonly notes: Map<string, string>;
}

export const speakerOf = (snapshot: Snapshot, path: string): Speaker => ({
  snapshot,
  path,
  bindings: new Map(),
  depth: 0,
  effort: { spent: 0 },
  spokenOf: { it: null },
  notes: new Map(),
});

const MOST_EFFORT = 2000;

/** Takes some effort; false where there has been too much. */
export function affords({ effort }: Speaker, cost: number): boolean {
  effort.spent += cost;
  return effort.spent <= MOST_EFFORT;
}

export const textOf = ({ snapshot, path }: Speaker, node: { start: number; end: number }): string =>
  snapshot.files.get(path)?.text.slice(node.start, node.end) ?? "";

export const typeOf = ({ snapshot }: Speaker, node: ExprNode): Type | null =>
  snapshot.result.facts.typeOf(node);

/** Words for what has no better ones: itself, as it is written. Null where it names parameters that nobody sees. */
export function quoted(to: Speaker, node: ExprNode): string | null {
  if (to.bindings.size > 0 && namesAny(node, to.bindings)) return null;
  const text = code(textOf(to, node));
  return text === "" ? null : text;
}

/** Whether an expression names one of some parameters. What `x => …` names itself is among them; better once too often. */
export function namesAny(node: ExprNode, names: { has(name: string): boolean }): boolean {
  if (node.kind === "name") return names.has(node.name.text);
  return partsOf(node).some((part) => "kind" in part && namesAny(part as ExprNode, names));
}

/** The node itself, without parentheses around it. */
export function bare(node: ExprNode): ExprNode {
  let inner = node;
  while (inner.kind === "paren") inner = inner.of;
  return inner;
}

/** What an expression is called with, and who says that: through parameters of functions. */
export function resolved(node: ExprNode, to: Speaker): { readonly node: ExprNode; readonly to: Speaker } {
  let place = { node: bare(node), to };
  for (let hops = 0; hops < 20 && place.node.kind === "name"; hops++) {
    const binding: Binding | undefined = place.to.bindings.get(place.node.name.text);
    if (binding?.kind !== "argument") break;
    place = { node: bare(binding.node), to: binding.to };
  }
  return place;
}
