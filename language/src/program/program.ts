import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { CatalogueTool, Widening } from "../schema/catalogue.ts";
import type { SourceFile, ToolsItem } from "../syntax/ast.ts";
import type { Location } from "../text/span.ts";
import type { Json } from "../types/type.ts";
import type { Host } from "./host.ts";

/**
 * A policy's files, read and parsed but not yet checked. `files` has the entry first, then what it imports, nearest
 * first; what could not be read is left out and has a diagnostic.
 */
export interface Program {
  readonly entry: string;
  readonly files: readonly ProgramFile[];
  readonly catalogues: ReadonlyMap<ToolsItem, Catalogue>;
  readonly data: ReadonlyMap<string, DataFile>;
  /** Text of every file that was read, by path: policies, catalogues and data. */
  readonly sources: ReadonlyMap<string, ProgramSource>;
  readonly diagnostics: readonly Diagnostic[];
  readonly host: Host;
}

export interface ProgramSource {
  readonly text: string;
  readonly kind: "policy" | "catalogue" | "data";
}

/** One policy file. */
export interface ProgramFile {
  readonly path: string;
  readonly tree: SourceFile;
  /** `tests`: a `*.test.agentpolicy` file of the entry; it sees the entry's names. */
  readonly role: "entry" | "import" | "tests";
  /** The names on the shortest way from the entry to this file: `["org"]`; empty for the entry. */
  readonly prefix: readonly string[];
  /** The paths of the files it imports, by the name it gives them. */
  readonly imports: ReadonlyMap<string, string>;
}

/** What one `tools NAME from "PATH"` reads. */
export interface Catalogue {
  readonly path: string;
  readonly tools: readonly CatalogueTool[];
  readonly widenings: readonly Widening[];
}

/** A JSON file of a `let NAME: TYPE from "PATH"`. `at` gives the place of the value at a path of keys and indices. */
export interface DataFile {
  readonly path: string;
  readonly value: Json;
  readonly at: (path: readonly (string | number)[]) => Location;
}
