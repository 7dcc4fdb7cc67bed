import type { WorkDoneProgressServerReporter } from "vscode-languageserver";
import type { Session } from "../session.ts";

/** Analysing takes this long before anybody is told how far it is, in milliseconds. */
const PATIENCE = 500;

/** Lets whatever waits be answered. */
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/**
 * Analyses all policies, one after the other, so that requests are answered in between. False where `goesOn` said that
 * it is no longer wanted.
 */
export async function analyseAll(session: Session, goesOn: () => boolean): Promise<boolean> {
  const { workspace, client, connection } = session;
  const started = performance.now();
  let progress: WorkDoneProgressServerReporter | null = null;
  await session.settled(() => workspace.policies());
  const policies = workspace.policies();
  try {
    for (const [at, { entry }] of policies.entries()) {
      if (!goesOn() || progress?.token.isCancellationRequested) return false;
      if (client.progress && progress === null && performance.now() - started > PATIENCE) {
        progress = await connection.window.createWorkDoneProgress();
        progress.begin("Checking policies", 0, undefined, true);
      }
      progress?.report(Math.round((at * 100) / policies.length), `${at + 1} of ${policies.length}`);
      await session.settled(() => workspace.policy(entry));
      if (policies.length > 1) await turn();
    }
    return goesOn();
  } finally {
    progress?.done();
  }
}
