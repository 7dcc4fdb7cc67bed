export { type ActionOptions, codeActions } from "./features/actions/actions.ts";
export { callItems, incomingCalls, outgoingCalls } from "./features/calls.ts";
export { type CompletionContext, completions } from "./features/completion/completion.ts";
export { definition } from "./features/definition.ts";
export { foldingRanges } from "./features/folding.ts";
export { formatDocument, formatRange } from "./features/format/format.ts";
export { formatOnType } from "./features/format/on-type.ts";
export { highlights } from "./features/highlights.ts";
export { hover } from "./features/hover/hover.ts";
export type { LinkTo } from "./features/hover/markdown.ts";
export { inlayHints } from "./features/inlay/hints.ts";
export { codeLenses, resolveLens } from "./features/lenses/lenses.ts";
export { inlineValues } from "./features/lenses/values.ts";
export { linkedEditing } from "./features/linked.ts";
export { documentLinks } from "./features/links.ts";
export { references } from "./features/references.ts";
export { prepareRename, rename } from "./features/rename/rename.ts";
export { selectionRange } from "./features/selection.ts";
export { signatureHelp } from "./features/signature/help.ts";
export { documentSymbols, workspaceSymbols } from "./features/symbols.ts";
export { semanticTokens } from "./features/tokens/tokens.ts";
export type * from "./model.ts";
export { TOKEN_MODIFIERS, TOKEN_TYPES } from "./model.ts";
export { type Snapshot, type SnapshotFile, snapshotOf } from "./snapshot.ts";
export {
  type PlacedRule,
  type RuleWords,
  ruleInWords,
  ruleMarkdown,
  type WordsOptions,
} from "./words/rule.ts";
export type { PolicyFiles } from "./workspace/policies.ts";
export { createWorkspace, type Workspace } from "./workspace/workspace.ts";
