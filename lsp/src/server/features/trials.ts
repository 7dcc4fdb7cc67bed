import type { TestFailure, TestResult } from "@agentpolicy/compiler";
import type { Diagnostic } from "@agentpolicy/language";
import type { Location, Position } from "vscode-languageserver";
import type { Snapshot } from "../../ide/snapshot.ts";
import { tryCall } from "../../ide/trial/call.ts";
import { decisionsOf } from "../../ide/trial/decisions.ts";
import { callForm } from "../../ide/trial/form.ts";
import { failureWords, testCoverage, testResults } from "../../ide/trial/tests.ts";
import { shownExplanation } from "../convert/explanation.ts";
import { asked, type Session } from "../session.ts";

interface OfDocument {
  readonly textDocument: { readonly uri: string };
}

/** `agentpolicy/tryCall`: without `request` the form alone. */
export interface TryCallParams extends OfDocument {
  readonly tool?: string;
  readonly request?: unknown;
  /** What tracks are to say, by id. */
  readonly figures?: Readonly<Record<string, number>>;
}

/** `agentpolicy/runTests`: all tests of the policy, or those of the document with this name. */
export interface RunTestsParams extends OfDocument {
  readonly test?: string;
}

/** `agentpolicy/decisions`: of all tools, or of those that the block or rule at a place covers. */
export interface DecisionsParams extends OfDocument {
  readonly position?: Position;
}

/** Requests beside the protocol's own: calls tried, tests run, what can be decided. See the README. */
export function answerTrials(session: Session): void {
  const { connection } = session;
  const answer = <P extends OfDocument>(
    method: string,
    give: (snapshot: Snapshot, params: P, path: string) => object,
  ): void => {
    connection.onRequest(method, async (params: P): Promise<object | null> => {
      const found = await asked(session, params.textDocument);
      return found && give(found.snapshot, params, found.path);
    });
  };
  answer("agentpolicy/tryCall", (snapshot, { tool, request, figures = {} }: TryCallParams) => {
    const tried = request === undefined ? null : tryCall(snapshot, request, { figures, now: Date.now() });
    if (tried) session.tried.set(snapshot.entry, tried);
    return {
      policy: policyOf(session, snapshot),
      tools: [...snapshot.result.facts.tools.keys()].sort(),
      form: tool === undefined ? null : callForm(snapshot, tool),
      tried: tried && {
        request: tried.request,
        figures: tried.figures,
        ...shownExplanation(session, tried.explanation),
      },
    };
  });
  answer("agentpolicy/runTests", (snapshot, { test }: RunTestsParams, path) => ({
    policy: policyOf(session, snapshot),
    tests:
      testResults(snapshot)
        ?.filter(({ name, at }) => test === undefined || (name === test && at.file === path))
        .map((result) => shownResult(session, result)) ?? null,
  }));
  answer("agentpolicy/coverage", (snapshot) => {
    const coverage = testCoverage(snapshot);
    const placed = <T extends { readonly at: Place }>({ at, ...rest }: T) => ({
      ...rest,
      location: session.location(at),
    });
    return {
      policy: policyOf(session, snapshot),
      coverage: coverage && {
        rules: coverage.rules,
        outcomes: coverage.outcomes,
        unmatched: coverage.unmatched.map(placed),
        missing: coverage.missing.map(placed),
      },
    };
  });
  answer("agentpolicy/decisions", (snapshot, { position }: DecisionsParams, path) => ({
    policy: policyOf(session, snapshot),
    tools: decisionsOf(snapshot, position && placeAt(session, path, position)).map(({ rules, ...row }) => ({
      ...row,
      rules: rules.map(({ at, ...rule }) => ({ ...rule, location: session.location(at) })),
    })),
  }));
}

type Place = Parameters<Session["location"]>[0];

const placeAt = (session: Session, file: string, position: Position) => ({
  file,
  offset: session.places(file)?.offset(position) ?? 0,
});

/** Which policy answered, and whether it is sound: a broken one decides nothing. */
export const policyOf = ({ uris }: Session, { entry, result }: Snapshot) => ({
  uri: uris.uriOf(entry),
  errors: result.diagnostics.filter(({ severity }: Diagnostic) => severity === "error").length,
});

function shownResult(session: Session, { name, at, passed, calls, failures }: TestResult) {
  return {
    name,
    location: session.location(at),
    passed,
    calls: calls.map(({ at: place, request, figures, decision }) => ({
      location: session.location(place),
      request,
      figures,
      decision,
    })),
    failures: failures.map((failure) => shownFailure(failure, session.location)),
  };
}

const shownFailure = (failure: TestFailure, location: (place: Place) => Location) => ({
  location: location(failure.expected.at),
  call: location(failure.call.at),
  mismatch: failure.mismatch,
  message: failureWords(failure),
  reasons: failure.call.decision.reasons,
});
