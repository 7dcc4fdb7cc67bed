import type { Expr } from "../core/expr.ts";
import { diagnose } from "../diagnostics/define.ts";
import {
  DEFINITION_LIMIT,
  OPTIONAL_PARAMETER,
  RECURSIVE_NAME,
  UNUSED_NAME,
} from "../diagnostics/messages/names.ts";
import type { ExprNode, FnItem } from "../syntax/ast.ts";
import type { Type } from "../types/type.ts";
import { type Context, complain, EMPTY_ENV, isPoison, type Local, POISON } from "./expr/context.ts";
import { elaborate } from "./expr/elaborate.ts";
import { declareLocal } from "./expr/lambda.ts";
import { noteScope } from "./facts/note.ts";
import { flush, newFindings, report } from "./findings.ts";
import { MOST_DEFINITIONS, MOST_STEPS, stepsOf, TOO_DEEP } from "./limits.ts";
import { declaredHere } from "./related.ts";
import { remembered } from "./remember.ts";
import { typeOfNode } from "./typenode.ts";
import { type CheckedFunction, type FileScope, locate, type World } from "./world.ts";

/** A function of the policy, checked once, whatever it is called with. `from` is where it is asked for, for cycles. */
export const functionOf = (
  world: World,
  file: FileScope,
  item: FnItem,
  from: { readonly cx: Context; readonly node: ExprNode } | null,
): CheckedFunction | "poison" => {
  const known = world.functions.get(item);
  if (known?.state === "done") return known.value;
  if (known?.state === "open") {
    if (from !== null) {
      const cycle = [...world.functions]
        .filter(([, { state }]) => state === "open")
        .map(([fn]) => fn.name?.text ?? "");
      const own = cycle.slice(cycle.indexOf(item.name?.text ?? ""));
      const related = item.name === undefined ? [] : declaredHere(locate(file, item.name));
      complain(
        from.cx,
        RECURSIVE_NAME,
        { name: item.name?.text ?? "", cycle: own, what: "function" },
        from.node,
        { related },
      );
    }
    return "poison";
  }
  if (world.nesting.open >= MOST_DEFINITIONS && from !== null) {
    complain(from.cx, DEFINITION_LIMIT, { name: item.name?.text ?? "", reason: TOO_DEEP }, from.node);
    return "poison";
  }
  world.functions.set(item, { state: "open" });
  world.nesting.open += 1;
  const value = remembered(world, item, file.path, (inner) => read(inner, file, item));
  world.nesting.open -= 1;
  world.functions.set(item, { state: "done", value });
  if (value !== "poison") world.byId.set(value.fn.id, value);
  return value;
};

const read = (world: World, file: FileScope, item: FnItem): CheckedFunction | "poison" => {
  const findings = newFindings();
  const cx: Context = {
    world,
    file,
    findings,
    within: "function",
    input: null,
    inputs: () => [],
    tool: null,
    taken: new Set(),
  };
  const locals = new Map<string, Local>();
  const parameters: { readonly name: string; readonly type: Type }[] = [];
  for (const { name, type, optional } of item.parameters) {
    if (optional) {
      const mark = locate(file, { start: name.end, end: type.start });
      const fixes = [{ title: "remove `?`", edits: [{ ...mark, text: ": " }], preferred: true }];
      report(findings, OPTIONAL_PARAMETER, { name: name.text }, locate(file, name), { fixes });
    }
    const wanted = typeOfNode(world, file, type, findings);
    const local = declareLocal(name, wanted, cx, { ...EMPTY_ENV, locals }, null);
    noteScope(cx, name, wanted, item);
    locals.set(name.text, local);
    parameters.push({ name: local.core, type: wanted });
  }
  noteSignature(world, item, parameters, null);
  const body = elaborate(item.body, cx, { ...EMPTY_ENV, locals, condition: item.body });
  if (!isPoison(body)) noteSignature(world, item, parameters, body.type);
  const isBroken = isPoison(body) || parameters.some(({ type }) => type === POISON);
  for (const { name } of item.parameters) {
    if (!isBroken && locals.get(name.text)?.used === false) {
      report(findings, UNUSED_NAME, { name: name.text, what: "parameter" }, locate(file, name));
    }
  }
  world.diagnostics.push(...flush(findings, 0));
  if (isBroken || item.name === undefined) return "poison";
  const size = sizeOf(world, body.core);
  if (size.depth > MOST_DEFINITIONS || size.steps > MOST_STEPS) {
    const reason = size.depth > MOST_DEFINITIONS ? TOO_DEEP : `takes more than ${MOST_STEPS} steps`;
    const facts = { name: item.name.text, reason, tools: [] };
    world.diagnostics.push(diagnose(DEFINITION_LIMIT, facts, locate(file, item.name)));
    return "poison";
  }
  const fn = { id: `${file.id}.${item.name.text}`, parameters, body: body.core, at: locate(file, item) };
  const zone = body.zone === undefined ? {} : { zone: body.zone };
  return { fn, result: body.type, ...zone, ...size };
};

const noteSignature = (
  world: World,
  item: FnItem,
  types: readonly { readonly type: Type }[],
  result: Type | null,
): void => {
  if (world.recorder === null) return;
  const parameters = item.parameters.map(({ name }, at) => {
    const type = types[at]?.type;
    const known = type === undefined || type === POISON ? null : type;
    return { name: name.text, type: known, form: "value" as const };
  });
  world.recorder.signatures.set(item, { parameters, result });
};

/** What calling a function with this body takes, the functions that it calls included. */
const sizeOf = (world: World, body: Expr): Pick<CheckedFunction, "depth" | "steps"> => {
  let depth = 0;
  const steps = stepsOf(body, (id) => {
    const callee = world.byId.get(id);
    depth = Math.max(depth, callee?.depth ?? 0);
    return callee?.steps ?? 0;
  });
  return { depth: depth + 1, steps };
};
