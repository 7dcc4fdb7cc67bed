import type { ClauseNode, ExprNode, RuleNode, Span, Type } from "@agentpolicy/language";
import type { Snapshot, SnapshotFile } from "../../../snapshot.ts";
import type { Node } from "../../../tree/path.ts";
import { type Answer, inserted, pathTo, replaced, textOf } from "../action.ts";
import { isAtom } from "../refactor/parts.ts";
import type { AnswerTable } from "./answers.ts";

/** Answers to findings in conditions. */
export const CONDITION_ANSWERS: AnswerTable = {
  "unguarded-optional": ({ file }, finding) => {
    const member = valueAt(file, finding.span);
    if (member?.kind !== "member") return [];
    const guard = `${textOf(file, member.of)} has ${textOf(file, member.name)}`;
    if (finding.fixes.some(({ title }) => title.includes(" has "))) return [];
    return [...guarded(file, member, guard), ...inRule(file, member, guard)];
  },
  "unguarded-null": ({ snapshot, file }, finding) => {
    const value = valueAt(file, finding.span);
    if (value === null) return [];
    const written = textOf(file, value);
    const type = snapshot.result.facts.typeOf(value);
    const otherwise = type === null ? null : defaultFor(type);
    const guard = `${written} != null`;
    return [
      ...guarded(file, value, guard),
      ...(inTemplate(file, value) ? inRule(file, value, guard) : []),
      ...(otherwise === null
        ? []
        : [
            {
              title: `give a default: \`?? ${otherwise}\``,
              edits: [replaced(file, value, `(${written} ?? ${otherwise})`)],
            },
          ]),
    ];
  },
  "any-not-narrowed": ({ snapshot, file }, finding) => {
    const value = valueAt(file, finding.span);
    if (value === null) return [];
    const wanted = wantedKind(snapshot, file, value);
    const types = wanted === null ? ["string", "number", "boolean"] : [wanted];
    return types.flatMap((type) => guarded(file, value, `${textOf(file, value)} is ${type}`));
  },
  "always-true": ({ file }, { span }) => withoutOperand(file, span),
  "always-false": ({ file }, { span }) => withoutOperand(file, span, "or"),
  "needless-has": ({ file }, { span }) => withoutOperand(file, span),
  "redundant-condition": ({ file }, { span }) => withoutOperand(file, span),
  "needless-default": ({ file }, { span }) => {
    const path = pathTo(file, span);
    const node = path.find((one) => one.kind === "binary" && "operator" in one && one.operator === "??");
    const { left } = (node ?? {}) as Partial<ExprNode & { kind: "binary" }>;
    if (node === undefined || left === undefined) return [];
    const around = path[path.indexOf(node) + 1];
    const whole = around?.kind === "paren" && isAtom(left) ? around : node;
    return [
      { title: "remove the default", edits: [replaced(file, whole, textOf(file, left))], preferred: true },
    ];
  },
};

/** The kind of value that fits a place, or that it is compared with. */
export function wantedKind({ result }: Snapshot, file: SnapshotFile, value: ExprNode): string | null {
  const parent = pathTo(file, value).find((one) => one.kind === "binary") as
    | (ExprNode & { kind: "binary" })
    | undefined;
  const other = parent?.left === value ? parent.right : parent?.right === value ? parent.left : undefined;
  const type = result.facts.expectedAt(value) ?? (other && result.facts.typeOf(other));
  if (type === null || type === undefined) return null;
  const kind = type.kind === "literal" ? typeof type.value : type.kind;
  return ["string", "number", "boolean"].includes(kind) ? kind : null;
}

/** The inmost expression that has the span, or whose name has it. */
function valueAt(file: SnapshotFile, span: Span): ExprNode | null {
  const found = pathTo(file, span).find(
    ({ kind }) => kind === "member" || kind === "name" || kind === "call" || kind === "paren",
  );
  return (found as ExprNode | undefined) ?? null;
}

const inTemplate = (file: SnapshotFile, value: Span): boolean =>
  pathTo(file, value).some(({ kind }) => kind === "template");

