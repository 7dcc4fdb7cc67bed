import type { Expr, Mask, Root, Template } from "@agentpolicy/language";
import type { Reader } from "./reads.ts";
import type { Use } from "./use.ts";

/** What stands where a masked value would be shown. */
export const MASKED = "•••";

/** The paths of some masks, each once, sorted. */
export function maskPaths(masks: readonly Mask[]): readonly (readonly string[])[] {
  const byKey = new Map(masks.map((mask) => [JSON.stringify(mask.path), mask.path]));
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path);
}

/** A template with each shown expression that reads a masked path, a part of one or something that holds one, as dots. */
export function maskTemplate(
  template: Template | null,
  paths: readonly (readonly string[])[],
  reader: Reader,
): Template | null {
  if (template === null || paths.length === 0) return template;
  const parts: (string | Expr)[] = [];
  for (const part of template) {
    const shown = typeof part !== "string" && readsMasked(part, paths, reader) ? MASKED : part;
    const last = parts.at(-1);
    if (typeof shown === "string" && typeof last === "string") parts[parts.length - 1] = last + shown;
    else parts.push(shown);
  }
  return parts;
}

export function readsMasked(expr: Expr, paths: readonly (readonly string[])[], reader: Reader): boolean {
  const { roots } = reader.expression(expr);
  return paths.some(([root, ...names]) => {
    const use = roots.get(root as Root);
    return use !== undefined && touches(use, names);
  });
}

/** Whether a use reads the value at `names`, a part of it, or a whole value on the way to it. */
function touches(use: Use, names: readonly string[]): boolean {
  const [name, ...rest] = names;
  if (name === undefined) return readsAnything(use);
  if (use.value) return true;
  const field = use.fields.get(name);
  return field !== undefined && touches(field, rest);
}

function readsAnything(use: Use): boolean {
  if (use.value || use.asked.size > 0) return true;
  return (
    [...use.fields.values()].some(readsAnything) || (use.elements !== null && readsAnything(use.elements))
  );
}
