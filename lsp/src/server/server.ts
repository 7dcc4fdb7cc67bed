import type { Connection } from "vscode-languageserver";
import { capabilitiesFor } from "./capabilities.ts";
import { clientOf } from "./client.ts";
import { followSettings } from "./configuration.ts";
import { aside } from "./connecting.ts";
import { answerPulls } from "./diagnostics/pull.ts";
import { publisher } from "./diagnostics/push.ts";
import { reportsOf } from "./diagnostics/reports.ts";
import { answerActions } from "./features/actions.ts";
import { answerBuilding } from "./features/building.ts";
import { answerCalls } from "./features/calls.ts";
import { answerCommands } from "./features/commands.ts";
import { answerCompletion } from "./features/completion.ts";
import { answerFormat } from "./features/format.ts";
import { answerHints } from "./features/hints.ts";
import { answerHover } from "./features/hover.ts";
import { answerLenses } from "./features/lenses.ts";
import { answerNavigation } from "./features/navigation.ts";
import { answerRename } from "./features/rename.ts";
import { answerStructure } from "./features/structure.ts";
import { answerSymbols } from "./features/symbols.ts";
import { answerTokens } from "./features/tokens.ts";
import { answerTrials } from "./features/trials.ts";
import type { FileSource } from "./files/source.ts";
import type { Uris } from "./files/uris.ts";
import { follow } from "./folders.ts";
import { makeSession, type Session } from "./session.ts";
import { syncDocuments } from "./sync.ts";

/** What differs from one host of the server to another. */
export interface ServerHost {
  readonly files: (uris: Uris) => FileSource;
  /** URI of the folder with the pages of diagnostic codes, ending in `/`; null where there is none. */
  readonly pages: string | null;
  readonly version: string;
}

/** Answers a client over a connection, which is not yet listening; whoever calls listens. */
export function serve(connection: Connection, host: ServerHost): void {
  const session = makeSession(connection, host.files);
  const reports = reportsOf(session);
  const push = publisher(session, reports);
  const refreshed = () => refresh(session, push.schedule);
  const followed = follow(session, refreshed);
  const startSettings = followSettings(session, refreshed);
  const changed = () => {
    if (!session.client.pulls) push.schedule();
  };
  connection.onInitialize((params) => {
    session.client = clientOf(params, host.pages);
    return {
      capabilities: capabilitiesFor(session.client),
      serverInfo: { name: "agentpolicy", version: host.version },
    };
  });
  connection.onInitialized(() => aside(connection, startSettings().then(followed.start)));
  connection.onShutdown(() => {
    push.stop();
    followed.stop();
  });
  syncDocuments(session, changed, followed.opened);
  answerPulls(session, reports);
  answerCompletion(session);
  answerHover(session);
  answerHints(session);
  answerLenses(session);
  answerCommands(session);
  answerNavigation(session);
  answerRename(session);
  answerCalls(session);
  answerTokens(session);
  answerStructure(session);
  answerSymbols(session);
  answerActions(session);
  answerFormat(session);
  answerTrials(session);
  answerBuilding(session);
}

/** What was answered may no longer be true, although no document was edited. */
function refresh({ client, connection }: Session, publish: () => void): void {
  const { diagnostics, inlay, lenses, tokens } = client.refreshes;
  if (!client.pulls) publish();
  else if (diagnostics) aside(connection, connection.languages.diagnostics.refresh());
  if (inlay) aside(connection, connection.languages.inlayHint.refresh());
  if (lenses) aside(connection, connection.sendRequest("workspace/codeLens/refresh"));
  if (tokens) aside(connection, connection.languages.semanticTokens.refresh());
}
