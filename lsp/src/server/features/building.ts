import { changesSince } from "../../ide/trial/changes.ts";
import { compiledFiles } from "../../ide/trial/compiled.ts";
import { asked, type Session } from "../session.ts";
import { policyOf } from "./trials.ts";

interface OfDocument {
  readonly textDocument: { readonly uri: string };
}

/** `agentpolicy/changes`: the texts of files as they were, null where there was no such file. */
export interface ChangesParams extends OfDocument {
  readonly before: readonly { readonly uri: string; readonly text: string | null }[];
}

/** Requests beside the protocol's own: what a policy compiles to, what it is made of, what it decides otherwise. */
export function answerBuilding(session: Session): void {
  const { connection, uris } = session;
  connection.onRequest("agentpolicy/compile", async ({ textDocument }: OfDocument) => {
    const found = await asked(session, textDocument);
    if (!found) return null;
    const { entry } = found.snapshot;
    const folder = entry.slice(0, entry.lastIndexOf("/"));
    const files = compiledFiles(found.snapshot);
    return {
      policy: policyOf(session, found.snapshot),
      files: files?.map(({ name, text }) => ({ uri: uris.uriOf(`${folder}/${name}`), text })) ?? null,
    };
  });
  connection.onRequest("agentpolicy/files", async ({ textDocument }: OfDocument) => {
    const found = await asked(session, textDocument);
    if (!found) return null;
    const { sources } = found.snapshot.program;
    return { policy: policyOf(session, found.snapshot), files: [...sources.keys()].map(uris.uriOf) };
  });
  connection.onRequest("agentpolicy/changes", async ({ textDocument, before }: ChangesParams) => {
    const found = await asked(session, textDocument);
    if (!found) return null;
    const texts = new Map(before.map(({ uri, text }) => [uris.pathOf(uri), text]));
    const changes = changesSince(found.snapshot, texts);
    return {
      policy: policyOf(session, found.snapshot),
      before: policyOf(session, changes.before),
      tools: changes.tools,
      unread: changes.unread.map(uris.uriOf),
    };
  });
}
