import type { Location as Place, Span } from "@agentpolicy/language";
import type { Connection, Location, Position, Range } from "vscode-languageserver";
import type { Snapshot, SnapshotFile } from "../ide/snapshot.ts";
import { createWorkspace, type Workspace } from "../ide/workspace/workspace.ts";
import { type Client, clientOf } from "./client.ts";
import { type Places, placesOf } from "./convert/positions.ts";
import type { FileSource } from "./files/source.ts";
import { rememberedUris, resolveFrom, type Uris } from "./files/uris.ts";
import { DEFAULT_SETTINGS, type Settings } from "./settings.ts";

/** What every handler works with. */
export interface Session {
  readonly connection: Connection;
  readonly workspace: Workspace;
  readonly files: FileSource;
  readonly uris: Uris;
  /** What the client can do; there once it has said so, which it does first. */
  client: Client;
  settings: Settings;
  /** Versions of open documents, by path. */
  readonly versions: Map<string, number>;
  /** Resolves once every file that the policies of a file asked for is at hand; without a file, those of all. */
  readonly settled: (path?: string) => Promise<void>;
  /** Files that were found: policies, and JSON files that may be catalogues. */
  found: readonly string[];
  /** Those of them, and of open documents, that are nearest to a file. */
  readonly near: (path: string) => readonly string[];
  /** The text of a file with its places; null where there is no such file. */
  readonly places: (path: string) => Places | null;
  readonly location: (place: Place) => Location;
  readonly range: (path: string, span: Span) => Range;
}

const NOWHERE: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

export function makeSession(
  connection: Connection,
  source: (uris: Uris) => FileSource,
  uris: Uris = rememberedUris(),
): Session {
  const files = source(uris);
  const workspace = createWorkspace({ read: files.read, resolve: resolveFrom });
  const known = new Map<string, Places>();
  const places = (path: string): Places | null => {
    const text = workspace.text(path);
    if (text === undefined) return null;
    const before = known.get(path);
    if (before?.text === text) return before;
    const now = placesOf(text, session.client.encoding);
    known.set(path, now);
    return now;
  };
  const range = (path: string, span: Span): Range => places(path)?.range(span) ?? NOWHERE;
  const session: Session = {
    connection,
    workspace,
    files,
    uris,
    client: clientOf({ processId: null, rootUri: null, capabilities: {} }, null),
    settings: DEFAULT_SETTINGS,
    versions: new Map(),
    settled: async (path) => {
      for (;;) {
        if (path === undefined) workspace.files();
        else workspace.snapshotsOf(path);
        const came = await files.arrived();
        if (came.length === 0) return;
        workspace.changed(came);
      }
    },
    found: [],
    near: (path) => nearest(path, [...new Set([...session.found, ...session.versions.keys()])]),
    places,
    range,
    location: (place) => ({ uri: uris.uriOf(place.file), range: range(place.file, place) }),
  };
  return session;
}

/** More than anybody looks through. */
const MOST_NEAR = 500;

/** Paths that have most folders in common with one come first. */
function nearest(path: string, paths: readonly string[]): readonly string[] {
  if (paths.length <= MOST_NEAR) return paths;
  const folders = path.split("/");
  const shared = (other: string) => other.split("/").findIndex((folder, at) => folder !== folders[at]);
  return [...paths].sort((one, other) => shared(other) - shared(one)).slice(0, MOST_NEAR);
}

/** A document that something is asked about, in the policy that it is most at home in. */
export interface Asked {
  readonly path: string;
  readonly snapshot: Snapshot;
  readonly file: SnapshotFile;
  readonly places: Places;
}

/** A place in one. */
export interface AskedAt extends Asked {
  readonly offset: number;
}

/** Null where the document is in no policy. */
export async function asked(session: Session, uri: string): Promise<Asked | null> {
  const path = session.uris.pathOf(uri);
  await session.settled(path);
  const snapshot = session.workspace.snapshotOf(path);
  const file = snapshot?.files.get(path);
  const places = session.places(path);
  return snapshot && file && places ? { path, snapshot, file, places } : null;
}

export async function askedAt(
  session: Session,
  {
    textDocument,
    position,
  }: { readonly textDocument: { readonly uri: string }; readonly position: Position },
): Promise<AskedAt | null> {
  const found = await asked(session, textDocument.uri);
  return found && { ...found, offset: found.places.offset(position) };
}
