import * as vscode from "vscode";
import { locationOf } from "../places.ts";
import type { RanTest } from "../protocol.ts";
import type { Server } from "../server.ts";
import { counted } from "../words.ts";
import { traceOf } from "./trace.ts";

export interface RunOptions {
  readonly token?: vscode.CancellationToken;
  /** Explain each call in the run's output. */
  readonly traced?: boolean;
  /** What is to be added to a run for each file whose tests ran. */
  readonly after?: (run: vscode.TestRun, uri: vscode.Uri) => Promise<void>;
}

export interface Runner {
  readonly run: (request: vscode.TestRunRequest, options: RunOptions) => Promise<void>;
}

/** @param refresh lists the tests of a file anew */
export function runnerOf(
  controller: vscode.TestController,
  server: Server,
  refresh: (uri: vscode.Uri) => Promise<unknown>,
): Runner {
  return {
    run: async (request, { token, traced = false, after }) => {
      const run = controller.createTestRun(request);
      for (const [uri, items] of await chosen(controller, request, refresh)) {
        if (token?.isCancellationRequested) break;
        const place = vscode.Uri.parse(uri);
        for (const item of items) run.started(item);
        const results = await resultsOf(server, place);
        for (const item of items) {
          if (typeof results === "string") run.errored(item, new vscode.TestMessage(results));
          else await conclude(run, server, item, results, traced);
        }
        if (typeof results !== "string") await after?.(run, place);
      }
      run.end();
    },
  };
}

/** The tests that are asked for, by file. */
async function chosen(
  controller: vscode.TestController,
  { include, exclude }: vscode.TestRunRequest,
  refresh: (uri: vscode.Uri) => Promise<unknown>,
): Promise<ReadonlyMap<string, readonly vscode.TestItem[]>> {
  const items = new Map<string, vscode.TestItem[]>();
  const add = (item: vscode.TestItem): void => {
    if (exclude?.includes(item) || !item.uri) return;
    const key = item.uri.toString();
    if (item.parent) items.set(key, [...(items.get(key) ?? []), item]);
    else item.children.forEach(add);
  };
  if (include === undefined)
    await Promise.all([...controller.items].map(([, { uri }]) => uri && refresh(uri)));
  if (include) include.forEach(add);
  else controller.items.forEach(add);
  return items;
}

/** Those of a file's policy; why there are none. */
async function resultsOf(server: Server, uri: vscode.Uri): Promise<readonly RanTest[] | string> {
  try {
    const answer = await server.runTests(uri);
    if (answer?.tests) return answer.tests;
    return answer === null
      ? "The file is part of no policy."
      : `The policy has ${counted(answer.policy.errors, "error")}; nothing is decided by a policy with errors.`;
  } catch (error) {
    return `The language server did not answer: ${error instanceof Error ? error.message : String(error)}`;
  }
}

async function conclude(
  run: vscode.TestRun,
  server: Server,
  item: vscode.TestItem,
  results: readonly RanTest[],
  traced: boolean,
): Promise<void> {
  const here = item.uri?.toString();
  const result = results.find(({ name, location }) => name === item.label && location.uri === here);
  if (result === undefined) return run.skipped(item);
  if (traced && item.uri) run.appendOutput(await traceOf(server, item.uri, result), undefined, item);
  else run.appendOutput(`${result.passed ? "✓" : "✗"} ${result.name}\r\n`, undefined, item);
  if (result.passed) return run.passed(item);
  run.failed(
    item,
    result.failures.map(({ location, message, reasons }) => {
      const shown = new vscode.TestMessage([message, ...reasons].join("\n"));
      shown.location = locationOf(location);
      return shown;
    }),
  );
}
