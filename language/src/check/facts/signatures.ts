import type { ExprNode, FnItem } from "../../syntax/ast.ts";
import { INSTANT, STRING } from "../../types/build.ts";
import type { Type } from "../../types/type.ts";
import { builtinsOf, PARSER_FACTS } from "../expr/builtins.ts";
import type { Signature } from "../facts.ts";
import { type FileScope, locate } from "../world.ts";
import type { Recorder } from "./recorder.ts";

/** What a function takes and gives, as far as it is known. */
export const signatureOfItem = (file: FileScope, item: FnItem, recorder: Recorder): Signature => {
  const known = recorder.signatures.get(item);
  const name = item.name?.text ?? "";
  const at = locate(file, item.name ?? item);
  const parameters = known?.parameters ?? [];
  return { name, at, doc: item.doc ?? null, parameters, result: known?.result ?? null };
};

/** What a call calls. `typeOf` gives the type of what stands before a method's dot. */
export const signatureOfCall = (
  node: ExprNode,
  recorder: Recorder,
  typeOf: (node: ExprNode) => Type | null,
): Signature | null => {
  const declared = recorder.calls.get(node);
  if (declared?.kind === "fn") return signatureOfItem(declared.file, declared.item, recorder);
  if (node.kind !== "call" || declared !== undefined) return null;
  const { callee } = node;
  if (callee.kind === "name") return OWN.get(callee.name.text) ?? null;
  const type = callee.kind === "member" ? typeOf(callee.of) : null;
  if (callee.kind !== "member" || type === null) return null;
  const { text } = callee.name;
  const method = builtinsOf(type).find(({ kind, name }) => kind === "method" && name === text);
  return method === undefined ? null : { ...method, at: null };
};

/** The functions that the language has. */
const OWN: ReadonlyMap<string, Signature> = new Map(
  [
    ...PARSER_FACTS.map((parser) => ({ ...parser, form: "value" as const, takes: "text" })),
    {
      name: "now",
      result: INSTANT,
      doc: "The instant of the call, read in a time zone.",
      form: "constant" as const,
      takes: "zone",
    },
  ].map(({ name, result, doc, form, takes }) => [
    name,
    { name, at: null, doc, parameters: [{ name: takes, type: STRING, form }], result },
  ]),
);
