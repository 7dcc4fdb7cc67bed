/**
 * A host name in its one canonical form: lower case, punycode, without a trailing dot. Null for anything else: empty
 * labels, more than 253 characters, labels over 63, a hyphen at a label's end, blanks, ports, percent signs,
 * invisible characters, IP addresses in any form. Underscores are let through, as in DNS.
 * Source: RFC 1123 section 2.1; UTS 46 as the WHATWG URL Standard applies it.
 */
export function domain(text: string): string | null {
  if (text.length > 254 || !/^[-_.a-z\d\p{L}\p{M}\p{N}]+$/iu.test(text)) return null;
  return plainHost(canonicalHost(text));
}

/**
 * Whether a canonical domain is `base` or below it, at a label boundary. Null where `base` is refused.
 */
export function domainWithin(name: string, base: string): boolean | null {
  const root = domain(base);
  return root === null ? null : name === root || name.endsWith(`.${root}`);
}

/** What the URL parser makes of a host, without its trailing dot; null where it refuses. */
export function canonicalHost(host: string): string | null {
  try {
    return new URL(`http://${host}`).hostname.replace(/\.$/, "");
  } catch {
    return null;
  }
}

function plainHost(host: string | null): string | null {
  if (host === null || host.length > 253) return null;
  const labels = host.split(".");
  const fits = labels.every((label) => /^(?!-)[-_a-z\d]{1,63}(?<!-)$/.test(label));
  // A last label of digits is an IPv4 address, or was meant as one.
  return fits && !/^\d+$/.test(labels.at(-1) as string) ? host : null;
}
