import { type AuditRecord, createAgentIAM, loggedMemory, verifyChain, withSinks } from "@agentpolicy/runtime";
import fc from "fast-check";
import { expect, test } from "vitest";
import { policyOf, request } from "../guard/support.ts";
import { sha256 } from "./support.ts";

const LIMIT = 12;
const track = { id: "n", figure: "count", per: "policy", within: null } as const;
const policy = policyOf({
  tracks: [track],
  reads: ["n"],
  adds: () => [{ track: "n", amount: 1 }],
  decide: (_, { n }) => (Number(n) < LIMIT ? {} : { decision: "deny" }),
});

/** `lost`: it does not take them. `late`: it takes them and does not say so in time. `half`: it takes some and breaks. */
const behaviour = fc.constantFrom("fine", "fine", "slow", "lost", "half", "late");
type Behaviour = "fine" | "slow" | "lost" | "half" | "late";
const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

function sinkThat(behaves: readonly Behaviour[]) {
  const taken: AuditRecord[] = [];
  let writes = 0;
  let isWell = false;
  const write = async (records: readonly AuditRecord[]) => {
    const how = isWell ? "fine" : (behaves[writes++ % behaves.length] ?? "fine");
    if (how === "slow") await wait(2);
    if (how === "late") await wait(25);
    if (how === "lost") throw new Error("lost");
    if (how === "half") taken.push(...records.slice(0, Math.ceil(records.length / 2)));
    if (how === "half") throw new Error("half");
    taken.push(...records);
  };
  return { sink: { name: "s", write }, taken, heal: () => (isWell = true) };
}

test.each([
  ["without a buffer", undefined],
  ["with a buffer", 5],
])(
  "property: whatever a sink does, nothing runs that it should not, and in the end it has all of it (%s)",
  async (_, buffer) => {
    let [ran, refused] = [0, 0];
    await fc.assert(
      fc.asyncProperty(
        fc.array(behaviour, { minLength: 1, maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 8 }),
        async (behaves, batches) => {
          const store = loggedMemory();
          const { sink, taken, heal } = sinkThat(behaves);
          const sinking = withSinks(store, {
            sinks: [sink],
            timeout: 10,
            pause: 1,
            ...(buffer !== undefined && { buffer }),
          });
          const iam = createAgentIAM({ policy, store: sinking });
          let runs = 0;
          let unseen = 0;
          let calls = 0;
          for (const size of batches) {
            const guarded = Array.from({ length: size }, () => {
              const id = `c${calls++}`;
              return iam.guard(request({ id }), () => {
                runs++;
                const isSeen = taken.some(
                  ({ request }) => (request?.action.input as { id?: string } | undefined)?.id === id,
                );
                if (!isSeen) unseen++;
              });
            });
            await Promise.all(guarded);
          }
          heal();
          // What it has not answered yet it has to answer first.
          await wait(behaves.includes("late") ? 30 : 0);
          await sinking.close();
          ran += runs;
          refused += calls - runs;
          expect(runs).toBeLessThanOrEqual(LIMIT);
          if (buffer === undefined) expect(unseen).toBe(0);
          const head = await store.log.head();
          const report = await verifyChain(taken, { sha256, head });
          expect(report).toMatchObject({ ok: true, findings: [], open: [], head });
          // What did not run is not counted.
          let figure: unknown;
          await store.track([{ ...track, key: '["n"]' }], 1, ({ n }) => {
            figure = n;
            return { entries: [], facts: { event: "evaluated", at: 1 } };
          });
          expect(figure).toBe(runs);
        },
      ),
      { numRuns: 60 },
    );
    expect(Math.min(ran, refused)).toBeGreaterThan(50);
  },
);
