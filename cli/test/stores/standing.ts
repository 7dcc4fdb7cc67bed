import { join } from "node:path";
import { createAgentIAM, standingApprovals } from "@agentpolicy/runtime";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Kind } from "../../../stores/test/support/places.ts";
import { loadPolicyFile } from "../../src/index.ts";
import { type Bench, makeBench } from "./bench.ts";

/** Approvals given ahead from the command, on one kind of store. */
export const standingSuite = (kind: () => Kind): void => {
  let bench: Bench;
  const call = async (amount: number) => {
    const policy = await loadPolicyFile(join(bench.cwd, "pay.agentpolicy"));
    const guard = createAgentIAM({ policy, store: bench.store, standing: standingApprovals });
    const request = {
      actor: { type: "agent", id: "bot-1" },
      action: { name: "bank.transfer", input: { to: "acct-9", amount } },
    };
    return guard.guard(request, () => "paid");
  };
  const GRANT = ["standing", "grant", "--actor", "agent:bot-1", "--tool", "bank.transfer", "--until", "30d"];
  beforeAll(async () => {
    bench = await makeBench(kind());
    await bench.paused("bank.wire", { to: "a", amount: 1 });
  });
  afterAll(() => bench?.close());

  it("are granted, listed, heeded, revoked, and then no longer heeded", async () => {
    const when = ["--when", "input.amount<=9000", "--when", 'input.to=["acct-9","acct-8"]'];
    const granted = await bench.agentpolicy([...GRANT, ...when, "--reason", "monthly"]);
    expect(granted).toMatchObject({ code: 0, err: "" });
    expect(granted.out).toContain("✓ granted by carol: bank.transfer for agent bot-1 std_");
    expect(granted.out).toContain('when input.amount <= 9000 and input.to in ["acct-9","acct-8"]');
    expect(await call(5000)).toMatchObject({ executed: true });
    expect(await call(9001)).toMatchObject({ executed: false });
    const { standing } = await bench.json(["standing", "list", "--actor", "bot-1"]);
    const id = standing[0]?.id ?? "";
    expect(standing).toMatchObject([{ state: "granted", approval: { by: "carol", reason: "monthly" } }]);
    const table = await bench.agentpolicy(["standing", "list"]);
    expect(table.out).toMatch(
      /^std_\S{8} +carol \(cfo\) +30d +agent bot-1 +bank\.transfer +input\.amount <= 9000/m,
    );
    const revoked = await bench.agentpolicy(["standing", "revoke", id.slice(0, 12)], {
      token: "ann-token",
    });
    expect(revoked).toMatchObject({ code: 0 });
    expect(await call(5000)).toMatchObject({ executed: false });
    const again = await bench.agentpolicy(["standing", "revoke", id]);
    expect(again).toMatchObject({ code: 1, out: "" });
    expect(again.err).toContain("not revoked: `ann` revoked it at ");
    const none = await bench.agentpolicy(["standing", "list"]);
    expect(none.out).toBe("✓ no approval is granted\n");
    const events = (await bench.store.log?.read({ limit: 1000 })) ?? [];
    const people = events.filter(({ event }) => ["granted", "revoked", "refused"].includes(event));
    expect(people.map(({ event, by, refused = "" }) => `${event} ${refused} ${by}`)).toEqual([
      "granted  carol",
      "revoked  ann",
      "refused revoked carol",
    ]);
    const [stood] = events.filter(({ event, tool }) => event === "evaluated" && tool === "bank.transfer");
    expect(stood).toMatchObject({ standing: [id], decision: { decision: "approval_required" } });
  });

  it("are given by nobody whom nobody knows", async () => {
    const nobody = await bench.agentpolicy(GRANT, { token: "wrong" });
    expect(nobody).toMatchObject({ code: 1, out: "" });
    expect(nobody.err).toContain("not granted: `whoever holds that token` is none of those who may approve");
  });

  it("count for nothing where their person may not approve", async () => {
    expect((await bench.agentpolicy(GRANT, { token: "eve-token" })).code).toBe(0);
    expect(await call(5000)).toMatchObject({ executed: false });
  });

  it.each([
    [["--until", "1d"], "required option '--actor <type:id>' not specified", 2],
    [["--actor", "bot", "--tool", "t", "--until", "1d"], "--actor takes a type and an id", 2],
    [["--actor", "a:b", "--tool", "t", "--until", "tomorrow"], "It must be a length of time or a time", 2],
    [
      ["--actor", "a:b", "--tool", "t", "--until", "2001-01-01"],
      "until does not fit: expected time to come",
      1,
    ],
    [["--actor", "a:b", "--tool", "t", "--until", "1d", "--when", "amount"], "`amount` is no condition", 2],
    [
      ["--actor", "a:b", "--tool", "t", "--until", "1d", "--when", "amount=1"],
      'when["amount"] does not fit',
      1,
    ],
  ])("%j", async (args, message, code) => {
    const ran = await bench.agentpolicy(["standing", "grant", ...args]);
    expect(ran).toMatchObject({ code, out: "" });
    expect(ran.err).toContain(message);
  });
};
