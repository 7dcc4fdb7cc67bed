import type { Expr, Root, ToolProperty } from "@agentpolicy/language";
import type { Module } from "./module.ts";

/** What code may name: the parts of a request that are in locals, figures of tracks, parameters. */
export interface Scope {
  readonly module: Module;
  /** The keys of the paths that are in locals, as one text. */
  readonly key: string;
  /** The local that holds a part of the request, root first; null where it must be read on the way. */
  readonly local: (path: readonly string[]) => string | null;
  readonly figure: (track: string) => string;
  /** What is known of an unknown tool; of the others all is known, and no code asks. */
  readonly tool: (property: ToolProperty) => string;
  /** Notes that code uses a name which one of these gave. */
  readonly uses: (name: string) => void;
}

/** One key for one path. */
export const pathKey = (path: readonly string[]): string => JSON.stringify(path);

/** The name of the local for a part of the request: `input_amount`. */
export const localName = (module: Module, path: readonly string[]): string =>
  module.names.of(`path:${pathKey(path)}`, path.join("_"));

/** The name of the local for a track's figure. */
export const figureName = (module: Module, track: string): string =>
  module.names.of(`figure:${track}`, track.slice(track.lastIndexOf(".") + 1));

/** The name of a parameter of a function or of `x => …`. */
export const parameterName = (module: Module, name: string): string =>
  module.names.of(`parameter:${name}`, name);

/** A scope in which some paths are in locals. */
export const makeScope = (module: Module, locals: ReadonlySet<string>): Scope => ({
  module,
  key: [...locals].sort().join(),
  uses: () => {},
  local: (path) => (locals.has(pathKey(path)) ? localName(module, path) : null),
  figure: (track) => figureName(module, track),
  // Of an unknown tool its name alone is known.
  tool: (property) => (property === "name" ? "name" : "undefined"),
});

/** The same scope, and what is asked of it by name: the parameters that a function of this code needs. */
export const watched = (scope: Scope): { readonly scope: Scope; readonly used: ReadonlySet<string> } => {
  const used = new Set<string>();
  const noted = <T extends string | null>(name: T): T => {
    if (name !== null) used.add(name);
    return name;
  };
  return {
    used,
    scope: {
      module: scope.module,
      key: scope.key,
      uses: noted,
      local: (path) => noted(scope.local(path)),
      figure: (track) => noted(scope.figure(track)),
      tool: (property) => (property === "name" ? noted(scope.tool(property)) : scope.tool(property)),
    },
  };
};

/** The path that a chain of fields names, or null where it starts from something else than a root. */
export const pathOf = (expr: Expr): readonly [Root, ...string[]] | null => {
  if (expr.kind === "root") return [expr.root];
  if (expr.kind !== "field") return null;
  const path = pathOf(expr.of);
  return path === null ? null : [...path, expr.name];
};

/** Puts code into a function of its own, if there is none with the same text yet, and gives the call of it. */
export const makeFunction = (scope: Scope, hint: string, code: (inner: Scope) => string): string => {
  const { scope: inner, used } = watched(scope);
  const body = code(inner);
  const parameters = [...used].join(", ");
  return `${scope.module.define("functions", hint, `(${parameters}) => ${body}`)}(${parameters})`;
};
