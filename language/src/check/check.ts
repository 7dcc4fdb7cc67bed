import type { CheckedPolicy, PolicyFunction, Rule, Source, Track } from "../core/policy.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { sortDiagnostics } from "../diagnostics/sort.ts";
import { lint } from "../lints/lint.ts";
import { memoryHost } from "../program/host.ts";
import { loadProgram } from "../program/load.ts";
import type { Program } from "../program/program.ts";
import type { Widening } from "../schema/catalogue.ts";
import { constantOf } from "./constants.ts";
import { lookLater } from "./facts/aside.ts";
import { factsOf, NO_FACTS } from "./facts/gather.ts";
import { newRecorder } from "./facts/recorder.ts";
import type { Facts, NameUse } from "./facts.ts";
import { policyName, scopesOf } from "./files.ts";
import { functionOf } from "./functions.ts";
import { checkProof } from "./proofs.ts";
import { gather, type Memory, remembered, SHAPES, TOOLS } from "./remember.ts";
import { type Blocks, checkBlocks } from "./rules.ts";
import { declareShapes } from "./shapes.ts";
import { checkTest } from "./tests.ts";
import { declareTools } from "./tools.ts";
import { checkTrack } from "./tracks.ts";
import { typeOfItem } from "./typenode.ts";
import { reportUnused } from "./unused.ts";
import type { FileScope, World } from "./world.ts";

/** What checking a program gives. */
export interface CheckResult {
  /** Null if there is any error: nothing is made from a broken policy. */
  readonly policy: CheckedPolicy | null;
  /** Everything that was found, loading and lints included, by file and place. */
  readonly diagnostics: readonly Diagnostic[];
  /** Text of every file that was read, by path. */
  readonly sources: ReadonlyMap<string, string>;
  /** Where a tool's schema says more than a type can. */
  readonly widenings: readonly Widening[];
  /** Each use of a name that a file declares, with where it is declared. `Facts.uses` has all kinds of names. */
  readonly uses: readonly NameUse[];
}

export interface CheckOptions {
  /** Gather facts for editors as well. */
  readonly facts?: boolean;
}

/** With facts for editors, which are there whatever is wrong with the policy. */
export interface CheckResultWithFacts extends CheckResult {
  readonly facts: Facts;
}

type Asked = { readonly facts: true };

/** Checks a loaded program. Never throws; works on broken trees, too. */
export function check(program: Program, options: CheckOptions & Asked): CheckResultWithFacts;
export function check(program: Program, options?: CheckOptions): CheckResult;
export function check(program: Program, options: CheckOptions = {}): CheckResult | CheckResultWithFacts {
  return checkWith(program, options, null);
}

/** As `check`. What it finds out is kept in the memory, and what is there already is not found out again. */
export const checkWith = (
  program: Program,
  options: CheckOptions,
  memory: Memory | null,
): CheckResult | CheckResultWithFacts => {
  const sources = new Map([...program.sources].map(([path, { text }]) => [path, text]));
  const catalogues = new Set(program.catalogues.values());
  const widenings = [...catalogues].flatMap((catalogue) => catalogue.widenings);
  const world = worldOf(program, options, memory);
  if (world === null) {
    const diagnostics = sortDiagnostics(program.diagnostics);
    const nothing = { policy: null, diagnostics, sources, widenings, uses: [] };
    return options.facts === true ? { ...nothing, facts: NO_FACTS } : nothing;
  }
  world.tools = remembered(world, TOOLS, program.entry, declareTools);
  world.roots = remembered(world, SHAPES, program.entry, declareShapes);
  const policy = checkItems(world);
  for (const { unit } of memory?.fresh ?? []) if (unit.recorder !== null) lookLater(unit.recorder);
  if (world.recorder !== null) lookLater(world.recorder);
  gather(world);
  reportUnused(world);
  const found = [...program.diagnostics, ...world.diagnostics];
  const checked = hasErrors(found) ? null : policy;
  const files = [...world.files.values()].map(({ tree }) => tree);
  const data = [...program.data.values()];
  const lints = lint({ files, data, sources, policy: checked, memory: memory?.lints ?? null });
  const diagnostics = sortDiagnostics([...found, ...lints]);
  const result: CheckResult = {
    policy: hasErrors(diagnostics) ? null : checked,
    diagnostics,
    sources,
    widenings,
    uses: world.uses,
  };
  return world.recorder === null
    ? result
    : { ...result, facts: factsOf(world, world.recorder, policy.rules) };
};

const hasErrors = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some(({ severity }) => severity === "error");

