import { type CheckedPolicy, type Location, lineIndex, type Position } from "@agentpolicy/language";
import type { CanFault } from "../plan/faults.ts";
import type { EmittedFunction } from "./functions.ts";
import { comment } from "./literal.ts";
import { makeNames, type Names } from "./names.ts";

/** A module on its way: what it imports and defines so far. Same text, same name: nothing is defined twice. */
export interface Module {
  readonly policy: CheckedPolicy;
  readonly canFault: CanFault;
  readonly names: Names;
  /** The policy's functions that are defined already, by id. */
  readonly emitted: Map<string, EmittedFunction>;
  /** The name of an export of the runtime, imported from now on. `from` is `artifact/lists` or `values/email`. */
  readonly use: (from: string, name: string) => string;
  /** The name of a definition with this text; a new one like the hint where there is none yet. */
  readonly define: (section: Section, hint: string, text: string, about?: string) => string;
  /** Where a place of a policy is. */
  readonly position: (at: Location) => Position;
  /** Names a thing and its place, for a comment. */
  readonly describe: (name: string, at: Location) => string;
  /** What was made before for the same object and key, or is made now. Tools share what a plan shares between them. */
  readonly once: <T>(of: object, key: string, make: () => T) => T;
  /** Marks the code that follows as standing for a place in a policy. */
  readonly mark: (at: Location, code: string) => string;
  readonly imports: ReadonlyMap<string, ReadonlySet<string>>;
  readonly definitions: Readonly<Record<Section, readonly Definition[]>>;
  readonly marks: readonly Location[];
}

/**
 * In this order they are written. What is not a function is made when the module loads, so it may use nothing but imports
 * and what stands before it.
 */
export type Section = "constants" | "functions" | "tools" | "facts";

export const SECTIONS: readonly Section[] = ["constants", "functions", "tools", "facts"];

export interface Definition {
  readonly name: string;
  readonly text: string;
  /** What comments before it say, one line each. */
  readonly about: Set<string>;
}

/** Marks are a number between two characters of private use, which no emitted literal or comment holds bare. */
export const MARK = /\ue000(\d+)\ue001/g;

/** The name by which the module knows `Object.hasOwn`. */
export const hasOwnName = (module: Module): string => module.define("constants", "hasOwn", "Object.hasOwn");

export const makeModule = (policy: CheckedPolicy, canFault: CanFault): Module => {
  const names = makeNames();
  const imports = new Map<string, Set<string>>();
  const definitions = { constants: [], functions: [], tools: [], facts: [] } as Record<Section, Definition[]>;
  const byText = new Map<string, Definition>();
  const marks: Location[] = [];
  const position = positions(policy);
  const made = new WeakMap<object, Map<string, unknown>>();
  return {
    policy,
    canFault,
    names,
    emitted: new Map(),
    imports,
    definitions,
    marks,
    position,
    once: <T>(of: object, key: string, make: () => T): T => {
      const known = made.get(of) ?? new Map<string, unknown>();
      made.set(of, known);
      if (!known.has(key)) known.set(key, make());
      return known.get(key) as T;
    },
    describe: (name, at) => comment(`${name}, ${at.file}:${position(at).line + 1}`),
    use: (from, name) => {
      const known = imports.get(from) ?? new Set();
      imports.set(from, known.add(name));
      return names.of(`import:${name}`, name);
    },
    define: (section, hint, text, about) => {
      const plain = text.replace(MARK, "");
      let found = byText.get(plain);
      if (found === undefined) {
        found = { name: names.fresh(hint), text, about: new Set() };
        byText.set(plain, found);
        definitions[section].push(found);
      }
      if (about !== undefined) found.about.add(about);
      return found.name;
    },
    mark: (at, code) => {
      if (at.file === "") return code;
      marks.push(at);
      return `\ue000${marks.length - 1}\ue001${code}`;
    },
  };
};

const positions = (policy: CheckedPolicy): ((at: Location) => Position) => {
  const texts = new Map(policy.sources.map(({ path, text }) => [path, text]));
  const indexes = new Map<string, ReturnType<typeof lineIndex>>();
  return ({ file, start }) => {
    const index = indexes.get(file) ?? lineIndex(texts.get(file) ?? "");
    indexes.set(file, index);
    return index.position(start);
  };
};
