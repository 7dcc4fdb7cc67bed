import { describe, expect, it } from "vitest";
import { BAD, folder, GOOD, run, start } from "./run.ts";

const transfer = (amount: unknown, more: object = {}) => ({
  actor: { type: "agent", id: "a" },
  action: { name: "bank.transfer", input: { to: "bob", amount } },
  ...more,
});
const files = (requests: readonly object[]) => ({
  "pay.agentpolicy": GOOD,
  "one.json": JSON.stringify(requests[0], null, 2),
  "many.jsonl": `${requests.map((request) => JSON.stringify(request)).join("\n")}\n`,
});
const json = (out: string) =>
  out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("eval", () => {
  it("shows one decision", async () => {
    const cwd = folder(files([transfer(600)]));
    const ran = await run(["eval", "pay.agentpolicy", "--request", "one.json"], { cwd });
    expect(ran).toMatchObject({ code: 0, err: "" });
    expect(ran.out).toBe(
      [
        "‖ require approval  bank.transfer",
        "  code     rule",
        "  rule     pay.large",
        "  reason   Transfer of 600 to bob.",
        "  risk     high",
        "  approval 1 by cfo (pay.large)",
        "  within   30m",
        "",
      ].join("\n"),
    );
  });

  it("gives one decision a line in JSON, in its one shape", async () => {
    const cwd = folder(files([transfer(600), transfer(1), transfer("1"), { action: {} }]));
    const ran = await run(["eval", "pay.agentpolicy", "--requests", "many.jsonl", "--format", "json"], {
      cwd,
    });
    expect(ran).toMatchObject({ code: 0, err: "" });
    const decisions = json(ran.out);
    expect(decisions).toHaveLength(4);
    const policy = { name: "pay", version: "2.0.0", hash: expect.stringMatching(/^[0-9a-f]{64}$/) };
    expect(decisions[0]).toEqual({
      decision: "approval_required",
      code: "rule",
      rules: ["pay.large"],
      reasons: ["Transfer of 600 to bob."],
      risk: "high",
      requirements: [],
      approval: { approvers: [{ rule: "pay.large", from: ["cfo"], approvals: 1 }], within: 1_800_000 },
      policy,
    });
    expect(decisions[1]).toMatchObject({ decision: "allow", rules: ["pay.small"], risk: "low" });
    expect(decisions[2]).toMatchObject({
      decision: "deny",
      code: "invalid_request",
      misfit: { path: "input.amount", expected: "number", found: "string" },
    });
    expect(decisions[3]).toMatchObject({ decision: "deny", code: "invalid_request" });
  });

  it("lets each request stand alone, unless they follow one another", async () => {
    const cwd = folder(files([transfer(400), transfer(400), transfer(400)]));
    const args = ["eval", "pay.agentpolicy", "--requests", "many.jsonl", "--format", "json"];
    const alone = json((await run(args, { cwd })).out);
    expect(alone.map(({ decision }) => decision)).toEqual(["allow", "allow", "allow"]);
    const following = json((await run([...args, "--session"], { cwd })).out);
    expect(following.map(({ decision }) => decision)).toEqual(["allow", "allow", "deny"]);
    expect(following[2].reasons).toEqual(["The daily limit is reached."]);
  });

  it("forgets what has left the window", async () => {
    const day = 86_400_000;
    const cwd = folder(
      files([transfer(400, { now: 0 }), transfer(400, { now: 1 }), transfer(400, { now: day + 1 })]),
    );
    const args = ["eval", "pay.agentpolicy", "--requests", "many.jsonl", "--session", "--format", "json"];
    expect(json((await run(args, { cwd })).out).map(({ decision }) => decision)).toEqual([
      "allow",
      "allow",
      "allow",
    ]);
  });

  it("explains", async () => {
    const cwd = folder(files([transfer(600)]));
    const ran = await run(["eval", "pay.agentpolicy", "--request", "one.json", "--explain"], { cwd });
    expect(ran.code).toBe(0);
    expect(ran.out).toContain("input.amount <= 500");
    expect(ran.out).toContain(
      "allow pay.small did not match (not asked: a stricter rule had decided)  pay.agentpolicy:18:9",
    );
    const asJson = await run(
      ["eval", "pay.agentpolicy", "--request", "one.json", "--explain", "--format", "json"],
      {
        cwd,
      },
    );
    const [decision] = json(asJson.out);
    expect(decision.decision).toBe("approval_required");
    expect(JSON.stringify(decision.explanation)).toContain("pay.small");
  });

  it("reads standard input: a request, lines as they come, or the policy", async () => {
    const cwd = folder(files([transfer(1)]));
    const one = await run(["eval", "pay.agentpolicy", "--request", "-", "--format", "json"], {
      cwd,
      stdin: JSON.stringify(transfer(2)),
    });
    expect(json(one.out)[0].decision).toBe("allow");
    const policy = await run(["eval", "-", "--request", "one.json", "--format", "json"], {
      cwd,
      stdin: GOOD,
    });
    expect(json(policy.out)[0].policy.name).toBe("pay");
    const child = start(["eval", "pay.agentpolicy", "--requests", "-", "--format", "json"], { cwd });
    const ended = new Promise((resolve) => child.on("close", resolve));
    const answer = () =>
      new Promise<string>((resolve) => child.stdout?.once("data", (chunk) => resolve(String(chunk))));
    child.stdin?.write(`${JSON.stringify(transfer(3))}\n`);
    expect(json(await answer())[0].decision).toBe("allow");
    child.stdin?.write(`\r\n${JSON.stringify(transfer(900))}`);
    child.stdin?.end();
    expect(json(await answer())[0].decision).toBe("approval_required");
    expect(await ended).toBe(0);
  });

  it("stops quietly when its reader has gone", async () => {
    const many = Array.from({ length: 20_000 }, () => transfer(1));
    const cwd = folder(files(many));
    const child = start(["eval", "pay.agentpolicy", "--requests", "many.jsonl", "--format", "json"], { cwd });
    let err = "";
    child.stderr?.on("data", (chunk) => {
      err += chunk;
    });
    const ended = new Promise((resolve) => child.on("close", (code) => resolve(code)));
    child.stdout?.once("data", () => child.stdout?.destroy());
    expect(await ended).toBe(0);
    expect(err).toBe("");
  });
});