/** `guard and …` before the condition that reads a value: the part of it that is true or false by itself. */
function guarded(file: SnapshotFile, value: ExprNode, guard: string): readonly Answer[] {
  const path = pathTo(file, value);
  if (path.some(({ kind }) => kind === "template")) return [];
  const from = path.findIndex(({ start, end }) => start === value.start && end === value.end);
  let part: Node = value;
  for (const [index, node] of path.entries()) {
    if (index <= from) continue;
    if (!isPlainOperand(node, part)) {
      part = node;
      continue;
    }
    const [open, close] =
      node.kind === "not"
        ? [`(${guard} and `, ")"]
        : part.kind === "if"
          ? [`${guard} and (`, ")"]
          : [`${guard} and `, ""];
    const edits = [
      inserted(file, part.start, open),
      ...(close === "" ? [] : [inserted(file, part.end, close)]),
    ];
    return [{ title: `ask for it first: \`${guard} and …\``, edits, preferred: true }];
  }
  return [];
}

const isOr = (node: Node): boolean => node.kind === "binary" && "operator" in node && node.operator === "or";

/** Whether a part of a node is a condition of its own there. */
const isPlainOperand = (node: Node, part: Node): boolean =>
  node.kind === "when" ||
  node.kind === "unless" ||
  node.kind === "not" ||
  (node.kind === "lambda" && "body" in node && node.body === part) ||
  (node.kind === "if" && "test" in node && node.test === part) ||
  (node.kind === "claim" && "when" in node && node.when === part) ||
  (node.kind === "track" && "when" in node && node.when === part) ||
  (node.kind === "binary" && "operator" in node && (node.operator === "and" || node.operator === "or"));

/** Where the text of a rule reads a value: the rule then matches only with it. */
function inRule(file: SnapshotFile, value: Span, guard: string): readonly Answer[] {
  const path = pathTo(file, value);
  const rule = path.find(({ kind }) => kind === "rule") as RuleNode | undefined;
  if (rule === undefined || !path.some(({ kind }) => kind === "template" || kind === "needs")) return [];
  const when = rule.clauses.find((clause): clause is ClauseNode & { kind: "when" } => clause.kind === "when");
  const title = `match only with it: \`when ${guard}\``;
  if (when === undefined) {
    const at = (rule.name ?? rule.effect).end;
    const line = file.text.slice(at).match(/^[ \t]*\r?\n([ \t]*)/)?.[1];
    return [
      {
        title,
        edits: [inserted(file, at, line === undefined ? ` when ${guard}` : `\n${line}when ${guard}`)],
      },
    ];
  }
  const isWide = isOr(when.condition) || when.condition.kind === "if";
  const { start, end } = when.condition;
  const edits = isWide
    ? [inserted(file, start, `${guard} and (`), inserted(file, end, ")")]
    : [inserted(file, start, `${guard} and `)];
  return [{ title, edits }];
}

/** Removes an operand that says nothing: of `and` one that is always true, of `or` one that never is. */
function withoutOperand(file: SnapshotFile, span: Span, operator = "and"): readonly Answer[] {
  const path = pathTo(file, span);
  const at = path.findIndex(({ start, end }) => start === span.start && end === span.end);
  const own = path[at];
  const chain = path.slice(at + 1).find(({ kind }) => kind !== "paren") as ExprNode | undefined;
  if (own === undefined || chain?.kind !== "binary" || chain.operator !== operator) return [];
  const { left, right } = chain;
  const cut =
    own.start === left.start && own.end === left.end
      ? { start: left.start, end: right.start }
      : own.start === right.start && own.end === right.end
        ? { start: left.end, end: right.end }
        : null;
  return cut === null
    ? []
    : [{ title: "remove the test", edits: [replaced(file, cut, "")], preferred: true }];
}

/** What stands for nothing in a type; null where that is not plain. */
export function defaultFor(type: Type): string | null {
  const kinds = new Set((type.kind === "union" ? type.members : [type]).flatMap(kindsOf));
  return kinds.size === 1 ? ([...kinds][0] ?? null) : null;
}

const kindsOf = (type: Type): readonly string[] => {
  switch (type.kind) {
    case "literal":
      return type.value === null
        ? []
        : [{ string: '""', number: "0", boolean: "false" }[typeof type.value as "string"]];
    case "string":
      return ['""'];
    case "number":
      return ["0"];
    case "boolean":
      return ["false"];
    case "list":
      return ["[]"];
    default:
      return ["", type.kind];
  }
};
