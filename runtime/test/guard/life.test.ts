import fc from "fast-check";
import { expect, test } from "vitest";
import { approval, counter, guarded, MINUTE, request } from "./support.ts";

/** What people and time may do to one paused call, in any order. */
const deeds = fc.oneof(
  fc.record({ deed: fc.constant("approve" as const), who: fc.constantFrom("ann", "bob", "eve", "bot-1") }),
  fc.record({ deed: fc.constant("resume" as const), times: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ deed: fc.constant("other" as const) }),
  fc.record({ deed: fc.constant("wait" as const), minutes: fc.integer({ min: 0, max: 20 }) }),
  fc.record({
    deed: fc.constantFrom("reject" as const, "cancel" as const, "expire" as const, "fail" as const),
  }),
);

const ROLES: { readonly [who: string]: readonly string[] } = { ann: ["lead"], bob: ["lead"], eve: [] };

test("a call runs at most once, with two leads' approval, in time, and while nobody has ended it", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(deeds, { maxLength: 14 }), async (steps) => {
      const { iam, time } = guarded({ decide: () => approval([{ from: ["lead"], approvals: 2 }]) });
      const { runs, execute } = counter();
      const id = (await iam.guard(request(), execute)).checkpoint?.id ?? "";
      const until = time.now + 30 * MINUTE;
      // The plain restatement: who approved, and whether the call can still run.
      const leads = new Set<string>();
      let open = true;
      let ran = 0;
      const ready = () => open && leads.size === 2 && time.now < until;
      for (const step of steps) {
        if (step.deed === "wait") time.now += step.minutes * MINUTE;
        else if (step.deed === "expire") await iam.expire();
        else if (step.deed === "other") {
          const other = await iam.guard(request({ other: 1 }), execute, { resumeCheckpointId: id });
          expect(other.executed).toBe(false);
        } else if (step.deed === "approve") {
          const waits = open && leads.size < 2 && time.now < until;
          const fits = waits && ROLES[step.who]?.includes("lead") === true && !leads.has(step.who);
          const done = await iam.approve(id, { id: step.who, roles: ROLES[step.who] ?? ["lead"] });
          expect(done.ok).toBe(fits);
          if (fits) leads.add(step.who);
        } else if (step.deed === "reject") {
          const waits = open && leads.size < 2 && time.now < until;
          expect((await iam.reject(id, { id: "ann", roles: ["lead"] })).ok).toBe(waits);
          if (waits) open = false;
        } else if (step.deed === "cancel") {
          const waits = open && time.now < until;
          expect((await iam.cancel(id)).ok).toBe(waits);
          if (waits) open = false;
        } else if (step.deed === "fail") {
          const could = ready();
          const failing = iam.resume(id, () => {
            throw new Error("x");
          });
          expect(
            await failing.then(
              () => "no run",
              () => "failed",
            ),
          ).toBe(could ? "failed" : "no run");
          if (could) open = false;
        } else if ("times" in step) {
          const could = ready();
          const results = await Promise.all(
            Array.from({ length: step.times }, () => iam.resume(id, execute)),
          );
          expect(results.filter(({ executed }) => executed)).toHaveLength(could ? 1 : 0);
          if (could) {
            ran++;
            open = false;
          }
        }
        expect(runs).toHaveLength(ran);
      }
    }),
    { numRuns: 300 },
  );
});
