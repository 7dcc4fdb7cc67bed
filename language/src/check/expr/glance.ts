import type { ExprNode } from "../../syntax/ast.ts";
import { aside } from "../facts/aside.ts";
import { newFindings } from "../findings.ts";
import { type Context, type Env, POISON } from "./context.ts";
import { elaborate } from "./elaborate.ts";
import { rootPlace } from "./facts.ts";

/**
 * Types parts that the check has no use for, as something before them is wrong; for editors alone. Nothing is reported and
 * nothing counts as used. It is done at the end, so that no definition is checked for the first time here.
 */
export const glance = (nodes: readonly ExprNode[], cx: Context, env: Env): void => {
  const { recorder } = cx.world;
  if (recorder === null || nodes.length === 0) return;
  const { group } = cx.findings;
  recorder.later.push(() => {
    const findings = { ...newFindings(), group, muted: 1 };
    const world = aside(cx.world);
    for (const node of nodes) look(node, { ...cx, world, findings, taken: new Set() }, env);
  });
};

/** Of what the parameter of a `x => …` is cannot be told here; its body still may speak of other things. */
const look = (node: ExprNode, cx: Context, env: Env): void => {
  if (node.kind !== "lambda") {
    elaborate(node, cx, { ...env, condition: null });
    return;
  }
  const { text } = node.parameter;
  const place = rootPlace(`local ${text}`, POISON);
  const local = { core: text, type: POISON, span: node.parameter, place, origin: null, used: false };
  elaborate(node.body, cx, { ...env, locals: new Map(env.locals).set(text, local) });
};
