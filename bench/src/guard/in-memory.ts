import { memory } from "@agentpolicy/runtime";
import type { Place } from "./place.ts";
import { execute, LIMIT, payment } from "./requests.ts";

/** Memory writes nothing, so its base is what a host would write by hand: one comparison, and the call. */
export async function inMemory(): Promise<Place> {
  const open = async () => ({
    store: memory(),
    write: async () => {
      const { action } = payment(100);
      if (action.name === "bank.pay" && action.input.amount <= LIMIT) await execute();
    },
    settle: async () => {},
  });
  return {
    name: "memory",
    about: { "bare write": "an `if` written by hand and `await execute()`", log: "none is kept" },
    open,
    end: async () => {},
  };
}
