import { type ExprNode, type Json, printName, type RecordType, type Type } from "@agentpolicy/language";
import { sampleOf } from "../../../trial/sample.ts";
import { inserted, pathTo } from "../action.ts";
import type { AnswerTable } from "./answers.ts";

/** Answers to findings in tests. */
export const TEST_ANSWERS: AnswerTable = {
  "missing-argument": ({ snapshot, file }, { span }) => {
    const path = pathTo(file, span);
    const call = path.find(({ kind }) => kind === "call");
    const record = path.find(({ kind }) => kind === "record") as (ExprNode & { kind: "record" }) | undefined;
    if (record === undefined) return [];
    const { facts } = snapshot.result;
    const tool = call && "tool" in call ? facts.covered(call.tool as never)?.tools[0] : undefined;
    const isInput = call && "input" in call && call.input === record;
    const type = isInput ? facts.tools.get(tool ?? "")?.input : facts.expectedAt(record);
    const missing = missingIn(type ?? null, record);
    if (missing.length === 0) return [];
    const text = missing.map(([name, value]) => `${printName(name)}: ${JSON.stringify(value)}`).join(", ");
    const last = record.fields.at(-1);
    const edit = last
      ? inserted(file, last.end, `, ${text}`)
      : { file: file.path, start: record.start, end: record.end, text: `{ ${text} }` };
    const names = missing.map(([name]) => `\`${name}\``).join(", ");
    return [
      { title: `add ${names}`, edits: [edit], preferred: true },
      ...(isInput
        ? [{ title: "leave it out on purpose: `raw`", edits: [inserted(file, record.start, "raw ")] }]
        : []),
    ];
  },
};

function missingIn(
  type: Type | null,
  { fields }: ExprNode & { kind: "record" },
): readonly (readonly [string, Json])[] {
  if (type?.kind !== "record") return [];
  const given = new Set(fields.map(({ name }) => name.text));
  return [...(type as RecordType).fields]
    .filter(([name, field]) => !field.optional && !given.has(name))
    .map(([name, field]) => [name, sampleOf(field.type)] as const);
}
