import type { Span } from "@agentpolicy/language";
import { namesOf } from "../names/index.ts";
import type { Snapshot } from "../snapshot.ts";
import { references } from "./references.ts";

/**
 * The places that change together while one of them is typed: a parameter, of a function or of `x => …`, and its uses.
 * They all stand in one expression. None where a name stands alone.
 */
export function linkedEditing(snapshot: Snapshot, path: string, offset: number): readonly Span[] {
  const text = snapshot.files.get(path)?.text;
  const place = namesOf(snapshot).at(path, offset);
  if (text === undefined || place?.kind !== "parameter") return [];
  const name = text.slice(place.at.start, place.at.end);
  const spans = references([snapshot], path, offset, { declaration: true })
    .map(({ start, end }) => ({ start, end }))
    .filter(({ start, end }) => text.slice(start, end) === name);
  return spans.length > 1 ? spans : [];
}
