import type { Store } from "@agentpolicy/runtime";
import { isMistake, type Mistake, mistake } from "../result.ts";
import type { World } from "../world.ts";
import { storePlace } from "./place.ts";
import { connectPostgres } from "./postgres.ts";
import { storeReason } from "./reason.ts";
import { connectSqlite } from "./sqlite.ts";
import { watched } from "./watched.ts";

/** A store that a command works on. */
export interface OpenStore {
  readonly store: Store;
  /** Its URL without anything secret. */
  readonly shown: string;
  /** Why it did not answer; null where it always did. */
  readonly trouble: () => string | null;
}

/**
 * Does a job on the store that `--store` or AGENTPOLICY_STORE names, and closes it whatever happens. A store that is not there
 * is never made. Where it does not answer, that is said.
 *
 * @returns the job's exit code, or that of wrong use
 */
export const withStore = async (
  given: string | undefined,
  world: World,
  job: (opened: OpenStore) => Promise<number | Mistake>,
): Promise<number | Mistake> => {
  const url = given ?? world.env.AGENTPOLICY_STORE ?? "";
  if (url === "" && given === undefined)
    return mistake(
      "which store? give --store, or set AGENTPOLICY_STORE",
      "--store sqlite:./agentpolicy.db, or --store postgres://host/database",
    );
  const place = storePlace(url, world.cwd);
  if (isMistake(place)) return place;
  const connected = await (place.kind === "sqlite" ? connectSqlite(place) : connectPostgres(place));
  if (isMistake(connected)) return connected;
  const { store, trouble } = watched(connected.store);
  const reason = () => {
    const error = trouble();
    return error === undefined ? null : storeReason(error, connected.secret);
  };
  try {
    return await job({ store, shown: place.shown, trouble: reason });
  } catch (error) {
    const why = reason() ?? (typeof error === "number" ? storeReason(error) : null);
    if (why === null) throw error;
    return mistake(`the store \`${place.shown}\` does not answer: ${why}`);
  } finally {
    await connected.close();
  }
};
