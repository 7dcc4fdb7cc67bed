import { DEFINITION_LIMIT, MISSING_TYPE, RECURSIVE_NAME } from "../diagnostics/messages/names.ts";
import { INVALID_DATA_VALUE, NOT_CONSTANT, TYPE_MISMATCH } from "../diagnostics/messages/types.ts";
import type { ExprNode, LetItem } from "../syntax/ast.ts";
import { typeOfConstant } from "../types/constant.ts";
import { printType } from "../types/print.ts";
import { isAssignable } from "../types/relate.ts";
import type { Type } from "../types/type.ts";
import { type Context, complain, EMPTY_ENV, isPoison, POISON } from "./expr/context.ts";
import { elaborate } from "./expr/elaborate.ts";
import { glance } from "./expr/glance.ts";
import { noteExpected } from "./facts/note.ts";
import { type Findings, flush, newFindings, report } from "./findings.ts";
import { MOST_DEFINITIONS, TOO_DEEP } from "./limits.ts";
import { misfitOf } from "./misfit.ts";
import { declaredHere } from "./related.ts";
import { remembered } from "./remember.ts";
import { typeOfNode } from "./typenode.ts";
import { type Constant, type FileScope, locate, type World } from "./world.ts";

/** The value of a `let`, checked once. `from` is where it is asked for, for cycles. */
export const constantOf = (
  world: World,
  file: FileScope,
  item: LetItem,
  from: { readonly cx: Context; readonly node: ExprNode } | null,
): Constant => {
  const known = world.constants.get(item);
  if (known?.state === "done") return known.value;
  if (known?.state === "open") {
    if (from !== null) {
      const related = item.name === undefined ? [] : declaredHere(locate(file, item.name));
      complain(
        from.cx,
        RECURSIVE_NAME,
        { name: item.name?.text ?? "", cycle: [item.name?.text ?? ""], what: "constant" },
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
  world.constants.set(item, { state: "open" });
  world.nesting.open += 1;
  const value = remembered(world, item, file.path, (inner) => {
    const findings = newFindings();
    const found = read(inner, file, item, findings);
    inner.diagnostics.push(...flush(findings, 0));
    return found;
  });
  world.nesting.open -= 1;
  world.constants.set(item, { state: "done", value });
  return value;
};

const read = (world: World, file: FileScope, item: LetItem, findings: Findings): Constant => {
  const type = item.type === undefined ? null : typeOfNode(world, file, item.type, findings);
  if (item.from !== undefined) return readData(world, file, item, type, findings);
  if (type !== null && type !== POISON) world.recorder?.lets.set(item, type);
  const cx = contextForConstants(world, file, findings);
  if (type === POISON && item.value !== undefined) glance([item.value], cx, EMPTY_ENV);
  if (item.value === undefined || type === POISON) return "poison";
  if (type !== null) noteExpected(cx, item.value, type);
  const result = elaborate(item.value, cx, EMPTY_ENV);
  if (isPoison(result)) return "poison";
  if (result.core.kind !== "constant") {
    report(
      findings,
      NOT_CONSTANT,
      { what: `\`${item.name?.text ?? ""}\``, isText: true },
      locate(file, item.value),
    );
    return "poison";
  }
  const { value } = result.core;
  if (type === null) return { value, type: result.type };
  if (isAssignable(result.type, type)) return { value, type };
  const misfit = misfitOf(item.value, result.type, type);
  const facts = {
    what: `the constant \`${item.name?.text ?? ""}\``,
    expected: printType(misfit.expected),
    found: printType(misfit.found),
  };
  complain(cx, TYPE_MISMATCH, facts, misfit.node, {
    related: item.type === undefined ? [] : declaredHere(locate(file, item.type)),
  });
  return "poison";
};

const none = () => [];

/** Where a constant stands, nothing of a request can be read. */
export const contextForConstants = (
  world: World,
  file: FileScope,
  findings: Findings,
  within: "constant" | "test" = "constant",
): Context => ({ world, file, findings, within, input: null, inputs: none, tool: null, taken: new Set() });

const readData = (
  world: World,
  file: FileScope,
  item: LetItem,
  type: Type | null,
  findings: Findings,
): Constant => {
  if (item.from === undefined || type === POISON) return "poison";
  if (type === null) {
    if (item.name !== undefined)
      report(findings, MISSING_TYPE, { name: item.name.text }, locate(file, item.name));
    return "poison";
  }
  const path = world.program.host.resolve(file.path, item.from.value);
  const data = world.program.data.get(path);
  if (data === undefined) return "poison";
  const wrong = firstWrong(data.value, type);
  if (wrong === null) return { value: data.value, type };
  const facts = {
    name: item.name?.text ?? "",
    expected: printType(wrong.expected),
    found: printType(wrong.found),
  };
  const related = declaredHere(locate(file, item.type ?? item), "its type is declared here");
  report(findings, INVALID_DATA_VALUE, facts, data.at(wrong.path), { related });
  return "poison";
};

type Wrong = { readonly path: readonly (string | number)[]; readonly expected: Type; readonly found: Type };

/** The first part of a value that does not fit the type; null where all of it fits. */
const firstWrong = (value: Parameters<typeof typeOfConstant>[0], type: Type): Wrong | null => {
  const found = typeOfConstant(value);
  if (isAssignable(found, type)) return null;
  if (Array.isArray(value) && type.kind === "list") {
    for (const [at, item] of value.entries()) {
      const wrong = firstWrong(item, type.element);
      if (wrong !== null) return { ...wrong, path: [at, ...wrong.path] };
    }
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value) && type.kind === "record") {
    for (const [name, part] of Object.entries(value)) {
      const field = type.fields.get(name);
      const wrong = field === undefined ? null : firstWrong(part, field.type);
      if (wrong !== null) return { ...wrong, path: [name, ...wrong.path] };
    }
  }
  return { path: [], expected: type, found };
};
