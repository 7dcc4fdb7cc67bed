import type {
  ExprNode,
  FieldNode,
  ImportItem,
  Name,
  RuleNode,
  ShapeItem,
  ToolNode,
  ToolsItem,
} from "@agentpolicy/language";
import type { Node } from "../../tree/path.ts";
import { namesIn } from "../../words/names.ts";
import { code, counted, durationWords } from "../../words/phrase.ts";
import { placedRule } from "../../words/placed.ts";
import {
  expressionCard,
  hasCard,
  keyCard,
  localCard,
  memberCard,
  operatorCard,
  rootCard,
  valueCard,
} from "./expressions.ts";
import { fieldCard } from "./fields.ts";
import { fenced, fileLink, paragraphs, prose, type Writing } from "./markdown.ts";
import { nameCard } from "./names.ts";
import { isPattern, patternCard } from "./patterns.ts";
import { ruleCard } from "./rules.ts";
import { serverCard, toolCard } from "./tools.ts";
import { codeDoc, hintDoc, typeDoc, wordDoc } from "./words.ts";

type Nodes = readonly Node[];

/** What there is to say of the inmost of some nodes; the others hold it, inmost first. */
export function cardOf(writing: Writing, nodes: Nodes, offset: number): string | null {
  const [inner, parent] = nodes;
  if (!inner || !parent) return null;
  if (isPattern(inner)) return inner.kind === "named" ? null : patternCard(writing, inner);
  switch (inner.kind) {
    case "effect":
      return parent.kind === "rule" ? placedCard(writing, nodes) : null;
    case "string":
      return stringCard(writing, inner as Of<"string">, parent);
    case "duration":
      return durationWords((inner as Of<"duration">).milliseconds);
    case undefined:
      return "text" in inner ? nameAt(writing, inner as Name, nodes, offset) : operatorCard(inner, parent);
    default:
      return null;
  }
}

type Of<Kind extends ExprNode["kind"]> = Extract<ExprNode, { readonly kind: Kind }>;

function nameAt(writing: Writing, name: Name, nodes: Nodes, offset: number): string | null {
  const [, parent, grand] = nodes;
  if (!parent) return null;
  if (isPattern(parent)) return patternCard(writing, parent, name);
  switch (parent.kind) {
    case "name":
    case "lambda":
    case "member":
    case "has":
      return inExpression(writing, name, parent, offset);
    case "tools":
      return serverCard(writing, name.text);
    case "tool":
      return declaredTool(writing, parent as ToolNode, grand as ToolsItem);
    case "field":
      return declaredField(writing, parent as FieldNode, nodes, offset);
    case "let":
    case "fn":
    case "type":
    case "track":
    case "import":
      return declaredName(writing, name.text);
    case "rule":
      return placedCard(writing, nodes);
    case "risk":
      return wordLine(name.text, wordDoc(name.text));
    case "given":
      return rootCard(writing, name.text);
    case "expect":
      return expectCard(writing, name, parent);
    case "type-name":
      return wordLine(name.text, typeDoc(name.text)) ?? declaredName(writing, name.text);
    case undefined:
      return "value" in parent ? keyCard(writing, name) : wordLine(`@${name.text}`, hintDoc(name.text));
    default:
      return null;
  }
}

function inExpression(writing: Writing, name: Name, parent: Node, offset: number): string | null {
  switch (parent.kind) {
    case "member":
      return memberCard(writing, parent as Of<"member">);
    case "has":
      return hasCard(writing, parent as Of<"has">);
    case "lambda":
      return localCard(writing, name.text, (parent as Of<"lambda">).body.start);
    default:
      return expressionCard(writing, name.text, parent as ExprNode, offset);
  }
}

const wordLine = (word: string, doc: string | null): string | null => doc && `**${word}**: ${doc}`;

const declaredName = (writing: Writing, name: string): string | null => {
  const fact = namesIn(writing.snapshot, writing.path).get(name);
  return fact ? nameCard(writing, fact) : null;
};

