import type { Location } from "../text/span.ts";
import type { Fix } from "./diagnostic.ts";

/** The fix that writes `text` in place of what stands there; almost surely what was meant. */
export const replaceFix = (at: Location, text: string): Fix => ({
  title: text === "" ? "remove it" : `write \`${text}\``,
  edits: [{ file: at.file, start: at.start, end: at.end, text }],
  preferred: true,
});
