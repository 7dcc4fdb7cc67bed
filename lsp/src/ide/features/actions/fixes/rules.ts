import { type ClauseNode, effectWords, type RuleNode, type Span } from "@agentpolicy/language";
import type { SnapshotFile } from "../../../snapshot.ts";
import {
  type Answer,
  freshName,
  inserted,
  nameFrom,
  pathTo,
  replaced,
  ruleNames,
  textOf,
  wholeLines,
} from "../action.ts";
import type { AnswerTable } from "./answers.ts";
import { itemAt, nameFor } from "./declarations.ts";

/** Answers to findings about rules and their clauses. */
export const RULE_ANSWERS: AnswerTable = {
  "missing-ask": ({ file }, { span }) => {
    const rule = ruleAt(file, span);
    if (rule === undefined) return [];
    const clause = `ask ${JSON.stringify(questionFor(file, rule))}`;
    const next = rule.clauses.find(({ kind }) => kind === "needs");
    const edits =
      next === undefined
        ? [inserted(file, rule.end, `${separatorIn(file, rule)}${clause}`)]
        : [inserted(file, next.start, `${clause}${separatorIn(file, rule)}`)];
    return [{ title: "add the question", edits, preferred: true }];
  },
  "missing-name": ({ file }, { span }) => {
    const rule = ruleAt(file, span);
    if (rule !== undefined && rule.name === undefined) {
      const name = freshName(nameOfRule(file, rule), ruleNames(file.tree.items));
      return [{ title: `call it \`${name}\``, edits: [inserted(file, rule.effect.end, ` ${name}`)] }];
    }
    const item = itemAt(file, span);
    if (item?.kind !== "policy" || item.name !== undefined) return [];
    return [
      {
        title: `call it \`${nameFor(file)}\``,
        edits: [inserted(file, item.start + "policy".length, ` ${nameFor(file)}`)],
      },
    ];
  },
  "duplicate-clause": ({ file }, { span }) => {
    const rule = ruleAt(file, span);
    const again = rule?.clauses.find(({ start }) => start === span.start);
    const first = rule?.clauses.find(({ kind }) => kind === again?.kind);
    if (again === undefined || first === undefined || again === first) return [];
    const cut = replaced(file, beforeToo(file, again), "");
    const remove = { title: `remove the second \`${again.kind}\``, edits: [cut] };
    if (!("condition" in again) || !("condition" in first)) return [remove];
    const word = again.kind === "when" ? "and" : "or";
    const [start, ...ends] = [first.condition, again.condition].map((node) =>
      word === "and" && node.kind === "binary" && node.operator === "or"
        ? `(${textOf(file, node)})`
        : textOf(file, node),
    );
    const joined = replaced(file, first.condition, `${start} ${word} ${ends.join()}`);
    return [{ title: `join the two with \`${word}\``, edits: [joined, cut], preferred: true }, remove];
  },
  "never-decides": ({ file }, { span }) => withoutRule(file, span),
  "same-condition": ({ file }, { span }) => withoutRule(file, span),
  "unconditional-allow": ({ file }, { span }) => {
    const rule = ruleAt(file, span);
    if (rule === undefined) return [];
    return [
      {
        title: "let a person approve: `require approval`",
        edits: [replaced(file, rule.effect, "require approval")],
      },
    ];
  },
  "needless-need": ({ file }, { span }) => {
    const rule = ruleAt(file, span);
    const needs = rule?.clauses.find((clause) => clause.kind === "needs");
    if (needs?.kind !== "needs") return [];
    const at = needs.paths.findIndex(({ start, end }) => start <= span.start && span.end <= end);
    const path = needs.paths[at];
    if (path === undefined) return [];
    if (needs.paths.length === 1)
      return [
        { title: "remove the clause", edits: [replaced(file, beforeToo(file, needs), "")], preferred: true },
      ];
    const [before, after] = [needs.paths[at - 1], needs.paths[at + 1]];
    const cut = before
      ? { start: before.end, end: path.end }
      : { start: path.start, end: after?.start ?? path.end };
    return [{ title: "remove it", edits: [replaced(file, cut, "")], preferred: true }];
  },
};

function withoutRule(file: SnapshotFile, span: Span): readonly Answer[] {
  const rule = ruleAt(file, span);
  return rule?.name === undefined
    ? []
    : [
        {
          title: `remove the rule \`${rule.name.text}\``,
          edits: [replaced(file, wholeLines(file, rule), "")],
        },
      ];
}

export const ruleAt = (file: SnapshotFile, span: Span): RuleNode | undefined =>
  pathTo(file, span).find(({ kind }) => kind === "rule") as RuleNode | undefined;

/** What stands between the clauses of a rule: a line break with its indent, or a blank. */
function separatorIn({ text }: SnapshotFile, rule: RuleNode): string {
  const at = rule.clauses.at(-1)?.start;
  if (at === undefined) return "\n    ";
  const line = text.lastIndexOf("\n", at - 1) + 1;
  const blanks = text.slice(line, at);
  return line > rule.start && blanks.trim() === "" ? `\n${blanks}` : " ";
}

const beforeToo = ({ text }: SnapshotFile, { start, end }: ClauseNode): Span => ({
  start: text.slice(0, start).trimEnd().length,
  end,
});

/** `which-ticket` asks "Which ticket?"; without such a name it asks for what it needs. */
function questionFor(file: SnapshotFile, rule: RuleNode): string {
  const words = (rule.name?.text ?? "").replaceAll(/[-_]+/g, " ");
  const needs = rule.clauses.find((clause) => clause.kind === "needs");
  const path = needs?.kind === "needs" ? needs.paths[0] : undefined;
  const asked = /^(which|what|who|whose|when|where|why|how)\b/.test(words)
    ? words
    : `what is ${path === undefined ? "meant" : `\`${textOf(file, path)}\``}`;
  return `${asked.slice(0, 1).toUpperCase()}${asked.slice(1)}?`;
}

/** `allow-get-balance`, by what it does and to which tools. */
function nameOfRule(file: SnapshotFile, rule: RuleNode): string {
  const block = itemAt(file, rule);
  const pattern = block?.kind === "block" ? block.tools.patterns[0] : undefined;
  const tool =
    pattern?.kind === "named" ? pattern.tool.text : pattern?.kind === "unknown" ? "unknown" : "all";
  const verb = {
    allow: "allow",
    deny: "deny",
    approval_required: "approve",
    clarification_required: "clarify",
  }[rule.effect.effect];
  return nameFrom(`${verb} ${tool.replaceAll("*", " all ")}`, effectWords(rule.effect.effect));
}
