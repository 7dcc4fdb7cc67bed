import type { CheckedPolicy } from "../core/policy.ts";
import { diagnose } from "../diagnostics/define.ts";
import { CONFLICTING_FIELD } from "../diagnostics/messages/names.ts";
import { listOf, NUMBER, optional, recordOf, required, STRING } from "../types/build.ts";
import { printType } from "../types/print.ts";
import { isAssignable, sameType } from "../types/relate.ts";
import type { Field, RecordType } from "../types/type.ts";
import { POISON } from "./expr/context.ts";
import { flush, newFindings } from "./findings.ts";
import { declaredHere } from "./related.ts";
import { recordOfFields } from "./typenode.ts";
import type { World } from "./world.ts";

type Shape = "actor" | "context" | "resource";

/** What each root is: the shapes of all files merged, and those that the language fixes. */
export const declareShapes = (world: World): CheckedPolicy["roots"] => {
  const shapes: Record<Shape, Map<string, Field>> = {
    actor: new Map(),
    context: new Map(),
    resource: new Map(),
  };
  for (const file of world.files.values()) {
    for (const item of file.tree.items) {
      if (item.kind !== "shape") continue;
      const findings = newFindings();
      const record = recordOfFields(world, file, item.fields, findings, "hidden");
      world.diagnostics.push(...flush(findings, 0));
      for (const [name, field] of record.fields) addField(world, item.root, shapes[item.root], name, field);
    }
  }
  const actor = new Map<string, Field>([
    ["type", required(STRING)],
    ["id", required(STRING)],
    ...shapes.actor,
  ]);
  return {
    actor: recordOf(actor),
    context: recordOf(shapes.context),
    resource: recordOf(shapes.resource),
    session: recordOf([["id", optional(STRING)]]),
    model: MODEL_TYPE,
    evidence: listOf(EVIDENCE_TYPE),
  };
};

/** What `model` is in every policy. */
export const MODEL_TYPE: RecordType = recordOf([
  ["provider", optional(STRING)],
  ["name", optional(STRING)],
  ["confidence", optional(NUMBER)],
]);

/** What each item of `evidence` is in every policy. */
export const EVIDENCE_TYPE: RecordType = recordOf([
  ["type", required(STRING)],
  ["source", optional(STRING)],
  ["title", optional(STRING)],
  ["text", optional(STRING)],
  ["uri", optional(STRING)],
  ["confidence", optional(NUMBER)],
]);

const addField = (
  world: World,
  root: Shape,
  fields: Map<string, Field>,
  name: string,
  field: Field,
): void => {
  const before = fields.get(name);
  if (field.type === POISON || before?.type === POISON) {
    fields.set(name, { ...field, type: POISON });
    return;
  }
  if (field.at === undefined) return;
  const isBase = root === "actor" && (name === "id" || name === "type");
  if (isBase && (field.optional || !isAssignable(field.type, STRING))) {
    const facts = { name: `actor.${name}`, type: printField(field), other: "string" };
    world.diagnostics.push(diagnose(CONFLICTING_FIELD, facts, field.at));
    return;
  }
  if (before === undefined) fields.set(name, field);
  else if (before.optional !== field.optional || !sameType(before.type, field.type)) {
    const facts = { name: `${root}.${name}`, type: printField(field), other: printField(before) };
    const related = declaredHere(before.at, "first declared here");
    world.diagnostics.push(diagnose(CONFLICTING_FIELD, facts, field.at, { related }));
  }
};

const printField = (field: Field): string => `${printType(field.type)}${field.optional ? ", optional" : ""}`;
