import type { CancellationToken, Uri } from "vscode";
import type { Client } from "./host.ts";
import type {
  ChangesResult,
  CompileResult,
  CoverageResult,
  DecisionsResult,
  FilesResult,
  Position,
  RunTestsResult,
  TryCallResult,
} from "./protocol.ts";

/** The server's own requests; each answers null where the file is in no policy. */
export interface Server {
  readonly tryCall: (
    uri: Uri,
    ask: {
      readonly tool?: string;
      readonly request?: unknown;
      readonly figures?: Readonly<Record<string, number>>;
    },
  ) => Promise<TryCallResult | null>;
  readonly runTests: (uri: Uri) => Promise<RunTestsResult | null>;
  readonly coverage: (uri: Uri) => Promise<CoverageResult | null>;
  readonly decisions: (
    uri: Uri,
    position?: Position,
    token?: CancellationToken,
  ) => Promise<DecisionsResult | null>;
  readonly compile: (uri: Uri) => Promise<CompileResult | null>;
  readonly files: (uri: Uri) => Promise<FilesResult | null>;
  /** @param before texts of the policy's files as they were, null where there was none */
  readonly changes: (
    uri: Uri,
    before: readonly { readonly uri: string; readonly text: string | null }[],
  ) => Promise<ChangesResult | null>;
}

export function serverOf(client: () => Client): Server {
  const ask = <R>(method: string, uri: Uri, params: object, token?: CancellationToken): Promise<R | null> =>
    client().sendRequest<R | null>(
      `agentpolicy/${method}`,
      { textDocument: { uri: uri.toString() }, ...params },
      token,
    );
  return {
    tryCall: (uri, params) => ask("tryCall", uri, params),
    runTests: (uri) => ask("runTests", uri, {}),
    coverage: (uri) => ask("coverage", uri, {}),
    compile: (uri) => ask("compile", uri, {}),
    files: (uri) => ask("files", uri, {}),
    changes: (uri, before) => ask("changes", uri, { before }),
    decisions: (uri, position, token) =>
      ask("decisions", uri, position ? { position: plain(position) } : {}, token),
  };
}

/** Messages to a worker are copied as they are, and the editor's own positions are no plain data. */
const plain = ({ line, character }: Position): Position => ({ line, character });
