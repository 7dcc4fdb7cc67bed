import type { AuditLog, AuditNote } from "@agentpolicy/runtime";
import { inBatches, inTurns, noteOf, plainNotes } from "@agentpolicy/runtime/store";
import type { Chain } from "./chain.ts";
import type { Connection } from "./libsql.ts";
import { inTurn, sinks } from "./sinks.ts";
import type { Step } from "./steps.ts";

/** The audit log of a store in a file at `path`. */
export function log(db: Connection, path: string, audit: Chain, step: Step, whole: Step): AuditLog {
  const cursors = sinks(db);
  const one = inTurns();
  const behind = (sink: string): number => audit.head().seq - cursors.had(sink);
  const append = inBatches<AuditNote>(async (notes) => {
    // What other callers of this process are about to append goes along: it is the writing through that takes time.
    await new Promise((resolve) => setImmediate(resolve));
    await whole(() => audit.keep(notes));
  });

  return {
    append: async (facts) => {
      if (facts.length > 0) await append(plainNotes(facts.map(noteOf)));
    },
    read: (filter) => step(() => audit.read(filter)),
    head: () => step(audit.head),
    behind: (sink) => step(() => behind(sink)),
    deliver: (sink, limit, write) =>
      one(sink, async () => {
        if ((await step(() => behind(sink))) === 0) return 0;
        return inTurn(path, sink, async () => {
          const records = await step(() => audit.read({ after: cursors.had(sink), limit }));
          const last = records.at(-1);
          if (last) {
            await write(records);
            await whole(() => cursors.move(sink, last.seq));
          }
          return step(() => behind(sink));
        });
      }),
  };
}
