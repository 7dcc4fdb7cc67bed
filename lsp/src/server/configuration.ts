import { DidChangeConfigurationNotification } from "vscode-languageserver";
import { aside, registered } from "./connecting.ts";
import type { Session } from "./session.ts";
import { settingsFrom } from "./settings.ts";

/** Keeps the settings as the client has them. The result is called when the client is ready. */
export function followSettings(session: Session, onChange: () => void): () => Promise<void> {
  const { connection } = session;
  const read = async (given: unknown): Promise<void> => {
    const { client } = session;
    const settings = client.configuration
      ? await connection.workspace.getConfiguration("agentpolicy").catch(() => null)
      : given;
    session.settings = settingsFrom(settings ?? client.settings);
    onChange();
  };
  connection.onDidChangeConfiguration(({ settings }) => aside(connection, read(settings?.agentpolicy)));
  return async () => {
    const { type } = DidChangeConfigurationNotification;
    if (session.client.configuration)
      await registered(connection.client.register(type, { section: "agentpolicy" }));
    await read(undefined);
  };
}
