import type {
  CheckedPolicy,
  Expr,
  Mask,
  Rule,
  RuleBody,
  Template,
  TrackBody,
  Type,
} from "@agentpolicy/language";
import {
  mergeReads,
  newReads,
  newUse,
  originOf,
  type Reads,
  rootUse,
  type Step,
  stepUse,
  type Use,
} from "./use.ts";

/** What the value of an expression may be: a part of the request, or a list literal of such parts. */
type Place = { readonly use: Use } | { readonly items: readonly Place[] };
type Places = readonly Place[];

/** A function, walked once: what it reads, what it reads of its parameters, and what it may give back. */
interface Summary {
  readonly reads: Reads;
  readonly parameters: readonly Use[];
  readonly result: Places;
}

interface Walk {
  readonly reads: Reads;
  readonly locals: ReadonlyMap<string, Places>;
  readonly summaryOf: (fn: string) => Summary | null;
}

/** Finds what parts of a request the parts of one policy read (decision 0002). Each function is walked once. */
export interface Reader {
  readonly expression: (expr: Expr) => Reads;
  readonly ruleBody: (rule: Rule, body: RuleBody) => Reads;
  readonly mask: (mask: Mask) => Reads;
  readonly trackBody: (body: TrackBody) => Reads;
}

export function makeReader(policy: CheckedPolicy): Reader {
  const summaryOf = summaries(policy);
  const expression = (expr: Expr): Reads => readAll(summaryOf, [expr], []);
  return {
    expression,
    ruleBody: (rule, body) => {
      const reads = readAll(summaryOf, [body.when, body.unless], [body.because, body.ask]);
      for (const path of rule.clarification?.needs ?? []) readPath(reads, path);
      return reads;
    },
    mask: (mask) => {
      const reads = newReads();
      readPath(reads, mask.path);
      return reads;
    },
    trackBody: (body) => readAll(summaryOf, [body.amount, body.when], []),
  };
}

function readAll(
  summaryOf: Walk["summaryOf"],
  values: readonly (Expr | null)[],
  templates: readonly (Template | null)[],
): Reads {
  const walk: Walk = { reads: newReads(), locals: new Map(), summaryOf };
  for (const value of values) if (value !== null) useValue(value, walk);
  for (const template of templates) {
    for (const part of template ?? []) if (typeof part !== "string") useShown(part, walk);
  }
  return walk.reads;
}

function summaries(policy: CheckedPolicy): Walk["summaryOf"] {
  const known = new Map<string, Summary | null>();
  const summaryOf = (id: string): Summary | null => {
    const done = known.get(id);
    if (done !== undefined) return done;
    known.set(id, null);
    const fn = policy.functions.get(id);
    if (fn === undefined) return null;
    const parameters = fn.parameters.map(() => newUse());
    const locals = new Map(fn.parameters.map((parameter, i) => [parameter.name, [{ use: parameters[i]! }]]));
    const reads = newReads();
    const summary: Summary = { reads, parameters, result: placesOf(fn.body, { reads, locals, summaryOf }) };
    known.set(id, summary);
    return summary;
  };
  return summaryOf;
}

/** The same places, each once: what a function gives back may be one part of a request on many ways. */
function distinct(places: Places): Places {
  if (places.length < 2) return places;
  const uses = new Set(places.flatMap((place) => ("use" in place ? [place.use] : [])));
  const lists = places.filter((place) => "items" in place);
  const items = lists.length < 2 ? lists : [{ items: distinct(lists.flatMap((place) => place.items)) }];
  return [...[...uses].map((use) => ({ use })), ...items];
}

/** Whole paths as `mask` and `needs` name them: root first. */
function readPath(reads: Reads, path: readonly string[]): void {
  const [root, ...names] = path;
  if (root === undefined) return;
  let use = rootUse(reads, root as Parameters<typeof rootUse>[1]);
  for (const name of names) use = stepUse(use, name);
  use.value = true;
}

function step(places: Places, to: Step): Places {
  return distinct(
    places.flatMap((place): Places => {
      if ("use" in place) return [{ use: stepUse(place.use, to) }];
      return to === null ? place.items : [];
    }),
  );
}

function markValue(places: Places): void {
  for (const place of places) if ("use" in place) place.use.value = true;
}

/** What several types come together in: see `Use.told`. */
function markTold(places: Places): Places {
  for (const place of places) {
    if ("use" in place) place.use.told = true;
    else markTold(place.items);
  }
  return places;
}

/** Reads the expression's own value: its kind and bounds, not what is in it. Gives what it may be. */
function useValue(expr: Expr, walk: Walk): Places {
  const places = placesOf(expr, walk);
  markValue(places);
  return places;
}

