import { type Location, lineIndex, type Span } from "@agentpolicy/language";
import type { Position, Range } from "vscode-languageserver-protocol/node";
import type { Snapshot } from "../../../src/ide/snapshot.ts";
import { snapshotFor } from "../ask.ts";
import type { Asked } from "../scenario.ts";
import type { Client } from "./client.ts";

/** A scenario laid out before a server: its files opened as documents, its place as the protocol has it. */
export interface Scene {
  readonly client: Client;
  readonly asked: Asked;
  /** The same files as the pure functions see them; for showing places. */
  readonly snapshot: Snapshot;
  readonly text: string;
  readonly textDocument: { readonly uri: string };
  readonly position: Position;
  /** The marked range. */
  readonly range: Range;
  /** The same; the whole text where there is one mark or none. */
  readonly marked: Range;
  readonly uri: (path: string) => string;
  readonly path: (uri: string) => string;
  /** A range in a file; the scenario's own where none is named. */
  readonly span: (range: Range, path?: string) => Span;
  readonly location: (at: { readonly uri: string; readonly range: Range }) => Location;
  /** Sends a request about the document, at the place. */
  readonly ask: <R>(method: string, params?: object) => Promise<R>;
  readonly close: () => Promise<void>;
}

/** How a feature's scenarios are asked over the wire: its answer as plain data again, shown as ever. */
export type Ask = (scene: Scene) => Promise<readonly string[]>;

let count = 0;

export async function layOut(client: Client, asked: Asked): Promise<Scene> {
  count += 1;
  const folder = `file:///scenario-${count}/`;
  const uri = (path: string) => folder + path;
  const path = (of: string) => of.slice(folder.length);
  const textOf = (of: string) => asked.files[of] ?? "";
  for (const [name, text] of Object.entries(asked.files)) {
    await client.open(uri(name), text, name.endsWith(".agentpolicy") ? "agentpolicy" : "json");
  }
  const lines = lineIndex(textOf(asked.path));
  const position = lines.position(asked.offset);
  const textDocument = { uri: uri(asked.path) };
  const span = ({ start, end }: Range, of = asked.path): Span => {
    const { offset } = lineIndex(textOf(of));
    return { start: offset(start), end: offset(end) };
  };
  const range = { start: position, end: lines.position(asked.end) };
  const whole = { start: lines.position(0), end: lines.position(textOf(asked.path).length) };
  return {
    client,
    asked,
    snapshot: snapshotFor(asked),
    text: textOf(asked.path),
    textDocument,
    position,
    range,
    marked: asked.end > asked.offset ? range : whole,
    uri,
    path,
    span,
    location: (at) => ({ file: path(at.uri), ...span(at.range, path(at.uri)) }),
    ask: (method, params = {}) =>
      client.connection.sendRequest(`textDocument/${method}`, { textDocument, position, ...params }),
    close: async () => {
      for (const name of Object.keys(asked.files)) await client.close(uri(name));
    },
  };
}
