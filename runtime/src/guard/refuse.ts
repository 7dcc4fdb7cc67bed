import type { Misfit } from "../abi/decision.ts";
import type { AuditFacts } from "../audit/record.ts";
import type { Refusal } from "./change.ts";
import { view } from "./checkpoint.ts";
import type { Bench } from "./judge.ts";
import { stop, unfit } from "./stop.ts";
import type { CheckpointRecord } from "./store.ts";

/**
 * The denial of what the policy is not asked about: a request that does not fit, or a resume that is none, with the checkpoint
 * that it spoke of where that may be shown.
 */
export async function refuse(
  bench: Bench,
  found: Misfit | Refusal,
  facts?: Partial<AuditFacts>,
  record?: CheckpointRecord,
): Promise<never> {
  const refused = typeof found === "string" ? found : undefined;
  const decision = unfit(
    bench.policy,
    refused ? { path: "resumeCheckpointId", expected: "checkpoint", found: refused } : (found as Misfit),
  );
  // It is refused whether or not that can be written down.
  await bench.keep({ ...facts, event: "refused", decision, refused }).catch(() => {});
  return stop(decision, record && view(bench, record), refused);
}
