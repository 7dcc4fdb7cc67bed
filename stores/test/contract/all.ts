import type { Store } from "@agentpolicy/runtime";
import { afterAll, beforeAll } from "vitest";
import { type Kind, type Opened, openAt } from "../support/places.ts";
import { changeContract } from "./changes.ts";
import { clockContract } from "./clocks.ts";
import { deliveryContract } from "./deliveries.ts";
import { faults } from "./faults.ts";
import { guardContract } from "./guards.ts";
import { logContract, logFilterContract } from "./log.ts";
import { logRaces } from "./log-races.ts";
import { races } from "./races.ts";
import { listContract, recordContract } from "./records.ts";
import { type Sql, tamperContract } from "./tampering.ts";
import { historyContract, trackContract } from "./tracks.ts";
import { transitionContract } from "./transitions.ts";
import { woundContract } from "./wounds.ts";

/** Everything that a store must do that outlives its process. `sql` answers one statement about a table of a place. */
export function wholeContract(kind: () => Kind, sql: Sql): void {
  const opened: Opened[] = [];
  const open = (place = kind().place()): Store => {
    const one = openAt(place);
    opened.push(one);
    return one.store;
  };
  const both = (place = kind().place()) => ({ one: open(place), other: open(place) });
  let place: ReturnType<Kind["place"]>;
  let shared: { readonly one: Store; readonly other: Store };
  let logged: { readonly one: Store; readonly other: Store };
  let empty: Store;
  let unread: Store;
  beforeAll(() => {
    place = kind().place();
    shared = both(place);
    logged = both();
    empty = open();
    unread = open();
  });
  afterAll(async () => {
    for (const { close } of opened) await close();
    await kind().end();
  });

  recordContract(() => shared);
  trackContract(() => shared);
  historyContract(
    () => shared.one,
    async () =>
      Number((await sql(place, "totals", (table) => `SELECT count(*) AS rows FROM ${table}`))[0]?.rows),
  );
  listContract(() => empty);
  logContract(() => logged);
  logFilterContract(() => unread);
  deliveryContract(() => shared);
  changeContract(() => shared);
  tamperContract(() => kind().place(), sql);
  logRaces(() => kind().place());
  guardContract(() => shared);
  transitionContract(() => shared, 40);
  woundContract(
    () => shared,
    () => ({ store: open(place) }),
  );
  clockContract(() => shared, 10_800_000);
  races(() => kind().place());
  faults(() => kind().place());
}
