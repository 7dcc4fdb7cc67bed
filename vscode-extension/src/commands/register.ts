import { commands, type ExtensionContext } from "vscode";
import { type Host, ID } from "../host.ts";
import type { Server } from "../server.ts";
import { showChanges } from "./changes.ts";
import { compile } from "./compile.ts";
import { showDecisions, showTools } from "./decisions.ts";
import { newPolicy } from "./new-policy.ts";
import { pullTools } from "./pull.ts";
import { reports } from "./report.ts";

/** The commands that people call; those of tests and of trying calls are registered with what they belong to. */
export function registerCommands(context: ExtensionContext, host: Host, server: Server): void {
  const report = reports(context);
  const all = {
    newPolicy,
    compile: () => compile(server),
    showChanges: () => showChanges(server, report),
    showDecisions: () => showDecisions(server),
    showTools,
    pullTools: () => pullTools(host),
  };
  for (const [name, run] of Object.entries(all)) {
    context.subscriptions.push(commands.registerCommand(`${ID}.${name}`, run));
  }
}
