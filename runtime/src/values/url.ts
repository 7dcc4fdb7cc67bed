import { decoded } from "./decode.ts";
import { canonicalHost } from "./domain.ts";

/**
 * The parts of a URL that a policy may compare. `scheme` without colon; `host` lower case, punycode, without user, port
 * or trailing dot, an IPv6 address in brackets; `port` the scheme's own where none is written, 0 where it has none;
 * `path` without dot segments, escapes of unreserved characters undone; `query` without its question mark.
 */
export interface Url {
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly query: string;
}

/** Default ports of the special schemes. Source: WHATWG URL Standard, section 3.1. */
const PORTS: ReadonlyMap<string, number> = new Map([
  ["http", 80],
  ["https", 443],
  ["ws", 80],
  ["wss", 443],
  ["ftp", 21],
]);

/**
 * An absolute URL with a host, written `scheme://host…`. Null for everything else: other spellings that browsers repair
 * (`https:/host`, `https:\\host`), control characters, lone surrogates, blanks around it, hosts with empty labels.
 * Source: WHATWG URL Standard; RFC 3986 section 6.2.2.2 for unreserved characters.
 */
export function url(text: string): Url | null {
  if (/[\p{Cc}\p{Cs}\\]/u.test(text) || text !== text.trim() || !/^[a-z][-+.a-z\d]*:\/\/[^/?#]/i.test(text)) {
    return null;
  }
  let parsed: URL;
  try {
    parsed = new URL(text);
  } catch {
    return null;
  }
  const scheme = parsed.protocol.slice(0, -1);
  // Schemes that the standard does not know keep their host as written: it is made canonical like the others.
  const host = canonicalHost(parsed.hostname);
  if (!host || host.split(".").includes("")) return null;
  return {
    scheme,
    host,
    port: Number(parsed.port || (PORTS.get(scheme) ?? 0)),
    path: unreserved(parsed.pathname) || "/",
    query: parsed.search.slice(1),
  };
}

/**
 * Whether a URL has the scheme, host and port of `base`, and its path or one below it, at a segment boundary. A path that
 * holds `..` under any number of percent-encodings is within nothing. Null where `base` is refused, or has a
 * user, a query or a fragment.
 */
export function urlWithin(target: Url, base: string): boolean | null {
  const root = url(base);
  if (root === null || /[?#]/.test(base) || /^[^/]*\/\/[^/]*@/.test(base)) return null;
  const rootPath = plainPath(root.path);
  if (rootPath === null) return null;
  if (target.scheme !== root.scheme || target.host !== root.host || target.port !== root.port) return false;
  const path = plainPath(target.path);
  return path !== null && below(target.path, root.path) && below(path, rootPath);
}

function below(path: string, root: string): boolean {
  const bare = root.replace(/\/$/, "");
  return path === bare || path.startsWith(`${bare}/`);
}

/** The path as a server sees it that decodes as often as it can; null where that could climb (`..;` does on some). */
function plainPath(path: string): string | null {
  const plain = decoded(path)?.replaceAll("\\", "/");
  return plain === undefined || plain.includes("\0") || /(?:^|\/)\.\.(?:[/;]|$)/.test(plain) ? null : plain;
}

/** Escapes that begin inside a stray `%` stay: undoing them would make a new escape. */
function unreserved(path: string): string {
  return path.replace(/(?<!%[\da-f]?)%(?:2[de]|3\d|[46][1-9a-f]|5[\daf]|7[\dae])/gi, decodeURIComponent);
}
