import type { Expr } from "@agentpolicy/language";
import { type Asking, fieldsHold, valueHolds } from "./asking.ts";
import { isItem } from "./check-evidence.ts";
import { all, constant, method } from "./exprs.ts";
import type { EvidenceItem, EvidenceMatcher, Matcher } from "./rule-objects.ts";

/** Whether the evidence is as it is asked to be. */
export function evidenceHolds(
  evidence: EvidenceMatcher | EvidenceItem,
  path: readonly (string | number)[],
  asking: Asking,
): Expr {
  if (isItem({ ...evidence })) return someItem(evidence as EvidenceItem, path, asking);
  const { any, all: each, count } = evidence as EvidenceMatcher;
  const at = asking.text.pair(path);
  const parts: Expr[] = [];
  if (count !== undefined) {
    const here = [...path, "count"];
    const matcher = count as Matcher;
    parts.push(valueHolds(length(path, asking), matcher, { known: "number", path: here }, asking));
  }
  if (any !== undefined) parts.push(someItem(any, [...path, "any"], asking));
  each?.forEach((item, i) => {
    parts.push(someItem(item, [...path, "all", i], asking));
  });
  return all(parts, at);
}

function someItem(item: EvidenceItem, path: readonly (string | number)[], asking: Asking): Expr {
  const at = asking.text.pair(path);
  const variable = "item";
  const body = fieldsHold({ kind: "local", name: variable, at }, item, path, asking, (name) => ({
    known: name === "confidence" ? "number" : "string",
    required: name === "type",
  }));
  if (body.kind !== "constant") {
    return { kind: "quantify", quantifier: "any", of: root(path, asking), variable, body, at };
  }
  return { kind: "compare", operator: ">", left: length(path, asking), right: constant(0, at), at };
}

function root(path: readonly (string | number)[], asking: Asking): Expr {
  return { kind: "root", root: "evidence", at: asking.text.pair(path) };
}

function length(path: readonly (string | number)[], asking: Asking): Expr {
  return method("list.length", root(path, asking), [], asking.text.pair(path));
}
