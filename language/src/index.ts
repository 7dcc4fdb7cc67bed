export {
  type CheckOptions,
  type CheckResult,
  type CheckResultWithFacts,
  check,
  checkText,
} from "./check/check.ts";
export { type Builtin, builtinsOf, PARSER_FACTS, type ParserFact } from "./check/expr/builtins.ts";
export { membersOf } from "./check/expr/facts.ts";
export { elementOf, type Kind, kindOf } from "./check/expr/kinds.ts";
export type {
  Facts,
  LocalFact,
  NameFact,
  NameUse,
  Parameter,
  ServerFact,
  Signature,
  TypeFact,
  UseKind,
} from "./check/facts.ts";
export { schemaOf } from "./check/schema-of.ts";
export { EVIDENCE_TYPE, MODEL_TYPE } from "./check/shapes.ts";
export { childrenOf, mapChildren } from "./core/children.ts";
export type { Expr, ExprKind, Method, Parser, Root, ToolProperty } from "./core/expr.ts";
export type {
  CheckedPolicy,
  Claim,
  Code,
  Coverage,
  Expectation,
  Hints,
  Mask,
  PolicyFunction,
  Proof,
  Risk,
  Rule,
  RuleBody,
  Source,
  Template,
  Test,
  TestStep,
  Tool,
  Track,
  TrackBody,
} from "./core/policy.ts";
export type { Diagnostic, Edit, Fix, Related, Severity } from "./diagnostics/diagnostic.ts";
export { PROBLEMS } from "./diagnostics/messages/index.ts";
export { type RenderOptions, renderDiagnostic } from "./diagnostics/render.ts";
export { sortDiagnostics } from "./diagnostics/sort.ts";
export { suggest } from "./diagnostics/suggest.ts";
export { format } from "./format/format.ts";
export {
  type Analysis,
  type AnalysisOptions,
  type AnalysisResult,
  createAnalysis,
  updateAnalysis,
} from "./incremental/analysis.ts";
export { type Host, memoryHost, resolvePath } from "./program/host.ts";
export { loadProgram } from "./program/load.ts";
export { isTestFile, policiesOfTestFile, policyNameOf } from "./program/names.ts";
export type { Catalogue, DataFile, Program, ProgramFile, ProgramSource } from "./program/program.ts";
export {
  type CatalogueReading,
  type CatalogueTool,
  readCatalogue,
  type Widening,
} from "./schema/catalogue.ts";
export { declaredHints, resolveHints } from "./schema/hints.ts";
export type {
  BinaryOperator,
  BlockItem,
  ClaimNode,
  ClauseNode,
  Comment,
  DefaultItem,
  DurationNode,
  Effect,
  EffectNode,
  ErrorItem,
  ExprNode,
  FieldNode,
  FnItem,
  HintName,
  HintNode,
  ImportItem,
  Item,
  LetItem,
  MaskNode,
  Name,
  NumberNode,
  PolicyItem,
  ProveItem,
  RecordFieldNode,
  RuleNode,
  ShapeItem,
  SourceFile,
  StringNode,
  TemplateNode,
  TestItem,
  TestMember,
  ToolNode,
  ToolPattern,
  ToolsItem,
  ToolsPattern,
  TrackItem,
  TypeItem,
  TypeNode,
} from "./syntax/ast.ts";
export { CLAUSES, effectWords, takesClause } from "./syntax/clauses.ts";
export { type Parsed, parseFile } from "./syntax/parse.ts";
export { type Token, tokensOf } from "./syntax/scan.ts";
export { isReserved, type Keyword, roleOf, WORDS, type WordRole } from "./syntax/words.ts";
export { type LineIndex, lineIndex } from "./text/lines.ts";
export type { Location, Position, Span } from "./text/span.ts";
export {
  ANY,
  BOOLEAN,
  DURATION,
  INSTANT,
  INTEGER,
  listOf,
  literal,
  NEVER,
  NULL,
  NUMBER,
  numberOf,
  opaque,
  optional,
  recordOf,
  required,
  STRING,
  stringOf,
  union,
} from "./types/build.ts";
export { fits, typeOfConstant } from "./types/constant.ts";
export { intersect } from "./types/intersect.ts";
export { type PrintOptions, printName, printType } from "./types/print.ts";
export { isAssignable, overlaps, sameType, typeKey } from "./types/relate.ts";
export type {
  AnyType,
  Field,
  Json,
  ListType,
  LiteralType,
  NumberType,
  OpaqueType,
  ParserResult,
  RecordType,
  StringType,
  Type,
  UnionType,
} from "./types/type.ts";
