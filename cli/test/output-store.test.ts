import type { AuditRecord, Checkpoint, Standing } from "@agentpolicy/runtime";
import { describe, expect, it } from "vitest";
import { reportsText } from "../src/output/chain.ts";
import { checkpointList } from "../src/output/checkpoint-list.ts";
import { checkpointView } from "../src/output/checkpoint-view.ts";
import { jsonText } from "../src/output/json-text.ts";
import { about } from "../src/output/moments.ts";
import { recordLines } from "../src/output/record.ts";
import { brief, safe } from "../src/output/safe.ts";
import { shortIds } from "../src/output/short-id.ts";
import { standingList } from "../src/output/standing.ts";
import { makeStyle } from "../src/output/style.ts";

const style = makeStyle(false);
const NOW = Date.UTC(2026, 4, 1, 12);
const ID = "chk_3f2a9c1b-0000-4000-8000-000000000001";

const checkpoint = (more: Partial<Checkpoint> = {}): Checkpoint => ({
  id: ID,
  state: "pending",
  request: {
    actor: { type: "agent", id: "bot-1" },
    action: { name: "bank.wire", input: { to: "acct-9", items: [{ price: 1 }], "odd key": null } },
    context: { env: "prod" },
  },
  decision: {
    decision: "approval_required",
    code: "rule",
    rules: ["pay.two"],
    reasons: ["A wire."],
    risk: "high",
    requirements: ["second_look"],
    approval: { approvers: [{ rule: "pay.two", from: ["cfo", "lead"], approvals: 2 }], within: 7_200_000 },
    policy: { name: "pay", version: "1.0.0", hash: "abc" },
  },
  createdAt: NOW - 180_000,
  changedAt: NOW - 60_000,
  expiresAt: NOW + 1_620_000,
  approvals: [{ by: "ann", roles: ["lead"], at: NOW - 60_000, reason: "fine" }],
  ...more,
});

describe("a list of checkpoints", () => {
  it("is a table", () => {
    const asks = checkpoint({
      id: "custom-id",
      decision: {
        ...checkpoint().decision,
        risk: "low",
        approval: undefined as never,
        clarification: { questions: [], needs: ["context.ticket"], within: 1 },
      },
      approvals: [],
    });
    const done = checkpoint({ id: ID.replace("3f2a", "ffff"), state: "rejected", by: "bob\u001b" });
    const text = checkpointList([checkpoint(), asks, done], { now: NOW, states: true, style });
    expect(`\n${text}`).toBe(`
ID            STATE       AGE  EXPIRES IN  TOOL       ACTOR        RISK  WAITS FOR
chk_3f2a9c1b  ‖ pending   3m   27m         bank.wire  agent bot-1  high  1 of 2 by cfo or lead
custom-id     ‖ pending   3m   27m         bank.wire  agent bot-1  low   an answer: context.ticket
chk_ffff9c1b  ✗ rejected  3m   –           bank.wire  agent bot-1  high  – (by bob\\u{1b})
`);
  });
  it("keeps its columns where there are colours", () => {
    const coloured = checkpointList([checkpoint()], { now: NOW, states: true, style: makeStyle(true) });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what is taken away
    const plain = coloured.replace(/\u001b\[\d+m/g, "");
    expect(plain).toBe(checkpointList([checkpoint()], { now: NOW, states: true, style }));
    expect(coloured).not.toBe(plain);
  });
  it("shows ids as long as they have to be", () => {
    const ids = ["chk_00000000-0000-4000-8000-000000000001", "chk_00000000-0000-4000-8000-000000000002"];
    const short = shortIds(ids);
    expect(short(ids[0] ?? "")).not.toBe(short(ids[1] ?? ""));
    expect(shortIds([ID])(ID)).toBe("chk_3f2a9c1b");
    expect(shortIds([])("x")).toBe("x");
  });
});

describe("a checkpoint", () => {
  it("is shown with all that somebody needs", () => {
    const record = { seq: 7, event: "paused", at: NOW, previous: "", hash: "" } as const;
    const text = checkpointView(checkpoint({ version: 1 }), [record], { now: NOW, style });
    expect(text.replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, "WHEN")).toBe(`‖ pending  bank.wire  ${ID}
  asked     WHEN (3m ago)
  expires   WHEN (in 27m)
  reason    A wire.
  risk      high
  requires  second_look
  rule      pay.two
  policy    pay 1.0.0 abc

  actor
    actor.type  "agent"
    actor.id    "bot-1"

  call (edition 1, changed by an approver)
    input.to              "acct-9"
    input.items[0].price  1
    input["odd key"]      null
    context.env           "prod"

  approvers
    1 of 2    by cfo or lead (pay.two)
    approved  by ann (lead) WHEN (1m ago): fine

  history
    WHEN  paused     #7

  what you can do
    agentpolicy checkpoints approve ${ID} --edition 1
    agentpolicy checkpoints approve ${ID} --edition 1 --edit input.to=…
    agentpolicy checkpoints reject ${ID} --reason "…"
    agentpolicy checkpoints cancel ${ID} --reason "…"
`);
  });
});

