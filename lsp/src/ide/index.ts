export { foldingRanges } from "./features/folding.ts";
export { documentLinks } from "./features/links.ts";
export { selectionRange } from "./features/selection.ts";
export { documentSymbols, workspaceSymbols } from "./features/symbols.ts";
export type * from "./model.ts";
export { TOKEN_MODIFIERS, TOKEN_TYPES } from "./model.ts";
export { type Snapshot, type SnapshotFile, snapshotOf } from "./snapshot.ts";
export type { PolicyFiles } from "./workspace/policies.ts";
export { createWorkspace, type Workspace } from "./workspace/workspace.ts";
