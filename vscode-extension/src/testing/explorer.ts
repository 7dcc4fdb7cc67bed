import * as vscode from "vscode";
import { type Client, ID, NAME } from "../host.ts";
import { rangeOf } from "../places.ts";
import type { Server } from "../server.ts";
import { answerCoverage } from "./coverage.ts";
import { outlineOf } from "./outline.ts";
import { type Runner, runnerOf } from "./run.ts";

/** How long a policy rests before its tests are listed again, in milliseconds. */
const REST = 300;
const POLICIES = "**/*.agentpolicy";

/** Tests of policies in the editor's own explorer: found, run, traced, and what they reach. */
export function exploreTests(
  { subscriptions }: vscode.ExtensionContext,
  client: Client,
  server: Server,
): void {
  const controller = vscode.tests.createTestController(ID, NAME);
  const found = finder(controller, client);
  const runner = runnerOf(controller, server, found.refresh);
  controller.resolveHandler = async (item) => {
    if (item === undefined) await found.all();
    else if (item.uri) await found.refresh(item.uri);
  };
  controller.refreshHandler = found.all;
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const later = (document: vscode.TextDocument): void => {
    if (document.languageId !== ID) return;
    const key = document.uri.toString();
    clearTimeout(timers.get(key));
    timers.set(
      key,
      setTimeout(() => found.refresh(document.uri), REST),
    );
  };
  const watcher = vscode.workspace.createFileSystemWatcher(POLICIES);
  subscriptions.push(
    controller,
    watcher,
    { dispose: () => [...timers.values()].map(clearTimeout) },
    watcher.onDidCreate(found.refresh),
    watcher.onDidChange(found.refresh),
    watcher.onDidDelete((uri) => controller.items.delete(uri.toString())),
    vscode.workspace.onDidOpenTextDocument(later),
    vscode.workspace.onDidChangeTextDocument(({ document }) => later(document)),
    vscode.commands.registerCommand(`${ID}.runTest`, ({ uri, test }: TestPlace) =>
      runOne(found, runner, uri, test),
    ),
  );
  addProfiles(controller, client, server, runner);
  for (const document of vscode.workspace.textDocuments) later(document);
}

/** What the server's lenses hand over. */
interface TestPlace {
  readonly uri: string;
  readonly test: string;
}

interface Finder {
  /** Lists the tests of every policy of the workspace. */
  readonly all: () => Promise<void>;
  /** Lists those of one file anew. */
  readonly refresh: (uri: vscode.Uri) => Promise<vscode.TestItem | null>;
}

function finder(controller: vscode.TestController, client: Client): Finder {
  const refresh = async (uri: vscode.Uri): Promise<vscode.TestItem | null> => {
    const { tests } = await outlineOf(client, uri);
    const id = uri.toString();
    if (tests.length === 0) {
      controller.items.delete(id);
      return null;
    }
    const file =
      controller.items.get(id) ?? controller.createTestItem(id, vscode.workspace.asRelativePath(uri), uri);
    file.children.replace(
      tests.map(({ name, range }) => {
        const item = controller.createTestItem(`${id}#${name}`, name, uri);
        item.range = rangeOf(range);
        return item;
      }),
    );
    controller.items.add(file);
    return file;
  };
  return {
    refresh,
    all: async () => {
      const open = vscode.workspace.textDocuments.filter(({ languageId }) => languageId === ID);
      const uris = [
        ...(await vscode.workspace.findFiles(POLICIES, "**/node_modules/**")),
        ...open.map(({ uri }) => uri),
      ];
      await Promise.all([...new Map(uris.map((uri) => [uri.toString(), uri])).values()].map(refresh));
    },
  };
}

function addProfiles(
  controller: vscode.TestController,
  client: Client,
  server: Server,
  runner: Runner,
): void {
  const { Run, Debug, Coverage } = vscode.TestRunProfileKind;
  controller.createRunProfile("Run", Run, (request, token) => runner.run(request, { token }), true);
  // Nothing is stepped through: each call is explained, rule by rule.
  controller.createRunProfile(
    "Trace",
    Debug,
    (request, token) => runner.run(request, { token, traced: true }),
    true,
  );
  const coverage = answerCoverage(client, server);
  const covered = controller.createRunProfile(
    "Coverage",
    Coverage,
    (request, token) => runner.run(request, { token, after: coverage.add }),
    true,
  );
  covered.loadDetailedCoverage = coverage.details;
}

async function runOne(found: Finder, runner: Runner, uri: string, test: string): Promise<void> {
  const file = await found.refresh(vscode.Uri.parse(uri));
  const item = file?.children.get(`${file.id}#${test}`);
  if (item) await runner.run(new vscode.TestRunRequest([item]), {});
}
