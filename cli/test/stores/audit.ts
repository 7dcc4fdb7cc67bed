import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Kind } from "../../../stores/test/support/places.ts";
import { start } from "../run.ts";
import { type Bench, makeBench, POLICY } from "./bench.ts";

/** Reading, verifying and replaying what happened, on one kind of store. */
export const auditSuite = (kind: () => Kind): void => {
  let bench: Bench;
  const recordsOf = async () => (await bench.store.log?.read({ limit: 1000 })) ?? [];
  const file = (name: string) => join(bench.cwd, name);
  const linesOf = (name: string) => readFileSync(file(name), "utf8").trimEnd().split("\n");
  const written = (name: string, lines: readonly string[]) =>
    writeFileSync(file(name), `${lines.join("\n")}\n`);
  beforeAll(async () => {
    bench = await makeBench(kind());
    const request = (name: string, input: object) => ({
      actor: { type: "agent", id: "bot-1" },
      action: { name, input },
    });
    await bench.guard.guard(request("bank.get_balance", { account: "x" }), () => 1);
    const id = await bench.paused("bank.transfer", { to: "a", amount: 5000, iban: "DE02", memo: "\u009b2J" });
    await bench.agentpolicy(["checkpoints", "approve", id], { token: "bob-token" });
    await bench.guard.resume(id, () => 1);
    await bench.paused("bank.wire", { to: "a", amount: 1 }, { id: "bot-2" });
    await bench.guard.guard(request("bank.nothing", {}), () => 1);
  });
  afterAll(() => bench?.close());

  describe("tail", () => {
    it("shows the last records, and those that are asked for", async () => {
      const all = await recordsOf();
      const ran = await bench.agentpolicy(["audit", "tail"]);
      expect(ran).toMatchObject({ code: 0, err: "" });
      expect(ran.out.trimEnd().split("\n")).toHaveLength(all.length);
      expect(ran.out).toMatch(
        /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}approved {3}bank\.transfer {2}agent bot-1 {2}by bob \(finance-lead, cfo\) {2}chk_\S+ {2}#\d+$/m,
      );
      expect(ran.out).toMatch(/evaluated {2}bank\.nothing {2}agent bot-1 {2}✗ deny {2}code unknown_tool/);
      expect(ran.out).not.toMatch(/\u009b|DE02/);
      const last = await bench.agentpolicy(["audit", "tail", "--limit", "2", "--json"]);
      const shown = last.out
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line));
      expect(shown).toEqual(all.slice(-2));
      const seqs = async (...args: readonly string[]) =>
        (await bench.agentpolicy(["audit", "tail", "--json", ...args])).out
          .split("\n")
          .filter(Boolean)
          .map((line) => JSON.parse(line).seq);
      const where = (wanted: (record: (typeof all)[number]) => boolean) =>
        all.filter(wanted).map(({ seq }) => seq);
      expect(await seqs("--event", "approved")).toEqual(where(({ event }) => event === "approved"));
      expect(await seqs("--actor", "bot-2")).toEqual(where(({ actor }) => actor?.id === "bot-2"));
      expect(await seqs("--tool", "bank.transfer", "--limit", "1")).toEqual(
        where(({ tool }) => tool === "bank.transfer").slice(-1),
      );
      expect(await seqs("--since", "1h")).toEqual(where(() => true));
      expect(await seqs("--since", "2999-01-01")).toEqual([]);
    });

    it("goes on as records come", async () => {
      const child = start(["audit", "tail", "--follow", "--limit", "1"], {
        cwd: bench.cwd,
        env: { AGENTPOLICY_STORE: bench.url },
      });
      let out = "";
      child.stdout?.on("data", (chunk) => {
        out += chunk;
      });
      const until = async (holds: () => boolean) => {
        for (let tries = 0; tries < 200 && !holds(); tries += 1)
          await new Promise((resolve) => setTimeout(resolve, 50));
        expect(holds(), out).toBe(true);
      };
      try {
        await until(() => out.split("\n").length === 2);
        const id = await bench.paused("bank.wire", { to: "a", amount: 2 }, { id: "bot-3" });
        await until(() => out.includes(id));
        expect(out.split("\n")).toHaveLength(4);
      } finally {
        const ended = new Promise((resolve) => child.on("close", (code, signal) => resolve(signal ?? code)));
        child.kill("SIGINT");
        expect(await ended).toBe("SIGINT");
      }
    });
  });

  describe("export and verify", () => {
    it("writes exactly the records, and they are found whole", async () => {
      const ran = await bench.agentpolicy(["audit", "export", "-o", "all.jsonl"]);
      const all = await recordsOf();
      expect(ran).toMatchObject({ code: 0, out: "", err: `wrote all.jsonl (${all.length} records)\n` });
      expect(linesOf("all.jsonl").map((line) => JSON.parse(line))).toEqual(all);
      const over = await bench.agentpolicy(["audit", "export", "-o", "all.jsonl"]);
      expect(over).toMatchObject({ code: 2, out: "" });
      expect(over.err).toContain("`all.jsonl` is there already");
      const piped = await bench.agentpolicy(["audit", "export", "--after", "3"]);
      expect(piped.out.trimEnd().split("\n")).toEqual(linesOf("all.jsonl").slice(3));
      const { hash = "" } = all.at(-1) ?? {};
      const checked = await bench.json(["audit", "verify", "all.jsonl", "--store", bench.url]);
      expect(checked).toMatchObject({
        ok: true,
        checked: [{ source: "all.jsonl" }, { head: `${all.length}:${hash}` }],
      });
      expect(JSON.stringify(checked)).not.toMatch(/postgres:postgres/);
      const own = await bench.agentpolicy(["audit", "verify", "--head", `${all.length}:${hash}`]);
      expect(own).toMatchObject({ code: 0 });
      expect(own.out).toContain(`${all.length} records, the chain holds`);
      expect(own.out).toContain(`head ${all.length}:${hash}`);
    });

    it("finds what was altered, taken out and cut off, with its line", async () => {
      await bench.agentpolicy(["audit", "export", "-o", "x.jsonl", "--force"]);
      const lines = linesOf("x.jsonl");
      const altered = lines.map((line, at) => (at === 2 ? line.replace("5000", "6000") : line));
      written("altered.jsonl", altered);
      expect((await bench.agentpolicy(["audit", "verify", "altered.jsonl"])).out).toContain(
        "line 3, #3 altered",
      );
      written("missing.jsonl", lines.toSpliced(3, 2));
      const missing = await bench.agentpolicy(["audit", "verify", "missing.jsonl"]);
      expect(missing).toMatchObject({ code: 1, err: "" });
      expect(missing.out).toContain("✗ missing.jsonl: 1 finding");
      expect(missing.out).toContain("#4 to #5 missing");
      written("cut.jsonl", lines.slice(0, -2));
      expect(await bench.agentpolicy(["audit", "verify", "cut.jsonl"])).toMatchObject({ code: 0 });
      const head = `${lines.length}:${JSON.parse(lines.at(-1) ?? "").hash}`;
      const cut = await bench.agentpolicy(["audit", "verify", "cut.jsonl", "--head", head]);
      expect(cut).toMatchObject({ code: 1 });
      expect(cut.out).toContain("cut off: by a head that was noted");
      written("foreign.jsonl", [...lines.slice(0, 2), '{"a":1}', ...lines.slice(2)]);
      const foreign = await bench.json(["audit", "verify", "foreign.jsonl"]);
      expect(foreign).toMatchObject({
        ok: false,
        checked: [{ findings: [{ kind: "foreign", after: 2, line: 3 }] }],
      });
      written("torn.jsonl", [...lines.slice(0, 2), lines[2]?.slice(0, 40) ?? "", ...lines.slice(2)]);
      const torn = await bench.agentpolicy(["audit", "verify", "torn.jsonl"]);
      expect(torn).toMatchObject({ code: 0 });
      expect(torn.out).toContain("line 3 broken off");
    });

    it("finds what was done to the store behind its back", async () => {
      const findings = async (sql: (table: string) => string) => {
        const mine = await makeBench(kind());
        try {
          for (const amount of [1, 2, 3]) await mine.paused("bank.wire", { to: "a", amount });
          await mine.tamper(sql);
          const ran = await mine.agentpolicy(["audit", "verify"]);
          expect(ran).toMatchObject({ code: 1, err: "" });
          return ran.out.match(/^ {2}(?:#|after).*$/gm);
        } finally {
          await mine.close();
        }
      };
      expect(
        await findings((t) => `UPDATE ${t} SET record = replace(record, 'bot-1', 'bot-2') WHERE seq = 2`),
      ).toEqual([expect.stringContaining("  #2 altered")]);
      expect(await findings((t) => `DELETE FROM ${t} WHERE seq = 3`)).toEqual(["  #3 missing"]);
      expect(await findings((t) => `DELETE FROM ${t} WHERE seq > 4`)).toEqual([
        expect.stringContaining("  #5 to #6 cut off"),
      ]);
      expect(await findings((t) => `UPDATE ${t} SET record = 'broken' WHERE seq IN (2, 6)`)).toEqual([
        "  after #1 no record",
        "  after #5 no record",
        expect.stringContaining("  #2 missing"),
        expect.stringContaining("  #6 cut off"),
      ]);
    });

    it("compares a file with the store, also where the file is a part", async () => {
      await bench.agentpolicy(["audit", "export", "--after", "3", "-o", "part.jsonl", "--force"]);
      const alone = await bench.agentpolicy(["audit", "verify", "part.jsonl"]);
      expect(alone).toMatchObject({ code: 1 });
      expect(alone.out).toContain("#1 to #3 missing");
      expect(await bench.agentpolicy(["audit", "verify", "part.jsonl", "--store", bench.url])).toMatchObject({
        code: 0,
      });
      const { seq, hash } = (await recordsOf())[2] ?? {};
      expect(
        await bench.agentpolicy(["audit", "verify", "part.jsonl", "--from", `${seq}:${hash}`]),
      ).toMatchObject({ code: 0 });
      // The same calls in another store are another chain.
      const other = await makeBench(kind());
      try {
        await other.paused("bank.wire", { to: "a", amount: 1 });
        const ran = await bench.agentpolicy(["audit", "verify", "part.jsonl", "--store", other.url]);
        expect(ran).toMatchObject({ code: 1 });
        expect(ran.out).toContain("cut off");
      } finally {
        await other.close();
      }
    });

    it.each([
      [["--head", "12"], "`12` is no head"],
      [["none.jsonl"], "there is no file `none.jsonl`"],
      [["."], "`.` is a folder, not a file"],
    ])("%j", async (args, message) => {
      const ran = await bench.agentpolicy(["audit", "verify", ...args]);
      expect(ran).toMatchObject({ code: 2, out: "" });
      expect(ran.err).toContain(message);
    });

    it("leaves nothing behind where it cannot write", async () => {
      const ran = await bench.agentpolicy(["audit", "export", "-o", "no/such/folder.jsonl"]);
      expect(ran).toMatchObject({ code: 2, out: "" });
      expect(ran.err).toContain("cannot write `no/such/folder.jsonl`");
      expect(existsSync(file("no"))).toBe(false);
    });
  });

  describe("replay", () => {
    it("changes nothing under the same policy, from the store and from a file", async () => {
      expect(await bench.agentpolicy(["replay", "--policy", "pay.agentpolicy"])).toMatchObject({
        code: 0,
        out: expect.stringMatching(/^✓ \d+ judgements: `pay\.agentpolicy` changes nothing\n$/),
      });
      await bench.agentpolicy(["audit", "export", "-o", "replay.jsonl", "--force"]);
      const ran = await bench.agentpolicy(["replay", "replay.jsonl", "--policy", "pay.agentpolicy"]);
      expect(ran).toMatchObject({ code: 0, err: "" });
    });

    it("says what would be newly allowed first, then what would be denied, and what cannot be told", async () => {
      const looser = POLICY.replace("  require approval two", "  allow two").replace(
        / {4}from "cfo", "finance-lead"\n {4}approvals 2\n {4}within 2h\n/,
        "",
      );
      writeFileSync(
        file("new.agentpolicy"),
        looser
          .replace("  allow reads\n", "  deny reads\n")
          .replace(
            "    when input.amount > 500\n",
            '    when input.amount > 500 and (input.iban ?? "") != "DE99"\n',
          ),
      );
      const ran = await bench.agentpolicy(["replay", "--policy", "new.agentpolicy"]);
      expect(ran).toMatchObject({ code: 1, err: "" });
      const titles = ran.out.match(/^(?:newly|less|stricter|the same|cannot).*$/gm);
      expect(titles).toEqual(["newly allowed (2)", "newly denied (1)", "cannot be told (2)"]);
      expect(ran.out).toMatch(
        /2 × {2}bank\.wire {2}‖ require approval \(pay\.two\) → ✓ allow \(pay\.two\) {2}#\d+ #\d+/,
      );
      expect(ran.out).toContain("masked: input.iban");
      const json = await bench.json(["replay", "--policy", "new.agentpolicy"]);
      expect(json.counts).toMatchObject({ "newly-allowed": 2, "newly-denied": 1, words: 0 });
      expect(json.changes[0]).toMatchObject({
        group: "newly-allowed",
        tool: "bank.wire",
        after: { decision: "allow" },
      });
    });

    it.each([
      [["none.jsonl", "--policy", "pay.agentpolicy"], "there is no file `none.jsonl`"],
      [["approvers.json", "--policy", "pay.agentpolicy"], "`approvers.json:1` is no audit record"],
      [["--policy", "none.agentpolicy"], "there is no file `none.agentpolicy`"],
      [["-", "--policy", "-"], "only one of policy and records can be standard input"],
    ])("%j", async (args, message) => {
      const ran = await bench.agentpolicy(["replay", ...args]);
      expect(ran).toMatchObject({ code: 2, out: "" });
      expect(ran.err).toContain(message);
    });
  });
};
