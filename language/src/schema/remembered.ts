import { type CatalogueReading, readCatalogue } from "./catalogue.ts";

/** As many catalogues, and together as many UTF-16 units of their texts, are kept; the one not used longest goes first. */
const MOST_CATALOGUES = 64;
const MOST_TEXT = 16_000_000;

const remembered = new Map<string, { readonly text: string; readonly reading: CatalogueReading }>();

/**
 * Reads a catalogue as `readCatalogue` does, or gives what came of reading the same text of the same file before: an
 * editor checks a policy at each key, while its catalogues stay as they are.
 */
export const rememberedCatalogue = (text: string, path: string): CatalogueReading => {
  const before = remembered.get(path);
  const reading = before?.text === text ? before.reading : readCatalogue(text, path);
  remembered.delete(path);
  if (text.length > MOST_TEXT) return reading;
  remembered.set(path, { text, reading });
  forget();
  return reading;
};

const forget = (): void => {
  let units = 0;
  for (const { text } of remembered.values()) units += text.length;
  for (const [path, { text }] of remembered) {
    if (remembered.size <= MOST_CATALOGUES && units <= MOST_TEXT) return;
    remembered.delete(path);
    units -= text.length;
  }
};