describe("eval, wrongly used", () => {
  const cases: readonly (readonly [readonly string[], number, string])[] = [
    [["pay.agentpolicy"], 2, "which request? give --request or --requests"],
    [["pay.agentpolicy", "--request", "one.json", "--requests", "many.jsonl"], 2, "not both"],
    [["absent.agentpolicy", "--request", "one.json"], 2, "there is no file `absent.agentpolicy`"],
    [["one.json", "--request", "one.json"], 2, "`one.json` is no policy"],
    [["pay.agentpolicy", "--request", "absent.json"], 2, "there is no file `absent.json`"],
    [["pay.agentpolicy", "--request", "."], 2, "`.` is a folder"],
    [
      ["pay.agentpolicy", "--request", "broken.json"],
      2,
      "`broken.json` is not JSON: value expected, line 2, column 13",
    ],
    [["pay.agentpolicy", "--request", "empty.json"], 2, "`empty.json` is not JSON: it is empty"],
    [["pay.agentpolicy", "--requests", "broken.jsonl"], 2, "`broken.jsonl:2` is not JSON"],
    [["-", "--request", "-"], 2, "only one of policy and requests can be standard input"],
    [["bad.agentpolicy", "--request", "one.json"], 1, "error[unknown-argument]"],
  ];
  it.each(cases)("%j", async (args, code, message) => {
    const cwd = folder({
      ...files([transfer(1)]),
      "bad.agentpolicy": BAD,
      "broken.json": '{\n  "action": }\n',
      "empty.json": "",
      "broken.jsonl": `${JSON.stringify(transfer(1))}\nnope\n`,
    });
    const ran = await run(["eval", ...args, "--format", "json"], { cwd });
    expect(ran.err).toContain(message);
    expect(ran.err).not.toMatch(/\bat .*\.[jt]s:\d+/);
    expect(ran.code).toBe(code);
  });
});
