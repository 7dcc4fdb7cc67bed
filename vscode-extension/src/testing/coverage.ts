import * as vscode from "vscode";
import type { Client } from "../host.ts";
import { rangeOf } from "../places.ts";
import type { Coverage, Location } from "../protocol.ts";
import type { Server } from "../server.ts";
import { type Outlined, outlineOf } from "./outline.ts";

export interface CoverageAnswers {
  /** Adds to a run what the tests of a file's policy reach. */
  readonly add: (run: vscode.TestRun, uri: vscode.Uri) => Promise<void>;
  /** What is painted beside the lines of a file. */
  readonly details: (run: vscode.TestRun, file: vscode.FileCoverage) => Promise<vscode.FileCoverageDetail[]>;
}

export function answerCoverage(client: Client, server: Server): CoverageAnswers {
  const shownDetails = new WeakMap<vscode.FileCoverage, readonly vscode.FileCoverageDetail[]>();
  return {
    add: async (run, uri) => {
      const answer = await server.coverage(uri);
      if (!answer?.coverage) return;
      const { coverage } = answer;
      const { rules: known, outcomes } = coverage;
      run.appendOutput(`${known.matched} of ${known.all} rules decided in a test\r\n`);
      run.appendOutput(`${outcomes.reached} of ${outcomes.all} outcomes of conditions reached\r\n`);
      // Rules are where they are written: in the file of the tests, in the policy beside it, or in what that imports.
      const places = [...coverage.unmatched, ...coverage.missing].map(({ location }) => location.uri);
      for (const file of new Set([answer.policy.uri, uri.toString(), ...places])) {
        const { rules } = await outlineOf(client, vscode.Uri.parse(file));
        if (rules.length === 0) continue;
        const details = detailsOf(coverage, file, rules);
        const shown = vscode.FileCoverage.fromDetails(vscode.Uri.parse(file), details);
        // Conditions are told of where an outcome was missed, so how many there are in all is not known here.
        delete shown.branchCoverage;
        shownDetails.set(shown, details);
        run.addCoverage(shown);
      }
    },
    details: async (_, file) => [...(shownDetails.get(file) ?? [])],
  };
}

/** Rules are declarations that ran or did not; their conditions are statements with two branches. */
export function detailsOf(
  { unmatched, missing }: Coverage,
  file: string,
  rules: readonly Outlined[],
): (vscode.DeclarationCoverage | vscode.StatementCoverage)[] {
  const never = new Set(unmatched.map(({ location }) => keyOf(location)));
  const isReached = ({ selectionRange: range }: Outlined) => !never.has(keyOf({ uri: file, range }));
  const declarations = rules.map(
    (rule) => new vscode.DeclarationCoverage(rule.name, isReached(rule), rangeOf(rule.selectionRange)),
  );
  const heads = rules.map(
    (rule) => new vscode.StatementCoverage(isReached(rule), rangeOf(rule.selectionRange)),
  );
  return [...declarations, ...heads, ...conditionsIn(missing, file)];
}

function conditionsIn(missing: Coverage["missing"], file: string): readonly vscode.StatementCoverage[] {
  const places = new Map<string, { readonly range: vscode.Range; readonly outcomes: boolean[] }>();
  for (const { location, outcome } of missing) {
    if (location.uri !== file) continue;
    const key = keyOf(location);
    const place = places.get(key) ?? { range: rangeOf(location.range), outcomes: [] };
    place.outcomes.push(outcome);
    places.set(key, place);
  }
  return [...places.values()].map(
    ({ range, outcomes }) =>
      new vscode.StatementCoverage(
        outcomes.length < 2,
        range,
        [true, false].map(
          (outcome) => new vscode.BranchCoverage(!outcomes.includes(outcome), range, String(outcome)),
        ),
      ),
  );
}

const keyOf = ({ uri, range: { start, end } }: Location): string =>
  `${start.line}:${start.character}-${end.line}:${end.character} ${uri}`;
