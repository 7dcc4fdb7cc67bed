import { CompletionItemKind, SymbolKind } from "vscode-languageserver";
import type { CompletionKind, SymbolKind as Kind } from "../../ide/model.ts";

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
  track: SymbolKind.Variable,
  default: SymbolKind.Property,
  block: SymbolKind.Namespace,
  rule: SymbolKind.Class,
  mask: SymbolKind.Property,
  test: SymbolKind.Method,
  proof: SymbolKind.Method,
};

export const COMPLETION_KINDS: Readonly<Record<CompletionKind, CompletionItemKind>> = {
  keyword: CompletionItemKind.Keyword,
  snippet: CompletionItemKind.Snippet,
  tool: CompletionItemKind.Interface,
  pattern: CompletionItemKind.Interface,
  field: CompletionItemKind.Field,
  value: CompletionItemKind.EnumMember,
  method: CompletionItemKind.Method,
  parser: CompletionItemKind.Function,
  root: CompletionItemKind.Variable,
  constant: CompletionItemKind.Constant,
  function: CompletionItemKind.Function,
  type: CompletionItemKind.TypeParameter,
  track: CompletionItemKind.Variable,
  import: CompletionItemKind.Module,
  rule: CompletionItemKind.Class,
  file: CompletionItemKind.File,
  clause: CompletionItemKind.Keyword,
};
