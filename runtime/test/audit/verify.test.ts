import {
  type AuditNote,
  type AuditRecord,
  createAgentIAM,
  loggedMemory,
  verifyChain,
} from "@agentpolicy/runtime";
import { NOTHING } from "@agentpolicy/runtime/store";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { policyOf, request } from "../guard/support.ts";
import { chainOf, headOf, sha256 } from "./support.ts";

const findings = async (records: readonly unknown[], more: Parameters<typeof verifyChain>[1] = { sha256 }) =>
  (await verifyChain(records as AuditRecord[], more)).findings;
const without = (records: readonly AuditRecord[], ...seqs: number[]) =>
  records.filter(({ seq }) => !seqs.includes(seq));

describe("a chain", () => {
  const chain = chainOf(6);

  test("that is whole has nothing wrong, and says what to note", async () => {
    const report = await verifyChain(chain, { sha256 });
    expect(report).toEqual({
      ok: true,
      findings: [],
      more: 0,
      records: 6,
      first: { ...headOf(chain[0]), at: 0 },
      last: { ...headOf(chain[5]), at: 5 },
      head: headOf(chain[5]),
      open: [],
    });
  });
  test("that is empty ends where it would begin", async () => {
    expect(await verifyChain([], { sha256 })).toMatchObject({ ok: true, records: 0, head: NOTHING });
  });
  test("may come from anything that can be gone through, with hashes that take time", async () => {
    async function* stream() {
      yield* chain;
    }
    const report = await verifyChain(stream(), { sha256: async (text) => sha256(text) });
    expect(report).toMatchObject({ ok: true, records: 6 });
  });

  test("with an altered record", async () => {
    const altered = chain.map((record) => (record.seq === 3 ? { ...record, refused: "pending" } : record));
    expect(await findings(altered)).toEqual([{ kind: "altered", seq: 3 }]);
  });
  test("with a record that was altered and hashed again", async () => {
    const [forged] = chainOf([{ event: "refused", at: 99 }], headOf(chain[1])) as [AuditRecord];
    const altered = chain.map((record) => (record.seq === 3 ? forged : record));
    expect(await findings(altered)).toEqual([{ kind: "unlinked", seq: 4 }]);
  });
  test("with records taken out", async () => {
    expect(await findings(without(chain, 2, 3, 5))).toEqual([
      { kind: "missing", from: 2, to: 3 },
      { kind: "missing", from: 5, to: 5 },
    ]);
    expect(await findings(without(chain, 1))).toEqual([{ kind: "missing", from: 1, to: 1 }]);
  });
  test("with a record taken out and the others numbered anew", async () => {
    const closed = without(chain, 3).map((record) =>
      record.seq > 3 ? { ...record, seq: record.seq - 1 } : record,
    );
    expect((await findings(closed)).map(({ kind }) => kind)).toContain("altered");
  });
  test("with a time that is none", async () => {
    const records = chainOf([{ event: "refused", at: Number.NaN }]);
    const text = JSON.stringify(records);
    expect(await findings(JSON.parse(text) as unknown[])).toEqual([]);
  });
  test("in another order", async () => {
    const [a, b, c, d, e, f] = chain;
    expect(await findings([a, c, b, d, e, f])).toEqual([{ kind: "out_of_order", seq: 2 }]);
    expect(await findings([a, f, b, c, d, e])).toEqual(
      [2, 3, 4, 5].map((seq) => ({ kind: "out_of_order", seq })),
    );
  });
  test("with records there again, as deliveries repeat them", async () => {
    const again = [...chain.slice(0, 4), ...chain.slice(1, 4), ...chain.slice(2)];
    expect(await verifyChain(again, { sha256 })).toMatchObject({ ok: true, records: 6 });
  });
  test("with another record of the same number", async () => {
    const [other] = chainOf([{ event: "refused", at: 99 }], headOf(chain[1])) as [AuditRecord];
    expect(await findings([...chain.slice(0, 4), other, ...chain.slice(4)])).toEqual([
      { kind: "doubled", seq: 3 },
    ]);
  });
  test("whose end was cut off, by a head that was noted", async () => {
    const head = headOf(chain[5]);
    expect(await findings(chain.slice(0, 4), { sha256, head })).toEqual([{ kind: "cut", from: 5, to: 6 }]);
    expect(await findings([], { sha256, head })).toEqual([{ kind: "cut", from: 1, to: 6 }]);
    expect(await findings(chain, { sha256, head: [headOf(chain[2]), head] })).toEqual([]);
  });
  test("that was written anew from some record on, by a head that was noted", async () => {
    const anew = [...chain.slice(0, 3), ...chainOf(3, headOf(chain[2]))];
    // Nothing in it says so: a chain proves its order and its contents, not its age.
    expect(await findings(anew)).toEqual([]);
    expect(await findings(anew, { sha256, head: headOf(chain[4]) })).toEqual([{ kind: "replaced", seq: 5 }]);
  });
  test("of which only a part is there", async () => {
    const part = chain.slice(3);
    expect(await findings(part, { sha256, from: headOf(chain[2]) })).toEqual([]);
    expect(await findings(part)).toEqual([{ kind: "missing", from: 1, to: 3 }]);
    const from = { seq: 3, hash: "f".repeat(64) };
    expect(await findings(part, { sha256, from })).toEqual([{ kind: "unlinked", seq: 4 }]);
  });
  test("with what is no record", async () => {
    const strange = [null, 7, {}, { ...chain[1], seq: "2" }, { ...chain[1], hash: 1 }];
    expect(await findings([chain[0], ...strange, ...chain.slice(1)])).toEqual(
      strange.map(() => ({ kind: "foreign", after: 1 })),
    );
  });
  test("with a record nested so deep that no hash can be made", async () => {
    const deep = JSON.parse(`${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`) as unknown;
    const altered = chain.map((record) => (record.seq === 2 ? { ...record, request: deep } : record));
    expect(await findings(altered)).toEqual([{ kind: "altered", seq: 2 }]);
  });
  test("with more wrong than anybody reads", async () => {
    const wrong = chainOf(1200).map((record) => ({ ...record, refused: "x" }));
    const report = await verifyChain(wrong, { sha256 });
    expect([report.findings.length, report.more, report.records]).toEqual([1000, 200, 1200]);
  });

  test("property: whatever is changed, left out or moved is found", async () => {
    const change = fc.oneof(
      fc.record({ what: fc.constant("alter" as const), at: fc.nat(19), to: fc.string() }),
      fc.record({ what: fc.constant("remove" as const), at: fc.nat(18), to: fc.constant("") }),
      fc.record({ what: fc.constant("swap" as const), at: fc.nat(18), to: fc.constant("") }),
      fc.record({ what: fc.constant("relink" as const), at: fc.nat(19), to: fc.string() }),
    );
    await fc.assert(
      fc.asyncProperty(change, async ({ what, at, to }) => {
        const records = chainOf(20);
        const record = records[at] as AuditRecord;
        if (what === "alter") records[at] = { ...record, reason: to };
        if (what === "relink") records[at] = { ...record, previous: sha256(to) };
        if (what === "remove") records.splice(at, 1);
        if (what === "swap") records.splice(at, 2, records[at + 1] as AuditRecord, record);
        expect((await verifyChain(records, { sha256 })).ok).toBe(false);
      }),
      { numRuns: 150 },
    );
  });
});

