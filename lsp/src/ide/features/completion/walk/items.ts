import type { Place } from "../places.ts";
import * as declarations from "./declarations.ts";
import { isDone, peek, type Reader, type Walked } from "./reader.ts";
import { block } from "./rules.ts";
import { proof, testing } from "./tests.ts";

const ITEMS: Readonly<Record<string, (reader: Reader) => Walked>> = {
  policy: declarations.policy,
  import: declarations.importing,
  tools: declarations.tools,
  actor: declarations.shape,
  context: declarations.shape,
  resource: declarations.shape,
  type: declarations.typing,
  let: declarations.constant,
  fn: declarations.func,
  track: declarations.track,
  default: declarations.fallback,
  on: block,
  test: testing,
  prove: proof,
};

/** What may be written where the words end. Words that begin no item are passed over. */
export const placesAt = (reader: Reader): readonly Place[] => {
  while (!isDone(reader)) {
    const token = peek(reader);
    reader.at += 1;
    const item = token?.kind === "word" && Object.hasOwn(ITEMS, token.text) ? ITEMS[token.text] : undefined;
    const places = item?.(reader);
    if (places != null) return places;
  }
  return [{ kind: "item" }];
};
