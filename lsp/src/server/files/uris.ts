import { resolvePath } from "@agentpolicy/language";

/**
 * Paths of the workspace and URIs of the protocol. A `file:` URI is its path (`/home/ann/a b.agentpolicy`,
 * `/c:/work/x.json`); any other keeps its scheme and authority (`vscode-vfs://github/ann/x/a.agentpolicy`).
 */
export interface Uris {
  readonly pathOf: (uri: string) => string;
  /** As the client spells it, where the client has named the file. */
  readonly uriOf: (path: string) => string;
}

const URI = /^([a-z][\w+.-]*):(?:\/\/([^/?#]*))?([^?#]*)(.*)$/is;
const SCHEMED = /^([a-z][\w+.-]*:(?:\/\/[^/]*)?)(.*)$/is;

export function rememberedUris(): Uris {
  const spelled = new Map<string, string>();
  return {
    pathOf: (uri) => {
      const path = pathOfUri(uri);
      spelled.set(path, uri);
      return path;
    },
    uriOf: (path) => spelled.get(path) ?? uriOfPath(path),
  };
}

export function pathOfUri(uri: string): string {
  const [, scheme = "", authority, path = "", rest = ""] = URI.exec(uri) ?? [];
  if (scheme === "") return uri;
  if (scheme.toLowerCase() === "file" && !authority) return drive(decoded(path));
  // `untitled:Untitled-1` has no folder; names of policies are what comes after the last slash.
  const rooted = path.startsWith("/") ? path : `/${path}`;
  return `${scheme}:${authority === undefined ? "" : `//${authority}`}${decoded(rooted)}${rest}`;
}

export function uriOfPath(path: string): string {
  const [, prefix, rest] = SCHEMED.exec(path) ?? [];
  const encoded = (text: string) => text.split("/").map(encodeURIComponent).join("/");
  return prefix === undefined ? `file://${encoded(path)}` : `${prefix}${encoded(rest ?? "")}`;
}

/** The path that a policy means by what it writes, seen from another path. */
export function resolveFrom(from: string, specifier: string): string {
  const [, prefix = "", rest = from] = SCHEMED.exec(from) ?? [];
  return prefix + resolvePath(rest, specifier);
}

/** Drives of Windows are one whichever case they are written in. */
const drive = (path: string): string => path.replace(/^\/[A-Z]:/, (letter) => letter.toLowerCase());

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
