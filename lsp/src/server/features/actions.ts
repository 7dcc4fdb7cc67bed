import {
  type CodeAction,
  LSPErrorCodes,
  type Range,
  ResponseError,
  type WorkspaceEdit,
} from "vscode-languageserver";
import { codeActions } from "../../ide/features/actions/actions.ts";
import type { Action, ActionKind } from "../../ide/model.ts";
import { diagnosticsFor } from "../convert/diagnostic.ts";
import { workspaceEdit } from "../convert/edit.ts";
import { asked, type Session } from "../session.ts";

export const ACTION_KINDS: readonly ActionKind[] = [
  "quickfix",
  "refactor.extract",
  "refactor.inline",
  "refactor.rewrite",
  "source.fixAll",
  "source.organizeImports",
];

/** With what `codeAction/resolve` finds an action again. */
interface ActionData {
  readonly uri: string;
  readonly range: Range;
}

/** What can be done: fixes, refactorings, and what concerns the whole file. */
export function answerActions(session: Session): void {
  const { connection } = session;
  connection.onCodeAction(async ({ textDocument, range, context }) => {
    const actions = await actionsAt(session, { uri: textDocument.uri, range }, context.only);
    return actions.flatMap((action) => shown(session, action, { uri: textDocument.uri, range }));
  });
  connection.onCodeActionResolve(async (wanted) => {
    const actions = await actionsAt(session, wanted.data as ActionData, wanted.kind && [wanted.kind]);
    const action = actions.find(({ title, kind }) => title === wanted.title && kind === wanted.kind);
    const edit = action && editOf(session, action);
    if (edit === undefined)
      return new ResponseError<void>(LSPErrorCodes.ContentModified, "it can no longer be done");
    return typeof edit === "string"
      ? new ResponseError<void>(LSPErrorCodes.RequestFailed, edit)
      : { ...wanted, edit };
  });
}

/** The actions of the policy that the file is most at home in, and what answers findings of others. */
async function actionsAt(
  session: Session,
  { uri, range }: ActionData,
  only: readonly string[] | undefined | "",
): Promise<readonly Action[]> {
  const found = await asked(session, { uri });
  if (!found) return [];
  const { path, places } = found;
  const actions = new Map<string, Action>();
  for (const [at, snapshot] of session.workspace.snapshotsOf(path).entries()) {
    for (const action of codeActions(snapshot, path, places.span(range), only ? { only } : {})) {
      const key = `${action.kind} ${action.title}`;
      if (!actions.has(key) && (at === 0 || action.kind === "quickfix")) actions.set(key, action);
    }
  }
  return [...actions.values()];
}

/** What it does is said at once where that is known or cannot be asked for later. */
function shown(session: Session, action: Action, data: ActionData): readonly CodeAction[] {
  const { title, kind, preferred, answers } = action;
  const diagnostics = answers?.flatMap((finding) => diagnosticsFor(session, finding));
  const about = {
    title,
    kind,
    ...(preferred === true && { isPreferred: true }),
    ...(diagnostics && { diagnostics }),
  };
  if (session.client.resolvesEdits && kind !== "quickfix") return [{ ...about, data }];
  const edit = editOf(session, action);
  return typeof edit === "string" ? [] : [{ ...about, edit }];
}

/** The edit, or why there is none. */
function editOf(session: Session, action: Action): WorkspaceEdit | string {
  const change = action.change();
  if ("refused" in change) return change.refused;
  return workspaceEdit(session, change) ?? "it makes a file, which the editor cannot";
}