function useElements(expr: Expr, walk: Walk): Places {
  const elements = step(useValue(expr, walk), null);
  markValue(elements);
  return elements;
}

/** A shown list shows its elements. Only a list has any, so this asks nothing of other values. */
function useShown(expr: Expr, walk: Walk): void {
  const places = useValue(expr, walk);
  for (const place of places) if ("use" in place) markValue(step([place], null));
}

/** `is TYPE` looks as deep as the type does. */
function useAsType(places: Places, type: Type): void {
  markValue(places);
  if (type.kind === "list" && type.element.kind !== "any") useAsType(step(places, null), type.element);
  if (type.kind === "record") {
    for (const [name, field] of type.fields) useAsType(step(places, name), field.type);
  }
  if (type.kind === "union") for (const member of type.members) useAsType(places, member);
}

function placesOf(expr: Expr, walk: Walk): Places {
  switch (expr.kind) {
    case "constant":
    case "tool":
      return [];
    case "root":
      return [{ use: rootUse(walk.reads, expr.root) }];
    case "track":
      walk.reads.tracks.add(expr.track);
      return [];
    case "local":
      return walk.locals.get(expr.name) ?? [];
    case "field":
      return step(placesOf(expr.of, walk), expr.name);
    case "has":
      for (const place of placesOf(expr.of, walk)) if ("use" in place) place.use.asked.add(expr.name);
      return [];
    case "default":
      return markTold(distinct([...placesOf(expr.of, walk), ...placesOf(expr.otherwise, walk)]));
    case "if":
      useValue(expr.test, walk);
      return markTold(distinct([...placesOf(expr.then, walk), ...placesOf(expr.otherwise, walk)]));
    case "is":
      useAsType(placesOf(expr.of, walk), expr.type);
      return [];
    case "list":
      return [{ items: markTold(distinct(expr.items.flatMap((item) => useValue(item, walk)))) }];
    case "call":
      return call(expr.fn, expr.args, walk);
    case "method":
      if (expr.method === "list.item") return step(useValue(expr.of, walk), null);
      useOperands(expr, walk);
      return [];
    case "quantify": {
      const elements = step(useValue(expr.of, walk), null);
      useValue(expr.body, { ...walk, locals: new Map(walk.locals).set(expr.variable, elements) });
      return [];
    }
    default:
      useOperands(expr, walk);
      return [];
  }
}

/** Operators that look at their operands' own values, and at elements where they compare with those. */
function useOperands(expr: Expr, walk: Walk): void {
  switch (expr.kind) {
    case "in":
      useValue(expr.of, walk);
      useElements(expr.list, walk);
      return;
    case "not":
    case "like":
    case "matches":
    case "parse":
      useValue(expr.of, walk);
      return;
    case "and":
    case "or":
    case "equal":
    case "compare":
    case "arithmetic":
      useValue(expr.left, walk);
      useValue(expr.right, walk);
      return;
    case "method": {
      const overElements = expr.method.startsWith("list.contains");
      (overElements ? useElements : useValue)(expr.of, walk);
      const lists = expr.method === "list.containsAll" || expr.method === "list.containsAny";
      for (const arg of expr.args) (lists ? useElements : useValue)(arg, walk);
    }
  }
}

function call(fn: string, args: readonly Expr[], walk: Walk): Places {
  const given = args.map((arg) => useValue(arg, walk));
  const summary = walk.summaryOf(fn);
  if (summary === null) return [];
  mergeReads(summary.reads, walk.reads);
  summary.parameters.forEach((parameter, i) => {
    graft(parameter, given[i] ?? []);
  });
  return distinct(summary.result.flatMap((place) => atCall(place, summary, given, walk)));
}

/** Adds what a function reads of a parameter to what was passed. */
function graft(from: Use, places: Places): void {
  if (from.value) markValue(places);
  markTold(places);
  for (const name of from.asked) for (const place of places) if ("use" in place) place.use.asked.add(name);
  for (const [name, field] of from.fields) graft(field, step(places, name));
  if (from.elements !== null) graft(from.elements, step(places, null));
}

/** A place inside a function as the caller sees it. */
function atCall(place: Place, summary: Summary, given: readonly Places[], walk: Walk): Places {
  if ("items" in place) {
    return [{ items: place.items.flatMap((item) => atCall(item, summary, given, walk)) }];
  }
  const { top, steps } = originOf(place.use);
  const index = summary.parameters.indexOf(top);
  if (index >= 0) return steps.reduce<Places>(step, given[index] ?? []);
  for (const [root, use] of summary.reads.roots) {
    if (use === top) return steps.reduce<Places>(step, [{ use: rootUse(walk.reads, root) }]);
  }
  return [];
}
