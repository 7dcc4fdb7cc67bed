import type { Location as Place, Span } from "@agentpolicy/language";
import type { Connection, Location, Position, Range } from "vscode-languageserver";
import type { Snapshot, SnapshotFile } from "../ide/snapshot.ts";
import type { TriedCall } from "../ide/trial/call.ts";
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
  /** Looks at something of the workspace again and again, until every file that was asked for on the way is at hand. */
  readonly settled: (look: (workspace: Workspace) => unknown) => Promise<void>;
  /** The call that was tried last in each policy, by its entry. */
  readonly tried: Map<string, TriedCall>;
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
    settled: async (look) => {
      for (;;) {
        look(workspace);
        const came = await files.arrived();
        if (came.length === 0) return;
        workspace.changed(came);
      }
    },
    tried: new Map(),
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

/** A file that something is asked about, in the policy that it is most at home in. */
export interface AskedFile {
  readonly path: string;
  readonly snapshot: Snapshot;
  readonly places: Places;
}

/** One that is a policy file. */
export interface Asked extends AskedFile {
  readonly file: SnapshotFile;
}

interface Document {
  readonly uri: string;
}

/** Null where the file is in no policy. */
export async function askedFile(session: Session, { uri }: Document): Promise<AskedFile | null> {
  const path = session.uris.pathOf(uri);
  await session.settled((workspace) => workspace.snapshotsOf(path));
  const snapshot = session.workspace.snapshotOf(path);
  const places = session.places(path);
  return snapshot && places ? { path, snapshot, places } : null;
}

/** Null where it is in no policy, or no policy file: a catalogue or data. */
export async function asked(session: Session, document: Document): Promise<Asked | null> {
  const found = await askedFile(session, document);
  const file = found?.snapshot.files.get(found.path);
  return found && file ? { ...found, file } : null;
}

interface AtPlace {
  readonly textDocument: Document;
  readonly position: Position;
}

/** A place in a policy file. */
export async function askedAt(
  session: Session,
  { textDocument, position }: AtPlace,
): Promise<(Asked & { readonly offset: number }) | null> {
  const found = await asked(session, textDocument);
  return found && { ...found, offset: found.places.offset(position) };
}

/** A place in any file of a policy. */
export async function askedAnywhere(
  session: Session,
  { textDocument, position }: AtPlace,
): Promise<(AskedFile & { readonly offset: number }) | null> {
  const found = await askedFile(session, textDocument);
  return found && { ...found, offset: found.places.offset(position) };
}

/** Every policy as it is now, those that a file is part of first. */
export async function everySnapshot(session: Session, path: string): Promise<readonly Snapshot[]> {
  await session.settled((workspace) => workspace.files());
  const { workspace } = session;
  const all = workspace.policies().flatMap(({ entry }) => workspace.policy(entry) ?? []);
  return [...new Set([...workspace.snapshotsOf(path), ...all])];
}
