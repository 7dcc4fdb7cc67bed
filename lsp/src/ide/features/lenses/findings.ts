import type { Diagnostic, Location, Span } from "@agentpolicy/language";
import type { Snapshot } from "../../snapshot.ts";

/** What analysis has found, as it is said above a rule or block. */
export interface Found extends Span {
  readonly title: string;
}

const TITLES: Readonly<Record<string, string>> = {
  "never-matches": "never matches",
  "no-matching-tool": "reaches nothing",
  "where-matches-nothing": "reaches nothing",
};

/** The findings about what the rules of a file come to. */
export const findingsIn = (snapshot: Snapshot, path: string): readonly Found[] =>
  snapshot.result.diagnostics
    .flatMap((diagnostic) => foundOf(snapshot, diagnostic))
    .filter(({ file }) => file === path);

function foundOf(
  { result }: Snapshot,
  { code, file, span, related }: Diagnostic,
): readonly (Found & Location)[] {
  const at = { file, start: span.start, end: span.end };
  const nameAt = (place: Location) => result.sources.get(place.file)?.slice(place.start, place.end) ?? "";
  switch (code) {
    case "never-decides":
      return [{ ...at, title: `covered by another rule: ${related.map(nameAt).join(", ")}` }];
    case "same-condition":
      return [{ ...at, title: `same as ${related.map(nameAt).join(", ")}` }];
    case "overrules-all":
      return [
        { ...at, title: `leaves ${related.length} weaker rules nothing to decide` },
        ...related.map((place) => ({
          file: place.file,
          start: place.start,
          end: place.end,
          title: `covered by another rule: ${nameAt(at)}`,
        })),
      ];
    default: {
      const title = Object.hasOwn(TITLES, code) ? TITLES[code] : undefined;
      return title === undefined ? [] : [{ ...at, title }];
    }
  }
}