function placedCard(writing: Writing, nodes: Nodes): string | null {
  const rule = nodes.find(({ kind }) => kind === "rule") as RuleNode | undefined;
  const block = nodes.find(({ kind }) => kind === "block");
  if (!rule || block?.kind !== "block") return null;
  return ruleCard(writing, {
    path: writing.path,
    rule,
    block: block as Parameters<typeof ruleCard>[1]["block"],
  });
}

function declaredTool(writing: Writing, node: ToolNode, item: ToolsItem | undefined): string | null {
  const server = item?.name?.text;
  const name = server === undefined ? node.name.text : `${server}.${node.name.text}`;
  const tool = writing.snapshot.result.facts.tools.get(name);
  return tool ? toolCard(writing, tool) : null;
}

/** A field where it is declared: of a tool, a shape, a function or a type. */
function declaredField(writing: Writing, node: FieldNode, nodes: Nodes, offset: number): string | null {
  const [, , holder, outer] = nodes;
  const { facts } = writing.snapshot.result;
  const { text } = node.name;
  if (holder?.kind === "fn")
    return localCard(writing, text, (holder as { body?: ExprNode }).body?.start ?? offset);
  const file = writing.snapshot.files.get(writing.path);
  const written = file?.text.slice(node.start, node.end).replace(/\s+/g, " ") ?? text;
  const shape = holder?.kind === "shape" ? facts.roots[(holder as ShapeItem).root] : null;
  const server = (outer as ToolsItem | undefined)?.name?.text;
  const own = holder?.kind === "tool" ? (holder as ToolNode).name.text : null;
  const tool = own === null ? undefined : facts.tools.get(server === undefined ? own : `${server}.${own}`);
  const record = shape ?? tool?.input;
  const field = record?.kind === "record" ? record.fields.get(text) : undefined;
  return field ? fieldCard(writing, text, [field], null) : paragraphs(fenced(written), prose(node.doc));
}

/** A rule in `expect … by`, or the code behind `code`. */
function expectCard(writing: Writing, name: Name, parent: Node): string | null {
  const { code: codeName, by } = parent as { code?: Name; by?: readonly (readonly Name[])[] };
  if (codeName === name) return wordLine(name.text, codeDoc(name.text));
  const { facts, uses } = writing.snapshot.result;
  const isHere = ({ file, start }: { file: string; start: number }) =>
    file === writing.path && start === name.start;
  const use = uses.find(({ kind, at }) => kind === "rule" && isHere(at));
  const whole = by
    ?.find((names) => names.includes(name))
    ?.map(({ text }) => text)
    .join(".");
  const rule = facts.rules.find(({ nameAt, id }) =>
    use
      ? nameAt.file === use.declared.file && nameAt.start === use.declared.start
      : whole !== undefined && id.endsWith(`.${whole}`),
  );
  const placed = rule && placedRule(writing.snapshot, rule);
  return placed ? ruleCard(writing, placed) : declaredName(writing, name.text);
}

function stringCard(writing: Writing, node: Of<"string">, parent: Node): string | null {
  const { program, result } = writing.snapshot;
  const path = program.host.resolve(writing.path, node.value);
  if (parent.kind === "import") {
    const count = result.facts.rules.filter(({ at }) => at.file === path).length;
    return (parent as ImportItem).path === node
      ? `${fileLink(writing, path)}: ${counted(count, "rule")}`
      : null;
  }
  if (parent.kind === "tools") {
    const catalogue = program.catalogues.get(parent as ToolsItem);
    return catalogue ? `${fileLink(writing, path)}: ${counted(catalogue.tools.length, "tool")}` : null;
  }
  if (parent.kind === "let" && (parent as { from?: unknown }).from === node)
    return program.data.has(path) ? fileLink(writing, path) : code(path);
  return valueCard(writing, node);
}
