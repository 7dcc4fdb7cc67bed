import { RECURSIVE_NAME, UNUSED_NAME } from "../diagnostics/messages/names.ts";
import type { ExprNode, FnItem } from "../syntax/ast.ts";
import type { Type } from "../types/type.ts";
import { type Context, complain, EMPTY_ENV, isPoison, type Local, POISON } from "./expr/context.ts";
import { elaborate } from "./expr/elaborate.ts";
import { declareLocal } from "./expr/lambda.ts";
import { flush, newFindings, report } from "./findings.ts";
import { declaredHere } from "./related.ts";
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
  world.functions.set(item, { state: "open" });
  const value = read(world, file, item);
  world.functions.set(item, { state: "done", value });
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
    inputs: [],
    tool: null,
    taken: new Set(),
  };
  const locals = new Map<string, Local>();
  const parameters: { readonly name: string; readonly type: Type }[] = [];
  for (const { name, type } of item.parameters) {
    const wanted = typeOfNode(world, file, type, findings);
    const local = declareLocal(name, wanted, cx, { ...EMPTY_ENV, locals }, null);
    locals.set(name.text, local);
    parameters.push({ name: local.core, type: wanted });
  }
  const body = elaborate(item.body, cx, { ...EMPTY_ENV, locals, condition: item.body });
  const isBroken = isPoison(body) || parameters.some(({ type }) => type === POISON);
  for (const { name } of item.parameters) {
    if (!isBroken && locals.get(name.text)?.used === false) {
      report(findings, UNUSED_NAME, { name: name.text, what: "parameter" }, locate(file, name));
    }
  }
  world.diagnostics.push(...flush(findings, 0));
  if (isBroken || item.name === undefined) return "poison";
  const fn = { id: `${file.id}.${item.name.text}`, parameters, body: body.core, at: locate(file, item) };
  return { fn, result: body.type };
};
