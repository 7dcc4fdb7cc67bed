import { whenDecided } from "@agentpolicy/runtime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Kind } from "../../../stores/test/support/places.ts";
import { type Bench, LOGIN, makeBench } from "./bench.ts";

const transfer = { to: "acct-9", amount: 5000, iban: "DE02120300000000202051", memo: "x\u001b[2J\u202e" };

/** What people do about checkpoints from the command, on one kind of store. */
export const checkpointsSuite = (kind: () => Kind): void => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await makeBench(kind());
  });
  afterAll(() => bench?.close());

  describe("deciding", () => {
    it("approves, with an audit record, and the agent runs it", async () => {
      const id = await bench.paused("bank.transfer", transfer);
      const ran = await bench.agentpolicy([
        "checkpoints",
        "approve",
        id.slice(0, 12),
        "--reason",
        "looks right",
      ]);
      expect(ran).toMatchObject({ code: 0, err: "" });
      expect(ran.out).toContain(`✓ approved by carol: bank.transfer ${id}`);
      expect(await bench.events(id)).toEqual(["paused", "approved carol"]);
      expect(await bench.guard.resume(id, (input) => input)).toMatchObject({ executed: true });
      const again = await bench.agentpolicy(["checkpoints", "approve", id]);
      expect(again).toMatchObject({ code: 1, out: "" });
      expect(again.err).toContain("not approved: the call has been made");
    });

    it("approves nothing whose time is up, and says so in the log", async () => {
      const late = await makeBench(kind(), 31 * 60_000);
      try {
        const id = await late.paused("bank.transfer", transfer);
        const ran = await late.agentpolicy(["checkpoints", "approve", id]);
        expect(ran).toMatchObject({ code: 1, out: "" });
        expect(ran.err).toContain("not approved: its time was up at ");
        expect(await late.events(id)).toEqual(["paused", "expired", "refused expired carol"]);
        expect((await late.store.read("checkpoint", id))?.state).toBe("expired");
      } finally {
        await late.close();
      }
    });

    it("lets nobody approve who may not, whose own call it is, or whom nobody knows", async () => {
      const id = await bench.paused("bank.wire", { to: "a", amount: 1 }, { owner: "ann", userId: "bob" });
      const refusal = async (as: { token?: string; alone?: true }) =>
        (await bench.json(["checkpoints", "approve", id], as)).refused;
      expect(await refusal({ token: "eve-token" })).toBe("not_allowed");
      expect(await refusal({ token: "ann-token" })).toBe("own_call");
      expect(await refusal({ token: "bob-token" })).toBe("own_call");
      // A wrong token is nobody's, though the login is known.
      expect(await refusal({ token: "eve-token " })).toBe("not_authenticated");
      // Without a file the login is the id, and has no roles.
      expect(await refusal({ alone: true })).toBe("not_allowed");
      expect(await bench.events(id)).toEqual([
        "paused",
        "refused not_allowed eve",
        "refused own_call ann",
        "refused own_call bob",
        "refused not_authenticated",
        `refused not_allowed ${LOGIN}`,
      ]);
      const ran = await bench.agentpolicy(["checkpoints", "approve", id], { token: "eve-token" });
      expect(ran).toMatchObject({ code: 1, out: "" });
      expect(ran.err).toContain("`eve` may not decide on this: it takes cfo or finance-lead");
      expect((await bench.store.read("checkpoint", id))?.state).toBe("pending");
    });

    it("takes two different people where two are asked for", async () => {
      const id = await bench.paused("bank.wire", { to: "a", amount: 1 });
      const first = await bench.agentpolicy(["checkpoints", "approve", id], { token: "ann-token" });
      expect(first.out).toContain("it takes 1 more approval, by other people");
      const again = await bench.agentpolicy(["checkpoints", "approve", id], { token: "ann-token" });
      expect(again).toMatchObject({ code: 1 });
      expect(again.err).toContain("`ann` has approved it before");
      const list = await bench.agentpolicy(["checkpoints", "list"]);
      expect(list.out).toMatch(/^chk_\S+ .* bank\.wire .* 1 of 2 by cfo or finance-lead$/m);
      expect(await bench.guard.resume(id, () => 1)).toMatchObject({ executed: false });
      const second = await bench.json(["checkpoints", "approve", id], { token: "bob-token" });
      expect(second).toMatchObject({ ok: true, checkpoint: { state: "approved" } });
      expect(await bench.guard.resume(id, () => 1)).toMatchObject({ executed: true });
    });

    it("changes arguments, and then takes no approval of what was", async () => {
      const id = await bench.paused("bank.wire", { to: "a", amount: 900 });
      await bench.agentpolicy(["checkpoints", "approve", id], { token: "ann-token" });
      const edit = ["--edit", "input.amount=200", "--edit", "input.to==007"];
      const edited = await bench.agentpolicy(["checkpoints", "approve", id, ...edit], { token: "bob-token" });
      expect(edited.out).toContain('  input.amount = 200\n  input.to = "007"\n');
      expect(edited.out).toContain("1 more approval");
      const blind = await bench.agentpolicy(["checkpoints", "approve", id], { token: "ann-token" });
      expect(blind).toMatchObject({ code: 1 });
      expect(blind.err).toContain("changed by an approver");
      expect(blind.err).toContain("approve --edition 1");
      const seen = await bench.json(["checkpoints", "approve", id, "--edition", "1"], { token: "ann-token" });
      expect(seen).toMatchObject({ ok: true, checkpoint: { state: "approved", version: 1 } });
      const ran = await bench.guard.resume(id, (input) => input);
      expect(ran).toMatchObject({ executed: true, value: { to: "007", amount: 200 } });
      const actor = await bench.json([
        "checkpoints",
        "approve",
        await bench.paused("bank.wire", { to: "a", amount: 1 }),
        "--edit",
        "actor.id=carol",
      ]);
      expect(actor).toMatchObject({ ok: false, refused: "invalid_edit" });
    });

    it("rejects and cancels, with a reason and by somebody", async () => {
      const id = await bench.paused("bank.transfer", transfer);
      expect(await bench.agentpolicy(["checkpoints", "reject", id])).toMatchObject({ code: 2, out: "" });
      const eve = await bench.json(["checkpoints", "reject", id, "--reason", "no"], { token: "eve-token" });
      expect(eve).toMatchObject({ ok: false, refused: "not_allowed" });
      const rejected = await bench.json(["checkpoints", "reject", id, "--reason", "not this month"]);
      expect(rejected).toMatchObject({ ok: true, checkpoint: { state: "rejected", by: "carol" } });
      const other = await bench.paused("bank.transfer", transfer);
      const nobody = await bench.json(["checkpoints", "cancel", other, "--reason", "x"], { token: "wrong" });
      expect(nobody).toMatchObject({ ok: false, refused: "not_authenticated" });
      const cancelled = await bench.agentpolicy(["checkpoints", "cancel", other, "--reason", "asked twice"]);
      expect(cancelled).toMatchObject({ code: 0 });
      expect(await bench.events(other)).toEqual(["paused", "refused not_authenticated", "cancelled carol"]);
    });

    it("answers exactly what is asked, and the call is judged anew", async () => {
      const id = await bench.paused("bank.close", { account: "x" });
      const wrong = await bench.agentpolicy(["checkpoints", "answer", id, "context.tickt=OPS-7"]);
      expect(wrong).toMatchObject({ code: 1, out: "" });
      expect(wrong.err).toContain("the answer must give exactly context.ticket");
      const approved = await bench.agentpolicy(["checkpoints", "approve", id]);
      expect(approved.err).toContain("it waits for an answer, not for an approval");
      const done = await bench.json(["checkpoints", "answer", id, "context.ticket==7"]);
      expect(done).toMatchObject({
        ok: true,
        checkpoint: { state: "answered", request: { context: { ticket: "7" } } },
      });
      expect(await bench.events(id)).toEqual([
        "paused",
        "refused invalid_answer carol",
        "refused not_allowed carol",
        "answered carol",
      ]);
      expect(await bench.guard.resume(id, () => "closed")).toMatchObject({ executed: true, value: "closed" });
    });

    it("wakes an agent that waits in another process", async () => {
      const id = await bench.paused("bank.transfer", transfer);
      // An hour: it ends while the test lasts only where it is told, or looks.
      const waiting = whenDecided(bench.store, id, { wait: 3_600_000 });
      const ran = await bench.agentpolicy(["checkpoints", "approve", id]);
      expect(ran.code).toBe(0);
      expect(await waiting).toBe("approved");
      expect(await bench.guard.resume(id, () => "paid")).toMatchObject({ executed: true, value: "paid" });
    });

    it("runs once, however many approve at the same time", async () => {
      const id = await bench.paused("bank.transfer", transfer);
      const people = [{}, { token: "bob-token" }, {}, { token: "bob-token" }];
      const answers = await Promise.all(people.map((as) => bench.json(["checkpoints", "approve", id], as)));
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      const results = await Promise.all([1, 2, 3].map(() => bench.guard.resume(id, () => 1)));
      expect(results.filter(({ executed }) => executed)).toHaveLength(1);
    });
  });

  it("says that the store does not answer, where it does not", async () => {
    const mine = await makeBench(kind());
    try {
      const id = await mine.paused("bank.wire", { to: "a", amount: 1 });
      await mine.tamper((table) => `DROP TABLE ${table.replace(/audit$/, "records")}`);
      for (const args of [["list"], ["show", id], ["approve", id], ["expire"]]) {
        const ran = await mine.agentpolicy(["checkpoints", ...args]);
        expect(ran).toMatchObject({ code: 2, out: "" });
        expect(ran.err).toMatch(
          /^error: the store `(?:sqlite|postgres):\S+` (?:does not answer|cannot be used): .*records/,
        );
        expect(ran.err).not.toContain("    at ");
      }
    } finally {
      await mine.close();
    }
  });

  describe("looking", () => {
    it("shows all that somebody needs, and nothing that is masked or moves the cursor", async () => {
      const id = await bench.paused("bank.transfer", transfer, { owner: "dora" });
      const { code, out } = await bench.agentpolicy(["checkpoints", "show", id.slice(0, 10)]);
      expect(code).toBe(0);
      for (const text of [
        `‖ pending  bank.transfer  ${id}`,
        "Transfer of 5000 to acct-9.",
        "risk     high",
        "rule     pay.large",
        'actor.owner  "dora"',
        "input.amount  5000",
        'input.iban    "•••"',
        "0 of 1  by cfo (pay.large)",
        `agentpolicy checkpoints approve ${id}`,
      ])
        expect(out).toContain(text);
      expect(out).toMatch(/ {2}paused {5}#\d+/);
      expect(out).not.toContain("DE02");
      for (const unseen of ["\u001b", "\u202e"]) expect(out).not.toContain(unseen);
      const json = await bench.agentpolicy(["checkpoints", "show", id, "--json"]);
      expect(json.out).not.toContain("\u202e");
      expect(JSON.parse(json.out)).toMatchObject({
        checkpoint: {
          id,
          state: "pending",
          request: { action: { input: { iban: "•••", memo: transfer.memo } } },
        },
        history: [{ event: "paused" }],
      });
    });

    it("lists by state and actor, page by page", async () => {
      const mine = await makeBench(kind());
      try {
        for (const n of [1, 2, 3]) await mine.paused("bank.wire", { to: "a", amount: n });
        await mine.paused("bank.close", { account: "x" }, { id: "bot-2" });
        const first = await mine.json(["checkpoints", "list", "--limit", "3"]);
        expect(first.checkpoints).toHaveLength(3);
        const second = await mine.json(["checkpoints", "list", "--after", first.next]);
        expect(second).toMatchObject({
          checkpoints: [{ request: { actor: { id: "bot-2" } } }],
          next: null,
        });
        const pretty = await mine.agentpolicy(["checkpoints", "list", "--limit", "3"]);
        expect(pretty.out).toContain(`there are more: --after ${first.next}`);
        const id = first.checkpoints[0]?.id ?? "";
        await mine.agentpolicy(["checkpoints", "cancel", id, "--reason", "x"]);
        const cancelled = await mine.json(["checkpoints", "list", "--state", "cancelled"]);
        expect(cancelled.checkpoints).toMatchObject([{ id, by: "carol" }]);
        expect((await mine.json(["checkpoints", "list", "--actor", "bot-2"])).checkpoints).toHaveLength(1);
        expect((await mine.json(["checkpoints", "list", "--state", "all"])).checkpoints).toHaveLength(4);
        const none = await mine.agentpolicy(["checkpoints", "list", "--state", "failed"]);
        expect(none).toMatchObject({ code: 0, out: "✓ no checkpoint is failed\n" });
        const many = await mine.agentpolicy(["checkpoints", "show", "chk_"]);
        expect(many).toMatchObject({ code: 1 });
        expect(many.err).toContain("not shown: there is no checkpoint `chk_`");
        expect(await mine.json(["checkpoints", "show", "chk_none"])).toMatchObject({
          ok: false,
          refused: "unknown",
        });
      } finally {
        await mine.close();
      }
    });

    it("writes down whose time is up", async () => {
      const late = await makeBench(kind(), 31 * 60_000);
      try {
        const id = await late.paused("bank.transfer", transfer);
        expect((await late.json(["checkpoints", "list"])).checkpoints).toEqual([]);
        expect((await late.json(["checkpoints", "list", "--state", "expired"])).checkpoints).toMatchObject([
          { id },
        ]);
        expect(await late.json(["checkpoints", "expire"])).toEqual({ expired: 1 });
        expect(await late.json(["checkpoints", "expire"])).toEqual({ expired: 0 });
        expect(await late.events(id)).toEqual(["paused", "expired"]);
      } finally {
        await late.close();
      }
    });
  });
};
