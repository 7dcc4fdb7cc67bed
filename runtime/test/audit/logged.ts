import { type AuditEvent, type AuditRecord, type IamOptions, loggedMemory } from "@agentpolicy/runtime";
import { guardedBy, policyOf, type Written } from "../guard/support.ts";

/** A guard and its people over a store with a log, and what the log says. */
export function logged(written: Written, options: Omit<IamOptions, "policy" | "store"> = {}) {
  const store = loggedMemory();
  const made = guardedBy(policyOf(written), { store, ...options });
  const records = (): Promise<readonly AuditRecord[]> => store.log.read({ limit: 1e6 });
  const events = async (): Promise<readonly AuditEvent[]> => (await records()).map(({ event }) => event);
  return { ...made, store, records, events };
}
