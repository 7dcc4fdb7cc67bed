import type {
  ClaimNode,
  ClauseNode,
  Diagnostic,
  ExprNode,
  Facts,
  FieldNode,
  Item,
  MaskNode,
  NameFact,
  RuleNode,
  Span,
  TemplateNode,
  TestMember,
  ToolNode,
  ToolPattern,
  ToolsPattern,
  TypeNode,
} from "@agentpolicy/language";
import type { Modifier, Put, TokenType } from "./token.ts";

/** Every node that has a kind. */
export type AnyNode =
  | ClaimNode
  | ClauseNode
  | ExprNode
  | FieldNode
  | Item
  | MaskNode
  | RuleNode
  | TemplateNode
  | TestMember
  | ToolNode
  | ToolPattern
  | ToolsPattern
  | TypeNode;
export type Of<K extends AnyNode["kind"]> = Extract<AnyNode, { readonly kind: K }>;

/** What is known where a node is painted. */
export interface Painter {
  readonly put: Put;
  readonly facts: Facts;
  /** What the names of the file stand for. */
  readonly names: ReadonlyMap<string, NameFact>;
  /** What a name of an import is. */
  readonly imported: (of: NameFact, name: string) => NameFact["kind"] | undefined;
  /** The findings that say of something that nothing ever comes of it. */
  readonly idle: readonly Diagnostic[];
  /** The parameters that may be named. */
  readonly locals: ReadonlySet<string>;
  /** Whether the rules here are never in force. */
  readonly isIdle: boolean;
  /** What fields are here. */
  readonly field: "property" | "parameter";
  /** Words and signs within a text in quotes are to be painted as well. */
  readonly within: (span: Span) => void;
}

const TYPES: Readonly<Record<NameFact["kind"], readonly [TokenType, ...Modifier[]]>> = {
  let: ["variable", "readonly"],
  track: ["variable", "readonly"],
  fn: ["function"],
  type: ["type"],
  import: ["namespace"],
};

/** What a declared name looks like; a name that nothing declares is taken for a value. */
export const looksOf = (kind: NameFact["kind"] | undefined): readonly [TokenType, ...Modifier[]] =>
  kind === undefined ? ["variable"] : TYPES[kind];

/** A modifier where something is so. */
export const when = (modifier: Modifier, isSo: boolean): readonly Modifier[] => (isSo ? [modifier] : []);
