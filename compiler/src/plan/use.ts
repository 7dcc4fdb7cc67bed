import type { Root } from "@agentpolicy/language";

/**
 * How much of one value a policy reads: the value itself, its fields, which names it is asked for (`has`), its elements.
 * Uses form a tree that grows while a body is walked; `parent` says where in the tree this one hangs. `told`: the value
 * is treated as one of several types (it is one outcome of `if` or `??`, an item of a list literal or an argument), so
 * what its own type says of fields that are read or asked for is relied on to tell it from the others.
 */
export interface Use {
  readonly parent: { readonly use: Use; readonly step: Step } | null;
  value: boolean;
  told: boolean;
  readonly fields: Map<string, Use>;
  readonly asked: Set<string>;
  elements: Use | null;
}

/** From a value to a part of it: a field's name, or null for an element of a list. */
export type Step = string | null;

/** What some part of a policy reads of a request. */
export interface Reads {
  readonly roots: Map<Root, Use>;
  readonly tracks: Set<string>;
}

export function newUse(parent: Use["parent"] = null): Use {
  return { parent, value: false, told: false, fields: new Map(), asked: new Set(), elements: null };
}

export function newReads(): Reads {
  return { roots: new Map(), tracks: new Set() };
}

export function rootUse(reads: Reads, root: Root): Use {
  let use = reads.roots.get(root);
  if (use === undefined) {
    use = newUse();
    reads.roots.set(root, use);
  }
  return use;
}

export function stepUse(use: Use, step: Step): Use {
  const known = step === null ? use.elements : use.fields.get(step);
  if (known !== null && known !== undefined) return known;
  const next = newUse({ use, step });
  if (step === null) use.elements = next;
  else use.fields.set(step, next);
  return next;
}

/** Whether anything of the value is looked at. */
export function isRead(use: Use): boolean {
  return use.value || use.fields.size > 0 || use.asked.size > 0 || use.elements !== null;
}

/** Adds what `from` reads to `into`. */
export function mergeUse(from: Use, into: Use): void {
  if (from.value) into.value = true;
  if (from.told) into.told = true;
  for (const name of from.asked) into.asked.add(name);
  for (const [name, field] of from.fields) mergeUse(field, stepUse(into, name));
  if (from.elements !== null) mergeUse(from.elements, stepUse(into, null));
}

export function mergeReads(from: Reads, into: Reads): void {
  for (const [root, use] of from.roots) mergeUse(use, rootUse(into, root));
  for (const track of from.tracks) into.tracks.add(track);
}

/** The steps from the top of the tree down to `use`, and the use at the top. */
export function originOf(use: Use): { readonly top: Use; readonly steps: readonly Step[] } {
  const steps: Step[] = [];
  let top = use;
  while (top.parent !== null) {
    steps.push(top.parent.step);
    top = top.parent.use;
  }
  return { top, steps: steps.reverse() };
}
