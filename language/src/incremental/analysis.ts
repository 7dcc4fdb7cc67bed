import { type CheckResultWithFacts, checkWith } from "../check/check.ts";
import { type Memory, newMemory, TOOLS, type Unit } from "../check/remember.ts";
import type { ToolTable } from "../check/world.ts";
import type { Host } from "../program/host.ts";
import { loadProgram } from "../program/load.ts";
import type { Program } from "../program/program.ts";
import type { Comment, SourceFile } from "../syntax/ast.ts";
import { type Parsed, parseFile } from "../syntax/parse.ts";
import { reparse } from "../syntax/reparse.ts";
import { type Declarations, declarationsOf, invalidate } from "./invalidate.ts";
import { type ItemInfo, type Items, infoOf, newItems } from "./items.ts";
import {
  gatherPlaces,
  type Movable,
  moveAll,
  moveUnit,
  type Places,
  type UnitPlaces,
  unitPlaces,
} from "./places.ts";

/**
 * A policy that is checked again and again, as in an editor. What an edit does not touch is neither read nor checked
 * anew. Made by `createAnalysis`, brought up to date by `updateAnalysis`.
 */
export interface Analysis {
  readonly entry: string;
  readonly host: Host;
  readonly options: AnalysisOptions;
  /** What was read and found out, to be used again. */
  readonly state: State;
}

export interface AnalysisOptions {
  /** The paths of files of tests, as `loadProgram` takes them. */
  readonly tests?: readonly string[];
}

/** What `check` gives, with facts and the program that it is about. */
export interface AnalysisResult extends CheckResultWithFacts {
  readonly program: Program;
}

interface State {
  files: Map<string, Parsed>;
  readonly items: Items;
  memory: Memory;
  readonly places: Map<Unit, UnitPlaces>;
  /** Whatever has been met on the way to a place, so that each is moved once. */
  readonly seen: WeakSet<object>;
  declarations: Declarations | null;
  readonly numbers: { readonly known: WeakMap<object, number>; next: number };
}

/** An analysis of the policy whose entry is the file `entry`. Nothing is read before `updateAnalysis`. */
export const createAnalysis = (entry: string, host: Host, options: AnalysisOptions = {}): Analysis => ({
  entry,
  host,
  options,
  state: {
    files: new Map(),
    items: newItems(),
    memory: newMemory(true),
    places: new Map(),
    seen: new WeakSet(),
    declarations: null,
    numbers: { known: new WeakMap(), next: 0 },
  },
});

/**
 * Reads the files anew through the host and gives exactly what `check(loadProgram(entry, host), { facts: true })` gives.
 *
 * The result before is used up by this: its trees, rules and findings stand in the new one, moved to their new places.
 * Whoever still needs places of an older text must copy them first.
 */
export const updateAnalysis = (analysis: Analysis): AnalysisResult => {
  const { entry, host, options, state } = analysis;
  const files = new Map<string, Parsed>();
  const read = (text: string, path: string): Parsed => {
    const parsed = files.get(path) ?? readFile(state, text, path);
    files.set(path, parsed);
    return parsed;
  };
  const program = loadProgram(entry, host, { ...options, parse: read });
  state.files = files;
  prepare(state, program);
  const result = checkWith(program, { facts: true }, state.memory) as CheckResultWithFacts;
  keep(state);
  return { ...result, program };
};

const readFile = (state: State, text: string, path: string): Parsed => {
  const before = state.files.get(path);
  if (before?.tree.text === text) return before;
  const move = (from: number, by: number): void => moveFile(state, before as Parsed, from, by);
  const parsed = before === undefined ? parseFile(text, path) : reparse(before, text, { move, place }).parsed;
  for (const item of parsed.tree.items) infoIn(state, item);
  return parsed;
};

const infoIn = (state: State, item: Parameters<typeof infoOf>[1]): ItemInfo =>
  infoOf(state.items, item, state.seen);

const moveFile = (state: State, { tree, diagnostics }: Parsed, from: number, by: number): void => {
  if (by === 0 || from === Number.POSITIVE_INFINITY) return;
  for (const places of state.places.values()) moveUnit(places, tree.path, from, by);
  moveAll(tree.comments as readonly (Comment & Movable)[], from, by);
  const found: Places = new Map();
  gatherPlaces(diagnostics, tree.path, new WeakSet(), found);
  moveAll(found.get(tree.path) ?? [], from, by);
  for (const item of tree.items) if (item.end >= from) moveAll(infoIn(state, item).places, from, by);
};

/** Moves what was read from a part of a text to its place. */
const place = (read: unknown, by: number): void => {
  const found: Places = new Map();
  gatherPlaces(read, "", new WeakSet(), found);
  for (const places of found.values()) moveAll(places, Number.NEGATIVE_INFINITY, by);
};

/** Lets go of what no longer holds. */
const prepare = (state: State, program: Program): void => {
  const info = (item: SourceFile["items"][number]) => infoIn(state, item);
  const now = declarationsOf(program, info, (thing) => numberOf(state, thing));
  const { memory, declarations } = state;
  memory.live.clear();
  memory.fresh.length = 0;
  if (declarations !== null && !invalidate(memory, program, info, declarations, now)) {
    state.memory = newMemory(true);
    state.places.clear();
  }
  state.declarations = now;
};

const numberOf = ({ numbers }: State, thing: object): number => {
  const known = numbers.known.get(thing);
  if (known !== undefined) return known;
  numbers.known.set(thing, numbers.next);
  numbers.next += 1;
  return numbers.next - 1;
};

/** Takes down where everything stands that was found out just now. */
const keep = (state: State): void => {
  const { memory, places, seen } = state;
  for (const unit of places.keys()) if (!memory.live.has(unit)) places.delete(unit);
  for (const { key, path, unit } of memory.fresh) {
    if (!memory.live.has(unit)) continue;
    if (key === TOOLS) leaveCatalogues(state, unit.value as ToolTable);
    const found: Places = new Map();
    const { recorder, diagnostics, uses } = unit;
    for (const part of [typesIn(unit), diagnostics, uses]) gatherPlaces(part, path, seen, found);
    if (recorder !== null)
      for (const notes of [
        recorder.scopes,
        recorder.parameters,
        recorder.lets,
        recorder.signatures,
        recorder.fields,
      ])
        gatherPlaces(notes, path, seen, found);
    places.set(unit, unitPlaces(key, path, found));
  }
};

/** The types of catalogues are many, and stay where they are: a catalogue that changes is read anew. */
const leaveCatalogues = ({ files, seen }: State, { byName }: ToolTable): void => {
  for (const tool of byName.values()) if (!files.has(tool.at.file)) seen.add(tool.input);
};

/** A constant's value is plain JSON. */
const typesIn = ({ value }: Unit): unknown =>
  typeof value === "object" && value !== null && "value" in value && "type" in value ? value.type : value;
