import type { Store } from "@agentpolicy/runtime";
import { afterAll, beforeAll } from "vitest";
import { type Kind, type Opened, openAt } from "../support/places.ts";
import { checkpointContract, listContract } from "./checkpoints.ts";
import { faults } from "./faults.ts";
import { guardContract } from "./guards.ts";
import { races } from "./races.ts";
import { historyContract, trackContract } from "./tracks.ts";

/** Everything that a store must do that outlives its process. `rows` counts the rows of totals at a place. */
export function wholeContract(
  kind: () => Kind,
  rows: (place: ReturnType<Kind["place"]>) => Promise<number>,
): void {
  const opened: Opened[] = [];
  const open = (place = kind().place()): Store => {
    const one = openAt(place);
    opened.push(one);
    return one.store;
  };
  let place: ReturnType<Kind["place"]>;
  let shared: { readonly one: Store; readonly other: Store };
  let empty: Store;
  beforeAll(() => {
    place = kind().place();
    shared = { one: open(place), other: open(place) };
    empty = open();
  });
  afterAll(async () => {
    for (const { close } of opened) await close();
    await kind().end();
  });

  checkpointContract(() => shared);
  trackContract(() => shared);
  guardContract(() => shared);
  historyContract(
    () => shared.one,
    () => rows(place),
  );
  listContract(() => empty);
  races(() => kind().place());
  faults(() => kind().place());
}
