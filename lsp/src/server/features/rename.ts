import { LSPErrorCodes, ResponseError } from "vscode-languageserver";
import { prepareRename, rename } from "../../ide/features/rename/rename.ts";
import type { Refused } from "../../ide/model.ts";
import { workspaceEdit } from "../convert/edit.ts";
import { askedAnywhere, everySnapshot, type Session } from "../session.ts";

/** Names are given others, in every policy. */
export function answerRename(session: Session): void {
  const { connection } = session;
  connection.onPrepareRename(async (params) => {
    const found = await askedAnywhere(session, params);
    if (!found) return null;
    const { path, offset, places } = found;
    const prepared = prepareRename(await everySnapshot(session, path), path, offset);
    if (prepared === null) return null;
    if ("refused" in prepared) return refusal(prepared);
    return { range: places.range(prepared.span), placeholder: prepared.name };
  });
  connection.onRenameRequest(async (params) => {
    const found = await askedAnywhere(session, params);
    if (!found) return null;
    const { path, offset } = found;
    const change = rename(await everySnapshot(session, path), path, offset, params.newName);
    return "refused" in change ? refusal(change) : workspaceEdit(session, change);
  });
}

const refusal = ({ refused }: Refused) => new ResponseError<void>(LSPErrorCodes.RequestFailed, refused);
