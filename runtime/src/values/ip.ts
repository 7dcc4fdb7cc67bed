/** An address. `bytes` are 4 or 16; an IPv4-mapped IPv6 address is its IPv4. `private` as the language lists it. */
export interface Ip {
  readonly version: 4 | 6;
  readonly private: boolean;
  readonly bytes: readonly number[];
}

/** What is not a public address. Source: RFC 6890, RFC 6598, RFC 4193, RFC 4291. */
const PRIVATE =
  "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.168.0.0/16 ::/127 fc00::/7 fe80::/10"
    .split(" ")
    .map((text) => block(text) as Block);

interface Block {
  readonly bytes: readonly number[];
  readonly bits: number;
}

/**
 * An IP address: a dotted quad without leading zeros, or RFC 4291 text (`::` once, embedded IPv4 at the end). Null for
 * everything else: decimal, octal, hexadecimal and short forms, zones (`%eth0`), brackets, ports, blanks.
 */
export function ip(text: string): Ip | null {
  const raw = bytesOf(text);
  if (raw === null) return null;
  const bytes = isMapped(raw) ? raw.slice(12) : raw;
  return {
    version: bytes.length === 4 ? 4 : 6,
    private: PRIVATE.some((range) => covers(range, bytes)),
    bytes,
  };
}

/**
 * Whether an address lies in a CIDR block (`10.0.0.0/8`); bits after the prefix do not count. Null where the block is
 * refused. Source: RFC 4632 section 3.1, RFC 4291 section 2.3.
 */
export function ipIn(address: Ip, cidr: string): boolean | null {
  const range = block(cidr);
  return range && covers(range, address.bytes);
}

function block(text: string): Block | null {
  const [, address = "", prefix] = /^([^/]{2,45})\/(0|[1-9]\d{0,2})$/.exec(text) ?? [];
  const bytes = bytesOf(address);
  const bits = Number(prefix);
  if (bytes === null || bits > bytes.length * 8) return null;
  return isMapped(bytes) && bits >= 96 ? { bytes: bytes.slice(12), bits: bits - 96 } : { bytes, bits };
}

function covers(range: Block, bytes: readonly number[]): boolean {
  return (
    range.bytes.length === bytes.length &&
    range.bytes.every((byte, index) => {
      const spare = Math.min(Math.max(8 * (index + 1) - range.bits, 0), 8);
      return byte >> spare === (bytes[index] as number) >> spare;
    })
  );
}

function isMapped(bytes: readonly number[]): boolean {
  return bytes.length === 16 && bytes.every((byte, index) => index > 11 || byte === (index > 9 ? 255 : 0));
}

function bytesOf(text: string): number[] | null {
  if (text.length > 45) return null;
  return text.includes(":") ? sixteen(text) : four(text);
}

function four(text: string): number[] | null {
  const parts = text.split(".");
  const fits = parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && +part < 256);
  return fits ? parts.map(Number) : null;
}

function sixteen(text: string): number[] | null {
  const halves = text.split("::").map(groups);
  const [left, right] = halves;
  if (!left || halves.length > 2) return null;
  if (halves.length === 1) return left.length === 16 ? left : null;
  // `::` stands for at least one group.
  if (!right || left.length + right.length > 14) return null;
  return [...left, ...new Array<number>(16 - left.length - right.length).fill(0), ...right];
}

/** The bytes of `a:b:…`, or null. Only the very last group of all may be IPv4. */
function groups(half: string, index: number, halves: readonly string[]): number[] | null {
  if (half === "") return [];
  const bytes: number[] = [];
  const parts = half.split(":");
  for (const [at, part] of parts.entries()) {
    const last = index === halves.length - 1 && at === parts.length - 1;
    const quad = last ? four(part) : null;
    if (quad) bytes.push(...quad);
    else if (/^[\da-f]{1,4}$/i.test(part))
      bytes.push(Number.parseInt(part, 16) >> 8, Number.parseInt(part, 16) & 255);
    else return null;
  }
  return bytes;
}
