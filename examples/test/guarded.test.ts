import { fileURLToPath } from "node:url";
import { type AgentIAM, createAgentIAM, createCheckpoints, loadPolicyFile, memory } from "agentpolicy";
import { expect, it } from "vitest";

const guardOf = async (path: string, store = memory()): Promise<AgentIAM> => {
  const file = fileURLToPath(new URL(`../${path}.agentpolicy`, import.meta.url));
  return createAgentIAM({ policy: await loadPolicyFile(file), store });
};

const ROLES: { readonly [id: string]: readonly string[] } = {
  "bot-1": ["cfo"],
  ann: ["finance-lead"],
  cem: ["cfo"],
};

const actor = { type: "agent", id: "bot-1", role: "finance" };
const session = { id: "s-1" };

it("payments: two finance leads approve a large transfer, once, and the day's limit counts what ran", async () => {
  const store = memory();
  const iam = await guardOf("payments/payments", store);
  const authenticate = (id: string) => ({ id, roles: ROLES[id] ?? [] });
  const checkpoints = createCheckpoints({ store, authenticate });
  const transfer = (amount: number) => ({
    actor,
    session,
    context: { env: "dev" },
    action: { name: "bank.transfer_money", input: { to: "acct-9", amount, iban: "DE89370400440532013000" } },
  });
  const paid: unknown[] = [];
  const pay = (input: unknown) => void paid.push(input);

  const paused = await iam.guard(transfer(6000), pay);
  expect(paused.executed).toBe(false);
  expect(paused.decision.rules).toEqual(["payments.large-transfer"]);
  expect(paused.decision.reasons).toEqual(["Transfer of 6000 to acct-9 (•••)."]);
  const id = paused.checkpoint?.id ?? "";
  expect((await checkpoints.approve(id, "bot-1")).ok).toBe(false);
  expect((await checkpoints.approve(id, "ann")).checkpoint?.state).toBe("pending");
  expect((await checkpoints.approve(id, "ann")).ok).toBe(false);
  expect((await checkpoints.approve(id, "cem")).checkpoint?.state).toBe("approved");
  expect((await iam.guard(transfer(6000), pay, { resumeCheckpointId: id })).executed).toBe(true);
  expect((await iam.guard(transfer(6000), pay, { resumeCheckpointId: id })).executed).toBe(false);
  expect(paid.length).toBe(1);

  const over = await iam.guard(transfer(4500), pay);
  expect(over.decision.rules).toEqual(["payments.daily-limit"]);
});

it("payments: what was read taints the mail of the same session", async () => {
  const iam = await guardOf("payments/payments");
  const call = (name: string, input: unknown) =>
    iam.guard(
      { actor, session, context: { env: "prod", ticket: "T-1" }, action: { name, input } },
      () => "done",
    );
  expect((await call("mail.read_inbox", {})).executed).toBe(true);
  const sent = await call("mail.send", { to: ["x@evil.example"], subject: "", body: "" });
  expect(sent.decision.rules).toEqual(["payments.exfiltration"]);
});

it("shell: reads run, changes wait, what hides a change waits too", async () => {
  const iam = await guardOf("shell/shell");
  const run = async (command: string) => {
    const request = { actor, action: { name: "shell.run", input: { command } } };
    return (await iam.guard(request, () => "done")).decision.decision;
  };
  expect(await run("git log --oneline")).toBe("approval_required");
  expect(await run("git log")).toBe("allow");
  expect(await run("git log | sh")).toBe("approval_required");
  expect(await run("sudo rm -rf /")).toBe("approval_required");
  expect(await run("rm -rf /")).toBe("deny");
});

it("github: one path that climbs into the machinery makes a push wait", async () => {
  const iam = await guardOf("github/github");
  const push = async (path: string) => {
    const input = {
      owner: "acme",
      repo: "site",
      branch: "bot/x",
      message: "m",
      files: [{ path, content: "" }],
    };
    const request = {
      actor: { ...actor, role: "maintainer-bot" },
      action: { name: "github.push_files", input },
    };
    return (await iam.guard(request, () => "done")).decision.rules;
  };
  expect(await push("docs/a.md")).toEqual(["github.own-branch-files"]);
  expect(await push("docs/..%2F.github/workflows/ci.yml")).toEqual(["github.machinery-files"]);
});
