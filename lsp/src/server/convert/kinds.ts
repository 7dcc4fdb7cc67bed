import { CompletionItemKind, SymbolKind } from "vscode-languageserver";
import type { CompletionKind, SymbolKind as Kind } from "../../ide/model.ts";

/** What the protocol has that is nearest; no two of ours are one of its. */
export const SYMBOL_KINDS: Readonly<Record<Kind, SymbolKind>> = {
  policy: SymbolKind.Package,
  import: SymbolKind.Module,
  server: SymbolKind.Namespace,
  tool: SymbolKind.Interface,
  shape: SymbolKind.Struct,
  field: SymbolKind.Field,
  type: SymbolKind.TypeParameter,
  constant: SymbolKind.Constant,
  function: SymbolKind.Function,
  track: SymbolKind.Event,
  default: SymbolKind.Property,
  block: SymbolKind.Object,
  rule: SymbolKind.Class,
  mask: SymbolKind.Key,
  test: SymbolKind.Method,
  proof: SymbolKind.Operator,
};

/** As above. */
export const COMPLETION_KINDS: Readonly<Record<CompletionKind, CompletionItemKind>> = {
  keyword: CompletionItemKind.Keyword,
  snippet: CompletionItemKind.Snippet,
  tool: CompletionItemKind.Interface,
  pattern: CompletionItemKind.Enum,
  field: CompletionItemKind.Field,
  value: CompletionItemKind.EnumMember,
  method: CompletionItemKind.Method,
  parser: CompletionItemKind.Constructor,
  root: CompletionItemKind.Struct,
  constant: CompletionItemKind.Constant,
  function: CompletionItemKind.Function,
  type: CompletionItemKind.TypeParameter,
  track: CompletionItemKind.Event,
  import: CompletionItemKind.Module,
  rule: CompletionItemKind.Class,
  file: CompletionItemKind.File,
  clause: CompletionItemKind.Property,
};

/** Which of ours a kind of the protocol's stands for. */
export const kindOf = <K extends string>(kinds: Readonly<Record<K, number>>, kind: number | undefined): K =>
  Object.keys(kinds).find((name) => kinds[name as K] === kind) as K;
