import type { Type } from "@agentpolicy/language";
import { BOUNDS, boundOf, expected, FOUND } from "../plan/misfit.ts";
import type { Check } from "../plan/plan.ts";
import { pathText } from "../plan/request-path.ts";
import { BINDS, chain, type Js, js, not, same } from "./js.ts";
import { block, declared, type Lines } from "./lines.ts";
import { member, quote } from "./literal.ts";
import { hasOwnName, type Module } from "./module.ts";
import { localName, pathKey } from "./scope.ts";
import { boundTest, typeTest } from "./type-tests.ts";

/** What step 2 of the semantics does with one root: statements that return a denial where a part does not fit. */
export interface LoadedRoot {
  readonly root: Check["root"];
  readonly lines: Lines;
  /** What the statements assign to, to be declared before them. */
  readonly locals: ReadonlySet<string>;
  /** The keys of the paths that are then in locals. */
  readonly paths: ReadonlySet<string>;
}

/**
 * How the parts of one value are loaded. The code keeps in `at` and `type` what it looks at, so that a part that cannot
 * be read is named as well.
 */
interface Loading {
  readonly module: Module;
  readonly locals: Set<string>;
  readonly paths: Set<string>;
  /** The local for a path. */
  readonly name: (path: readonly string[]) => string;
  /** What `at` holds for a path. */
  readonly at: (path: readonly string[]) => string;
  /** The whole path of what `at` says, in code. */
  readonly whole: string;
}

/** A statement, or a test that must fail for the code to go on. */
type Step = string | { readonly unfit: Js; readonly otherwise: string };

/** Loads and checks a root, from `action` (the input) or `request`. */
export const loadRoot = (check: Check, module: Module): LoadedRoot => {
  const loading: Loading = {
    module,
    locals: new Set(),
    paths: new Set(),
    name: (path) => localName(module, path),
    at: pathText,
    whole: "at",
  };
  const lines = written(rootSteps(check, loading));
  return { root: check.root, lines, locals: loading.locals, paths: loading.paths };
};

const rootSteps = ({ root, type }: Check, loading: Loading): readonly Step[] => {
  const local = load([root], root === "input" ? "action" : "request", type, loading);
  const present = checkValue(type, local.name, [root], loading);
  if (root === "actor" || root === "now") return [...local.steps, ...present];
  // An absent root counts as one without anything in it.
  const none = loading.module.define(
    "constants",
    "none",
    `Object.freeze(${root === "evidence" ? "[]" : "{}"})`,
  );
  return [...local.steps, `if (${local.name} === undefined) ${local.name} = ${none};`, ...present];
};

/** Reads an own property into its local. */
const load = (
  path: readonly string[],
  from: string,
  type: Type,
  loading: Loading,
): { readonly name: string; readonly steps: readonly Step[] } => {
  const name = loading.name(path);
  const property = path.at(-1)!;
  loading.locals.add(name);
  loading.paths.add(pathKey(path));
  const hasOwn = hasOwnName(loading.module);
  return {
    name,
    steps: [
      `at = ${quote(loading.at(path))}; type = ${quote(expected(type))};`,
      `${name} = ${hasOwn}(${from}, ${quote(property)}) ? ${member(from, property)} : undefined;`,
    ],
  };
};

/** Statements that return where the value in a local does not fit, and load its parts into locals of their own. */
const checkValue = (
  type: Type,
  local: string,
  path: readonly string[],
  loading: Loading,
): readonly Step[] => {
  const { module } = loading;
  const value = js(local);
  switch (type.kind) {
    case "any":
      return [unless(same(value, js("undefined"), false), local, loading)];
    case "record":
      return [
        unless(js(`${module.use("artifact", "isRecord")}(${local})`), local, loading),
        ...[...type.fields]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .flatMap(([name, field]) => loadField(field.type, field.optional, local, [...path, name], loading)),
      ];
    case "list":
      return [
        unless(js(`Array.isArray(${local})`), local, loading),
        ...checkBounds(type, local, loading),
        ...checkItems(type.element, local, loading),
      ];
    case "string":
    case "number": {
      const bare: Type =
        type.kind === "string" ? { kind: "string" } : { kind: "number", integer: type.integer };
      return [unless(typeTest(value, bare, module), local, loading), ...checkBounds(type, local, loading)];
    }
    default:
      return [unless(typeTest(value, type, module), local, loading, undefined, among(type, local, module))];
  }
};

