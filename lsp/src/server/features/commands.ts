import { failureWords, testResults } from "../../ide/trial/tests.ts";
import { asked, type Session } from "../session.ts";

/** The commands of lenses that the server carries out for clients that have none of their own. */
export const COMMANDS = ["agentpolicy.runTest", "agentpolicy.showTools"];

/** What lenses do, where the client leaves it to the server: the answer is a message. */
export function answerCommands(session: Session): void {
  const { connection } = session;
  connection.onExecuteCommand(async ({ command, arguments: given }) => {
    const argument = recordOf(given?.[0]);
    if (command === "agentpolicy.showTools") return showTools(session, argument.tools);
    if (command === "agentpolicy.runTest") return runTest(session, argument.uri, argument.test);
    return null;
  });
}

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

function showTools({ connection }: Session, tools: unknown): null {
  if (Array.isArray(tools)) connection.window.showInformationMessage(tools.join(", "));
  return null;
}

async function runTest(session: Session, uri: unknown, test: unknown): Promise<null> {
  const { window } = session.connection;
  const found = typeof uri === "string" ? await asked(session, { uri }) : null;
  const results = found && testResults(found.snapshot);
  const result = results?.find(({ name, at }) => name === test && at.file === found?.path);
  if (found && results === null) window.showErrorMessage("The policy has errors; no test was run.");
  else if (!result) window.showErrorMessage(`There is no test ${JSON.stringify(test)}.`);
  else if (result.passed) window.showInformationMessage(`✓ ${result.name}`);
  else window.showErrorMessage(`✗ ${result.name}: ${result.failures.map(failureWords).join("; ")}`);
  return null;
}
