import type { Uri } from "vscode";
import type { Client } from "../host.ts";
import type { Range } from "../protocol.ts";

/** What the outline of a policy says of its tests and rules. */
export interface Outlined {
  readonly name: string;
  readonly range: Range;
  /** The name's place. */
  readonly selectionRange: Range;
}

export interface Outline {
  readonly tests: readonly Outlined[];
  readonly rules: readonly Outlined[];
}

interface Symbol extends Outlined {
  readonly kind: number;
  readonly children?: readonly Symbol[];
}

/** The kinds under which the server's outline has rules and tests: `SymbolKind` of the protocol. */
const RULE = 5;
const TEST = 6;

/** Empty for a file that is no policy. */
export async function outlineOf(client: Client, uri: Uri): Promise<Outline> {
  const params = { textDocument: { uri: uri.toString() } };
  const symbols = await client
    .sendRequest<readonly Symbol[] | null>("textDocument/documentSymbol", params)
    .catch(() => null);
  const all = (symbols ?? []).flatMap((symbol) => [symbol, ...(symbol.children ?? [])]);
  return { tests: all.filter(({ kind }) => kind === TEST), rules: all.filter(({ kind }) => kind === RULE) };
}