const loadField = (
  type: Type,
  optional: boolean,
  from: string,
  path: readonly string[],
  loading: Loading,
): readonly Step[] => {
  const { name, steps } = load(path, from, type, loading);
  if (!optional) return [...steps, ...checkValue(type, name, path, loading)];
  const there = same(js(name), js("undefined"), false);
  if (type.kind === "any") return steps;
  if (type.kind === "never") return [...steps, unless(not(there), name, loading)];
  const checks = checkValue(type, name, path, loading);
  const [only] = checks;
  if (checks.length === 1 && typeof only === "object") {
    return [...steps, { unfit: chain(there, "&&", only.unfit, BINDS.and), otherwise: only.otherwise }];
  }
  return [...steps, block(`if (${there.code})`, written(checks)).join("\n")];
};

/** Returns a denial unless a test holds. `text` and `found` where they are not what `type` and the value say. */
const unless = (fits: Js, local: string, loading: Loading, text?: string, found?: string): Step => {
  const words = [
    "me",
    loading.whole,
    text === undefined ? "type" : quote(text),
    local,
    ...(found === undefined ? [] : [found]),
  ];
  return {
    unfit: not(fits),
    otherwise: `return ${loading.module.use("artifact", "unfit")}(${words.join(", ")});`,
  };
};

const checkBounds = (type: Type, local: string, loading: Loading): readonly Step[] =>
  BOUNDS.filter((bound) => bound !== "integer" && boundOf(type, bound) !== undefined).map((bound) =>
    unless(
      boundTest(js(local), type, bound, loading.module),
      local,
      loading,
      expected(type, bound),
      quote(FOUND[bound]),
    ),
  );

/** What is found where certain values are expected: `other string` and the like. */
const among = (type: Type, local: string, module: Module): string | undefined => {
  const members = type.kind === "union" ? type.members : [type];
  const kinds = new Set(
    members.map((member) => (member.kind === "literal" ? typeof member.value : member.kind)),
  );
  const others = ["boolean", "number", "string"].filter((kind) => kinds.has(kind as "string"));
  if (others.length === 0 || type.kind === "boolean") return undefined;
  return `${module.use("artifact/enums", "other")}(${[local, ...others.map(quote)].join(", ")})`;
};

const checkItems = (element: Type, local: string, loading: Loading): readonly Step[] => {
  if (element.kind === "any") return [];
  loading.locals.add("misfit");
  const check = loading.module.define("functions", "check_items", itemsCheck(element, loading.module));
  return [`if ((misfit = ${check}(${local}, ${loading.whole})) !== undefined) return misfit;`];
};

/** A function that gives the denial for the first item of a list that does not fit, or nothing. */
const itemsCheck = (element: Type, module: Module): string => {
  const loading: Loading = {
    module,
    locals: new Set(["item"]),
    paths: new Set(),
    name: (path) => module.names.of(`item:${pathKey(path)}`, ["item", ...path].join("_")),
    at: (path) => pathText(["x", ...path]).slice(1),
    whole: `\`\${path}[\${position}]\${at}\``,
  };
  const steps: Step[] = [
    `at = ""; type = ${quote(expected(element))};`,
    `item = ${hasOwnName(module)}(list, position) ? list[position] : undefined;`,
    ...checkValue(element, "item", [], loading),
  ];
  const loop = block("for (; position < length; position++)", written(steps));
  const failed = `return ${module.use("artifact", "unfit")}(me, ${loading.whole}, type, 0, "unreadable");`;
  const lines = [
    // A length that cannot be read is the list's own misfit.
    "const { length } = list;",
    'let at = "", type = "", position = 0;',
    ...declared(loading.locals),
    ...block("try", loop).slice(0, -1),
    ...block("} catch", [failed]),
  ];
  return block("(list, path) =>", lines).join("\n");
};

const written = (steps: readonly Step[]): Lines =>
  steps.map((step) => (typeof step === "string" ? step : `if (${step.unfit.code}) ${step.otherwise}`));
