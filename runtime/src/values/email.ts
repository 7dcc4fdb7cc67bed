import { domain } from "./domain.ts";

/** One address. `local` is as written (its case may matter to the receiver), `domain` canonical. */
export interface Email {
  readonly local: string;
  readonly domain: string;
}

/**
 * Exactly one bare `local@domain`. The local part is a dot-atom of at most 64 characters (letters and digits of any
 * script); the domain is a host name as `domain` takes it, without a trailing dot. Null for everything else: display
 * names, quotes, comments, lists, blanks, control and invisible characters, address literals (`a@[10.0.0.1]`).
 * Source: RFC 5321 section 4.1.2 and 4.5.3.1, RFC 6531 section 3.3.
 */
export function email(text: string): Email | null {
  if (text.length > 320) return null;
  const at = text.indexOf("@");
  const local = text.slice(0, Math.max(at, 0));
  if (local.length > 64 || text.endsWith(".") || !DOT_ATOM.test(local)) return null;
  const host = domain(text.slice(at + 1));
  return host === null ? null : { local, domain: host };
}

const DOT_ATOM = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
