import type { Store } from "@agentpolicy/runtime";
import { type Mistake, mistake } from "../result.ts";
import type { StorePlace } from "./place.ts";
import { storeReason } from "./reason.ts";

/** A store that is there, how to close it, and what must not be shown. */
export interface Connected {
  readonly store: Store;
  readonly close: () => Promise<void>;
  readonly secret: string;
}

export const unusable = ({ shown }: StorePlace, error: unknown, secret = ""): Mistake =>
  mistake(`the store \`${shown}\` cannot be used: ${storeReason(error, secret)}`);