describe("standing approvals", () => {
  it("are a table", () => {
    const standing: Standing = {
      id: "std_91d4e2aa-0000-4000-8000-000000000001",
      state: "granted",
      actor: { type: "agent", id: "bot-1" },
      tool: "bank.wire",
      when: { "input.amount": { gte: 1, lt: 5 }, "input.to": { in: ["a", "b"] }, "context.env": "dev" },
      until: NOW + 86_400_000 * 3,
      approval: { by: "ann", roles: ["lead"], at: NOW },
    };
    expect(`\n${standingList([standing], { now: NOW, states: false, style })}`).toBe(`
ID            BY          EXPIRES IN  ACTOR        TOOL       WHEN
std_91d4e2aa  ann (lead)  3d          agent bot-1  bank.wire  input.amount >= 1 and input.amount < 5 and input.to in ["a","b"] and context.env = "dev"
`);
  });
});

describe("records", () => {
  it("are lines, whatever agents write", () => {
    const records: AuditRecord[] = [
      {
        seq: 1,
        event: "failed",
        at: NOW,
        tool: "x\n\u202e",
        actor: { type: "agent", id: "\u001b[2J" },
        error: "no\u0007",
        previous: "",
        hash: "",
      },
      {
        seq: 2,
        event: "refused",
        at: NOW,
        refused: "own_call",
        by: "ann",
        roles: ["lead"],
        reason: "why not",
        previous: "",
        hash: "",
      },
      { seq: 3, event: "evaluated", at: Number.NaN, previous: "", hash: "" },
    ];
    const text = recordLines(records, { style, checkpoint: true });
    expect(text.replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, "WHEN")).toBe(
      "WHEN  failed     x \\u{202e}  agent \\u{1b}[2J  no\\u{7}  #1\n" +
        "WHEN  refused    own call  by ann (lead)  “why not”  #2\n" +
        "no time  evaluated  #3\n",
    );
  });
});

describe("a chain", () => {
  it("is reported with what is wrong, what is open, and its head", () => {
    const head = { seq: 9, hash: "f".repeat(64) };
    const open = Array.from({ length: 12 }, (_, at) => ({ call: `c${at}`, seq: at + 1, at: NOW, tool: "t" }));
    const text = reportsText(
      [
        {
          source: "a.jsonl",
          report: {
            ok: false,
            findings: [{ kind: "missing", from: 4, to: 4 }],
            more: 2,
            records: 8,
            head,
            open,
          },
          torn: [3, 9],
        },
      ],
      style,
    );
    expect(text).toContain("✗ a.jsonl: 3 findings in 8 records\n  #4 missing\n  … and 2 findings more\n");
    expect(text).toContain("lines 3, 9 broken off");
    expect(text).toContain("12 calls have no outcome");
    expect(text).toContain("    … and 2 more\n");
    expect(text).toContain(`head ${head.seq}:${head.hash}`);
    expect(text).not.toContain("note the head down");
  });
});

describe("foreign text", () => {
  it("can neither move the cursor nor hide", () => {
    expect(safe("a\u001b\u009b\u202e\u200b\u2028é🙂")).toBe("a\\u{1b}\\u{9b}\\u{202e}\\u{200b}\\u{2028}é🙂");
    expect(brief("a\n  b\tc", 4)).toBe("a b…");
    const json = jsonText({ text: "\u009b\u202e\u{e0001}\n🙂" });
    expect(json).toBe('{\n  "text": "\\u009b\\u202e\\udb40\\udc01\\n🙂"\n}\n');
    expect(JSON.parse(json)).toEqual({ text: "\u009b\u202e\u{e0001}\n🙂" });
  });
  it("times are short", () => {
    expect([0, 999, 59_400, 1_799_000, 5_400_000, 86_400_000, 864_000_000].map(about)).toEqual([
      "0s",
      "1s",
      "59s",
      "30m",
      "2h",
      "1d",
      "10d",
    ]);
    expect(about(-5)).toBe("0s");
  });
});
