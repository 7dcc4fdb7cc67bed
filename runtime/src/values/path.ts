import { decoded } from "./decode.ts";

/**
 * A path with nothing left to resolve. `root` is `/`, a drive (`c:/`), a drive's current folder (`c:`) or nothing;
 * `segments` hold no `.`, and `..` only at the start of a relative path. `name` is the last segment, `extension` what
 * follows its last dot (nothing for `.bashrc`; dots and blanks at the end, which Windows drops, do not count).
 */
export interface Path {
  readonly absolute: boolean;
  readonly name: string;
  readonly extension: string;
  readonly root: string;
  readonly segments: readonly string[];
}

/**
 * A POSIX or Windows path, percent-decoded until it changes no more, backslashes as slashes, `.`, `..` and doubled slashes
 * resolved. `//server/share` is `/server/share`; `\\?\C:\x`, `/C:/x` and `C:/x` are one drive's path. Null for: empty text,
 * NUL, escapes that are not UTF-8, more than 8 layers of them, a URL, `..` or `.` followed by blanks, and more than 100,000
 * characters (no system has paths of a third of that).
 * Source: POSIX.1 section 4.13; Microsoft, "Naming Files, Paths, and Namespaces".
 */
export function path(text: string): Path | null {
  if (text.length > 100_000) return null;
  const plain = decoded(text)
    ?.replaceAll("\\", "/")
    .replace(/^\/(?:\/[?.]|\?\?)\/+(?:unc\/)?/i, "/");
  if (!plain || plain.includes("\0") || /^[a-z][-+.a-z\d]+:\//i.test(plain)) return null;
  const drive = /^\/*([a-z]:)(?=(\/?))/i.exec(plain);
  // `/c:x` is no drive: only a whole segment is, or a drive at the very start.
  const onDrive = drive !== null && (plain[1] === ":" || drive[2] === "/" || drive[0] === plain);
  const rest = onDrive ? plain.slice(drive[0].length) : plain;
  const absolute = rest.startsWith("/") || (onDrive && plain.startsWith("/"));
  const segments = resolved(rest, absolute);
  if (segments === null) return null;
  const name = segments.at(-1) ?? "";
  return {
    absolute,
    name,
    extension: extensionOf(name),
    root: (onDrive ? (drive[1] as string).toLowerCase() : "") + (absolute ? "/" : ""),
    segments,
  };
}

/**
 * Whether a path is `base` or below it. Both must start at the same root: a relative path is never within an absolute
 * one, and `../x` only within `..`. On a drive case, and dots and blanks at the end of names, do not count. Null where `base` is refused.
 */
export function pathWithin(target: Path, base: string): boolean | null {
  const root = path(base);
  if (root === null) return null;
  // Windows knows no case, and drops dots and blanks at the end of a name.
  const plain = (segment: string) =>
    root.root.includes(":") ? segment.toLowerCase().replace(/(?<=[^. ])[. ]+$/, "") : segment;
  return (
    target.root === root.root &&
    target.segments.length >= root.segments.length &&
    root.segments.every((segment, index) => plain(segment) === plain(target.segments[index] as string)) &&
    target.segments[root.segments.length] !== ".."
  );
}

function resolved(rest: string, absolute: boolean): string[] | null {
  const segments: string[] = [];
  for (const segment of rest.split("/")) {
    if (/^\.\.? +$/.test(segment)) return null;
    if (segment === "..") {
      if (segments.length > 0 && segments.at(-1) !== "..") segments.pop();
      else if (!absolute) segments.push(segment);
    } else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  return segments;
}

function extensionOf(name: string): string {
  let end = name.length;
  while (end > 0 && (name[end - 1] === "." || name[end - 1] === " ")) end--;
  const dot = name.lastIndexOf(".", end - 1);
  return dot > 0 ? name.slice(dot + 1, end) : "";
}
