import type { Expr, PolicyFunction } from "@agentpolicy/language";
import { pathOf } from "./dispatch.ts";
import { FAULT, type Frame, fault, isRecord, own, type Run } from "./frame.ts";
import { compileOperator } from "./operators.ts";

/** Turns expressions into closures, for one tool. */
export interface Compiler {
  readonly compile: (expr: Expr) => Run;
  /** The slot that step 2 loads a path into, or undefined. */
  readonly slotOf: (path: readonly string[]) => number | undefined;
}

/** `toolProperty` gives what is known of the tool; its name comes with the call. */
export function makeCompiler(
  functions: ReadonlyMap<string, PolicyFunction>,
  slotOf: Compiler["slotOf"],
): Compiler {
  // Null while a function is being compiled: one that calls itself faults there.
  const compiled = new Map<string, Compiled | null>();
  let locals = 0;
  const functionOf = (id: string): Compiled | null => {
    const known = compiled.get(id);
    if (known !== undefined) return known;
    const fn = functions.get(id);
    if (fn === undefined) return null;
    compiled.set(id, null);
    const parameters = fn.parameters.map(() => locals++);
    const names: Names = new Map(fn.parameters.map(({ name }, i) => [name, parameters[i]!]));
    const made = { parameters, body: compile(fn.body, names) };
    compiled.set(id, made);
    return made;
  };
  const compile = (expr: Expr, names: Names): Run => {
    const path = pathOf(expr);
    const slot = path && slotOf(path);
    if (typeof slot === "number") return (frame) => frame.slots[slot];
    switch (expr.kind) {
      case "local": {
        const local = names.get(expr.name);
        return local === undefined ? fault : (frame) => frame.locals[local];
      }
      case "has":
        return compileHas(
          strictly(compile(expr.of, names)),
          expr.name,
          loadedSlot(expr.of, expr.name, slotOf),
        );
      case "call":
        return compileCall(
          functionOf(expr.fn),
          expr.args.map((arg) => strictly(compile(arg, names))),
        );
      case "quantify": {
        const local = locals++;
        const body = compile(expr.body, new Map(names).set(expr.variable, local));
        return compileQuantifier(expr.quantifier, strictly(compile(expr.of, names)), booleanly(body), local);
      }
      default:
        return compileAccess(expr, (child) => compile(child, names));
    }
  };
  return { compile: (expr) => compile(expr, new Map()), slotOf };
}

/** A function: where its parameters go, and what it gives. */
interface Compiled {
  readonly parameters: readonly number[];
  readonly body: Run;
}

/** The place of each parameter in scope. */
type Names = ReadonlyMap<string, number>;

function compileAccess(expr: Expr, compile: (expr: Expr) => Run): Run {
  switch (expr.kind) {
    case "constant": {
      const { value } = expr;
      return () => value;
    }
    case "root":
      return fault;
    case "tool":
      return expr.property === "name" ? (frame) => frame.tool : fault;
    case "track": {
      const { track } = expr;
      return (frame) => own(frame.figures, track) ?? fault();
    }
    case "field": {
      const of = strictly(compile(expr.of));
      const { name } = expr;
      return (frame) => {
        const record = of(frame);
        return isRecord(record) ? own(record, name) : fault();
      };
    }
    case "default": {
      const of = compile(expr.of);
      const otherwise = compile(expr.otherwise);
      return (frame) => of(frame) ?? otherwise(frame);
    }
    case "not": {
      const of = booleanly(compile(expr.of));
      return (frame) => !of(frame);
    }
    case "and": {
      const left = booleanly(compile(expr.left));
      const right = booleanly(compile(expr.right));
      return (frame) => left(frame) && right(frame);
    }
    case "or": {
      const left = booleanly(compile(expr.left));
      const right = booleanly(compile(expr.right));
      return (frame) => left(frame) || right(frame);
    }
    case "if": {
      const test = booleanly(compile(expr.test));
      const then = compile(expr.then);
      const otherwise = compile(expr.otherwise);
      return (frame) => (test(frame) ? then(frame) : otherwise(frame));
    }
    default:
      return compileOperator(expr, compile);
  }
}

/** Presence: of what step 2 has loaded, where it has; else of the request. */
function compileHas(of: Run, name: string, slot: number | undefined): Run {
  return (frame) => {
    const record = of(frame);
    if (!isRecord(record)) return fault();
    return (slot === undefined ? own(record, name) : frame.slots[slot]) !== undefined;
  };
}

function loadedSlot(of: Expr, name: string, slotOf: Compiler["slotOf"]): number | undefined {
  const path = pathOf(of);
  return path === null ? undefined : slotOf([...path, name]);
}

function compileCall(fn: Compiled | null, args: readonly Run[]): Run {
  if (fn === null) return fault;
  return (frame) => {
    const values = args.map((arg) => arg(frame));
    fn.parameters.forEach((local, i) => {
      frame.locals[local] = values[i];
    });
    return fn.body(frame);
  };
}

function compileQuantifier(
  quantifier: "any" | "all" | "count",
  of: Run,
  holds: (frame: Frame) => boolean,
  local: number,
): Run {
  return (frame) => {
    const list = of(frame);
    if (!Array.isArray(list)) return fault();
    let count = 0;
    for (let i = 0; i < list.length; i++) {
      frame.locals[local] = own(list, String(i));
      const held = holds(frame);
      if (held) count++;
      if (quantifier === "any" && held) return true;
      if (quantifier === "all" && !held) return false;
    }
    return quantifier === "count" ? count : quantifier === "all";
  };
}

/** A value must be there. */
export function strictly(run: Run): Run {
  return (frame) => {
    const value = run(frame);
    return value === undefined ? fault() : value;
  };
}

export function booleanly(run: Run): (frame: Frame) => boolean {
  return (frame) => {
    const value = run(frame);
    return typeof value === "boolean" ? value : fault();
  };
}

/** Runs what may fault; `undefined` where it does. What the request itself throws goes on. */
export function orFault<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (error === FAULT) return undefined;
    throw error;
  }
}