/**
 * Loads and checks one text. `options.path` is what the text's file is called (`policy.agentpolicy`), `options.files`
 * the other files, by path.
 */
export function checkText(text: string, options: TextOptions & Asked): CheckResultWithFacts;
export function checkText(text: string, options?: TextOptions): CheckResult;
export function checkText(text: string, options: TextOptions = {}): CheckResult {
  const path = options.path ?? "policy.agentpolicy";
  return check(loadProgram(path, memoryHost({ ...options.files, [path]: text })), options);
}

interface TextOptions extends CheckOptions {
  readonly path?: string;
  readonly files?: Readonly<Record<string, string>>;
}

/** Null where the entry file could not be read. */
const worldOf = (program: Program, options: CheckOptions, memory: Memory | null): World | null => {
  const diagnostics: Diagnostic[] = [];
  const name = policyName(program);
  const files = scopesOf(program, name, diagnostics);
  const entry = files.get(program.entry);
  if (entry === undefined) return null;
  const nothing = { kind: "never" } as const;
  const [actor, context, resource, session, model, evidence] = Array(6).fill(nothing) as (typeof nothing)[];
  return {
    program,
    files,
    entry,
    name,
    diagnostics,
    used: new Set(),
    usedServers: new Set(),
    coverages: memory?.coverages ?? new Map(),
    uses: [],
    recorder: options.facts === true ? (memory?.recorder ?? newRecorder()) : null,
    memory,
    nesting: { open: 0 },
    constants: new Map(),
    functions: new Map(),
    byId: new Map(),
    types: new Map(),
    tools: { byName: new Map(), names: [], servers: new Set() },
    roots: { actor, context, resource, session, model, evidence } as World["roots"],
  };
};

const checkItems = (world: World): CheckedPolicy => {
  const tracks = new Map<string, Track>();
  const blocks: Blocks = { rules: [], masks: [], coversUnknown: false };
  for (const file of world.files.values()) checkNames(world, file, tracks);
  for (const file of world.files.values()) if (file.role !== "tests") checkBlocks(world, file, blocks);
  const rules = new Map<string, Rule>(blocks.rules.map((rule) => [rule.id, rule]));
  const items = [...world.files.values()].flatMap((file) => file.tree.items.map((item) => ({ file, item })));
  const tests = items.flatMap(({ file, item }) =>
    item.kind === "test"
      ? [remembered(world, item, file.path, (inner) => checkTest(inner, file, item, { rules }))]
      : [],
  );
  const proofs = items.flatMap(({ file, item }) =>
    item.kind === "prove"
      ? [remembered(world, item, file.path, (inner) => checkProof(inner, file, item))]
      : [],
  );
  const header = world.entry.tree.items.find((item) => item.kind === "policy");
  const fallback = world.entry.tree.items.find((item) => item.kind === "default");
  return {
    name: world.name,
    version: header?.kind === "policy" ? (header.version?.value ?? null) : null,
    default:
      fallback?.kind === "default" && fallback.effect?.effect === "approval_required"
        ? "approval_required"
        : "deny",
    sources: sourcesOf(world.program),
    tools: world.tools.byName,
    roots: world.roots,
    functions: functionsOf(world),
    tracks,
    rules: blocks.rules,
    masks: blocks.masks,
    coversUnknown: blocks.coversUnknown,
    tests: tests.filter((test) => test !== null),
    proofs: proofs.filter((proof) => proof !== null),
  };
};

/** Checks what a file declares, whether or not it is used. */
const checkNames = (world: World, file: FileScope, tracks: Map<string, Track>): void => {
  for (const declared of file.names.values()) {
    if (declared.kind === "let") constantOf(world, file, declared.item, null);
    if (declared.kind === "fn") functionOf(world, file, declared.item, null);
    if (declared.kind === "type") typeOfItem(world, declared, null);
    if (declared.kind !== "track") continue;
    const { item } = declared;
    const track = remembered(world, item, file.path, (inner) => checkTrack(inner, file, item));
    if (track !== null) tracks.set(track.id, track);
  }
};

/** As they are declared, not as they were needed. */
const functionsOf = (world: World): CheckedPolicy["functions"] => {
  const functions = new Map<string, PolicyFunction>();
  for (const { id, names } of world.files.values())
    for (const { kind, name } of names.values()) {
      const known = kind === "fn" ? world.byId.get(`${id}.${name}`) : undefined;
      if (known !== undefined) functions.set(known.fn.id, known.fn);
    }
  return functions;
};

const sourcesOf = (program: Program): readonly Source[] =>
  [...program.sources].map(([path, { text, kind }]) => ({ path, text, kind }));
