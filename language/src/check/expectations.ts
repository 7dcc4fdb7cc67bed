import type { Code, Expectation, Rule } from "../core/policy.ts";
import { INVALID_TEST, UNKNOWN_RULE } from "../diagnostics/messages/tests.ts";
import { replaceFix } from "../diagnostics/replace.ts";
import { suggest } from "../diagnostics/suggest.ts";
import type { Name, TestMember } from "../syntax/ast.ts";
import { effectWords } from "../syntax/clauses.ts";
import { type Findings, report } from "./findings.ts";
import { declaredHere } from "./related.ts";
import { importedFile, lookUp, use } from "./scope.ts";
import type { ForTests } from "./tests.ts";
import { type FileScope, locate, type World } from "./world.ts";

type ExpectNode = Extract<TestMember, { kind: "expect" }>;

const CODES: readonly string[] = [
  "rule",
  "default",
  "unknown_tool",
  "invalid_request",
  "invalid_value",
  "state_unavailable",
  "policy_unavailable",
] satisfies readonly Code[];

/** Checks one `expect`: its rules exist, cover the tool and have the effect; its code exists. */
export const expectation = (
  world: World,
  file: FileScope,
  node: ExpectNode,
  tool: string,
  findings: Findings,
  { rules }: ForTests,
): Expectation | null => {
  const ids: string[] = [];
  for (const names of node.by) {
    const rule = ruleNamed(world, file, names, findings, rules);
    if (rule === null) return null;
    ids.push(rule.id);
    reportRule(file, names, rule, node, tool, findings, world);
  }
  const code = codeOf(file, node, findings);
  if (code === "unknown") return null;
  return {
    effect: node.effect.effect,
    rules: node.by.length === 0 ? null : [...new Set(ids)].sort(),
    code,
    at: locate(file, node),
  };
};

const codeOf = (file: FileScope, node: ExpectNode, findings: Findings): Code | null | "unknown" => {
  const { code } = node;
  if (code === undefined) return null;
  if (CODES.includes(code.text)) return code.text as Code;
  const near = suggest(code.text, CODES);
  const at = locate(file, code);
  const fixes = near === undefined ? [] : [replaceFix(at, near)];
  const label =
    near === undefined
      ? `expected one of ${CODES.map((one) => `\`${one}\``).join(", ")}`
      : `did you mean \`${near}\`?`;
  report(
    findings,
    INVALID_TEST,
    { message: `there is no code \`${code.text}\``, label, help: undefined },
    at,
    { fixes },
  );
  return "unknown";
};

const ruleNamed = (
  world: World,
  file: FileScope,
  names: readonly Name[],
  findings: Findings,
  rules: ReadonlyMap<string, Rule>,
): Rule | null => {
  let scope: FileScope | null = file;
  for (const name of names.slice(0, -1)) {
    const declared = scope === null ? null : lookUp(scope, name.text);
    if (declared?.kind !== "import") {
      reportUnknown(file, names, findings, rules);
      return null;
    }
    use(world, declared, locate(file, name));
    scope = importedFile(world, declared);
    if (scope === null) return null;
  }
  const last = names.at(-1);
  const rule = rules.get(`${scope?.id}.${last?.text}`);
  if (rule !== undefined && last !== undefined) {
    world.uses.push({ kind: "rule", at: locate(file, last), declared: { ...rule.nameAt } });
    return rule;
  }
  reportUnknown(file, names, findings, rules);
  return null;
};

const reportUnknown = (
  file: FileScope,
  names: readonly Name[],
  findings: Findings,
  rules: ReadonlyMap<string, Rule>,
): void => {
  const [first] = names;
  const last = names.at(-1);
  if (first === undefined || last === undefined) return;
  const written = names.map(({ text }) => text).join(".");
  const known = [...rules.keys()].map((id) => id.slice(file.id.length + 1));
  // `no-secrets` where `org.no-secrets` is meant.
  const near = known.find((name) => name.endsWith(`.${written}`)) ?? suggest(written, known);
  const at = locate(file, { start: first.start, end: last.end });
  const fixes = near === undefined ? [] : [replaceFix(at, near)];
  report(findings, UNKNOWN_RULE, { name: written, near }, at, { fixes });
};

const reportRule = (
  file: FileScope,
  names: readonly Name[],
  rule: Rule,
  node: ExpectNode,
  tool: string,
  findings: Findings,
  world: World,
): void => {
  const [first] = names;
  const last = names.at(-1);
  if (first === undefined || last === undefined) return;
  const at = locate(file, { start: first.start, end: last.end });
  const related = declaredHere(rule.nameAt);
  const isDeclared = world.tools.byName.has(tool);
  const covers = rule.bodies.some((body) => (isDeclared ? body.tools.includes(tool) : body.unknown));
  if (!covers) {
    const facts = {
      message: `rule \`${last.text}\` does not cover \`${tool}\``,
      label: "can never decide on this call",
      help: undefined,
    };
    report(findings, INVALID_TEST, facts, at, { related });
  } else if (rule.effect !== node.effect.effect && node.code?.text !== "invalid_value") {
    const message = `rule \`${last.text}\` says \`${effectWords(rule.effect)}\``;
    const label = `expected here: \`${effectWords(node.effect.effect)}\``;
    const fixes = [replaceFix(locate(file, node.effect), effectWords(rule.effect))];
    report(findings, INVALID_TEST, { message, label, help: undefined }, at, { related, fixes });
  }
};
