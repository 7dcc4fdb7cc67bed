import { commands, type ExtensionContext } from "vscode";
import { answerFiles } from "./client/files.ts";
import { clientOptions } from "./client/options.ts";
import { registerCommands } from "./commands/register.ts";
import { type Host, ID } from "./host.ts";
import { serverOf } from "./server.ts";
import { showStatus } from "./status.ts";
import { exploreTests } from "./testing/explorer.ts";
import { answerTrials } from "./trial/panel.ts";

/** Starts the language server and everything that asks it. */
export async function start(context: ExtensionContext, host: Host): Promise<void> {
  const client = host.client(clientOptions(context));
  answerFiles(client);
  context.subscriptions.push({ dispose: () => client.dispose() });
  context.subscriptions.push(
    commands.registerCommand(`${ID}.restart`, async () => {
      await client.stop();
      await client.start();
    }),
    commands.registerCommand(`${ID}.showLog`, () => client.outputChannel.show()),
  );
  const server = serverOf(() => client);
  registerCommands(context, host, server);
  showStatus(context, server);
  answerTrials(context, server);
  await client.start();
  exploreTests(context, client, server);
}
