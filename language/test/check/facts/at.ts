import {
  type CheckResultWithFacts,
  check,
  type ExprNode,
  type Facts,
  loadProgram,
  memoryHost,
  type Program,
  printType,
  type SourceFile,
} from "@agentpolicy/language";
import { expressionsOf } from "../../../src/lints/tree.ts";

export interface Marked extends CheckResultWithFacts {
  readonly program: Program;
  readonly tree: SourceFile;
  /** The place of the mark in the text without it. */
  readonly offset: number;
}

/** Checks a text in which `▮` marks a place; the mark is taken out first. */
export const checkMarked = (text: string, files: Readonly<Record<string, string>> = {}): Marked => {
  const offset = text.indexOf("▮");
  const path = "p.agentpolicy";
  const program = loadProgram(path, memoryHost({ ...files, [path]: text.replace("▮", "") }));
  const tree = program.files[0]?.tree as SourceFile;
  return { ...check(program, { facts: true }), program, tree, offset };
};

/** The expression that is missing before the mark; else the smallest one that ends at the mark, or that holds it. */
export const nodeAt = ({ tree, offset }: Marked): ExprNode => {
  const missing = expressionsOf(tree).find(
    ({ kind, start }) => kind === "error" && start <= offset && tree.text.slice(start, offset).trim() === "",
  );
  if (missing !== undefined) return missing;
  const around = expressionsOf(tree).filter(({ start, end }) => start <= offset && offset <= end);
  const ending = around.filter(({ end }) => end === offset);
  const [first, ...others] = ending.length > 0 ? ending : around;
  if (first === undefined) throw new Error("there is no expression at the mark");
  return others.reduce((a, b) => (b.end - b.start <= a.end - a.start ? b : a), first);
};

/** The receiver of the unfinished member at the mark. */
export const receiverAt = (marked: Marked): ExprNode => {
  const member = expressionsOf(marked.tree).find(
    (node) => node.kind === "member" && node.name.start <= marked.offset && marked.offset <= node.name.end,
  );
  if (member?.kind !== "member") throw new Error("there is no member at the mark");
  return member.of;
};

export const shown = (type: ReturnType<Facts["typeOf"]>): string | null =>
  type === null ? null : printType(type);