describe("calls that were let run", () => {
  const decision = (effect: string) => ({ decision: effect }) as AuditNote["decision"] & object;
  const open = async (...notes: Partial<AuditNote>[]) => {
    const chain = chainOf(
      notes.map((note, at): AuditNote => ({ event: "evaluated", at, tool: "t", ...note })),
    );
    return (await verifyChain(chain, { sha256 })).open;
  };

  test("and have no outcome are named", async () => {
    const allowed = { call: "c1", runs: true };
    expect(await open(allowed)).toEqual([{ call: "c1", seq: 1, at: 0, tool: "t" }]);
    expect(await open(allowed, { event: "executed", call: "c1" })).toEqual([]);
    expect(await open(allowed, { event: "failed", call: "c1" })).toEqual([]);
    expect(await open(allowed, { event: "executed", call: "c2" })).toHaveLength(1);
  });
  test("are not those that were denied or wait, or were only asked about", async () => {
    expect(await open({ call: "c", runs: false, decision: decision("approval_required") })).toEqual([]);
    expect(await open({ call: "c", decision: decision("allow") })).toEqual([]);
    expect(await open({ runs: true })).toEqual([]);
    const store = loggedMemory();
    const iam = createAgentIAM({ policy: policyOf({ decide: () => ({}) }), store });
    await iam.evaluate(request());
    expect(await verifyChain(await store.log.read({}), { sha256 })).toMatchObject({ records: 1, open: [] });
    let during: unknown;
    await iam.guard(request(), async () => {
      during = (await verifyChain(await store.log.read({}), { sha256 })).open;
    });
    expect(during).toMatchObject([{ seq: 2, tool: "t" }]);
    expect(await verifyChain(await store.log.read({}), { sha256 })).toMatchObject({ records: 3, open: [] });
  });
  test("are resumes that claimed, and only those", async () => {
    const judged = { call: "c", checkpoint: "k", runs: true };
    expect(await open(judged)).toEqual([]);
    const claimed = { event: "consumed", call: "c", checkpoint: "k" } as const;
    expect(await open(judged, claimed)).toEqual([{ call: "c", checkpoint: "k", seq: 2, at: 1, tool: "t" }]);
    expect(await open(judged, claimed, { event: "executed", call: "c", checkpoint: "k" })).toEqual([]);
    expect(await open(judged, claimed, { event: "paused", call: "c", checkpoint: "k2" })).toEqual([]);
  });
});
