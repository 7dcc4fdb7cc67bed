import type { ExprNode, Span, Type } from "@agentpolicy/language";
import type { SnapshotFile } from "../../../snapshot.ts";
import { type Answer, inserted, pathTo, replaced, textOf } from "../action.ts";
import { isAtom } from "../refactor/parts.ts";
import type { AnswerTable } from "./answers.ts";

type Binary = ExprNode & { readonly kind: "binary" };

/** More values than these are better looked up. */
const MOST = 6;

/** Answers to findings about values: what they are compared with, and what they are given to. */
export const VALUE_ANSWERS: AnswerTable = {
  "not-in-enum": ({ snapshot, file }, { span, fixes }) => {
    const node = pathTo(file, span).find(({ kind }) => kind === "string" || kind === "number") as
      | ExprNode
      | undefined;
    const type = node && snapshot.result.facts.expectedAt(node);
    if (fixes.length > 0 || !node || !type) return [];
    return literalsOf(type)
      .slice(0, MOST)
      .map((value) => ({ title: `write \`${value}\``, edits: [replaced(file, node, value)] }));
  },
  "not-a-list": ({ file }, { span }) => {
    const node = comparisonAt(file, span, ["in", "not in"]);
    if (node === undefined || !isAtom(node.right)) return [];
    const asked = `${textOf(file, node.right)}.contains(${textOf(file, node.left)})`;
    const text = node.operator === "in" ? asked : `not ${asked}`;
    return [{ title: `look for it in the text: \`${text}\``, edits: [replaced(file, node, text)] }];
  },
  "chained-comparison": ({ file }, { span }) => {
    const joined = pathTo(file, span).find(
      (one) => isBinary(one) && one.operator === "and" && one.operatorSpan.start === span.start,
    ) as Binary | undefined;
    const left =
      joined?.left.kind === "binary" && joined.left.operator === "and" ? joined.left.right : joined?.left;
    if (left?.kind !== "binary") return [];
    const text = textOf(file, left.right);
    return [
      {
        title: "join two comparisons with `and`",
        edits: [inserted(file, span.start, `and ${text} `)],
        preferred: true,
      },
    ];
  },
  "wrong-argument-count": ({ snapshot, file }, { span }) => {
    const node = pathTo(file, span).find(({ kind }) => kind === "call") as
      | (ExprNode & { readonly kind: "call" })
      | undefined;
    const wanted = node && snapshot.result.facts.signatureOf(node)?.parameters.length;
    if (node === undefined || wanted === undefined || node.args.length <= wanted) return [];
    const [kept, last] = [node.args[wanted - 1], node.args.at(-1)];
    const start = kept?.end ?? node.args[0]?.start;
    if (start === undefined || last === undefined) return [];
    const title = node.args.length - wanted === 1 ? "remove the last argument" : "remove the last arguments";
    return [{ title, edits: [replaced(file, { start, end: last.end }, "")] }];
  },
  "near-duplicate": ({ file }, { span }) => {
    const list = pathTo(file, span).find(({ kind }) => kind === "list") as
      | (ExprNode & { readonly kind: "list" })
      | undefined;
    const at = list?.items.findIndex(({ start }) => start === span.start) ?? -1;
    const [before, own] = [list?.items[at - 1], list?.items[at]];
    if (own === undefined || before === undefined) return [];
    return [{ title: "remove it", edits: [replaced(file, { start: before.end, end: own.end }, "")] }];
  },
  lambda: ({ file }, { span }) => {
    const call = pathTo(file, span).find(({ kind }) => kind === "call");
    const arg = call && "args" in call ? (call.args as readonly ExprNode[])[0] : undefined;
    if (arg === undefined || arg.start !== span.start || !isAtom(arg) || arg.kind === "lambda") return [];
    return [{ title: "compare each item with it", edits: [inserted(file, arg.start, "one => one == ")] }];
  },
  "not-a-value": ({ file }, { span }): readonly Answer[] =>
    textOf(file, span) === "tool"
      ? [{ title: "read its name: `tool.name`", edits: [inserted(file, span.end, ".name")] }]
      : [],
};

const isBinary = (node: object): node is Binary => "kind" in node && node.kind === "binary";

const comparisonAt = (file: SnapshotFile, span: Span, operators: readonly string[]): Binary | undefined =>
  pathTo(file, span).find((one) => isBinary(one) && operators.includes(one.operator)) as Binary | undefined;

const literalsOf = (type: Type): readonly string[] =>
  (type.kind === "union" ? type.members : [type]).flatMap((one) =>
    one.kind === "literal" ? [JSON.stringify(one.value)] : [],
  );
