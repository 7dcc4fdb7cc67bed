import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { optional, STRING } from "@agentpolicy/language";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emitModule } from "../../src/emit/emit.ts";
import { quote } from "../../src/emit/literal.ts";
import { makePlan } from "../../src/plan/make.ts";
import * as p from "../support/build.ts";
import { compileText } from "../support/compile.ts";
import { linesWithErrors } from "../support/tsc.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

const POLICY = `policy payments
tools bank {
  transfer_money(to: string, amount: number, cc?: string[], mode: "now" | "later")
  close(account: { id: string, kind?: 1 | 2 })
}
tools { ping() }
on bank.* { allow some when input has cc }
on ping { allow all }
`;

const USE = `import { createAgentIAM } from "@agentpolicy/runtime";
import closedPolicy from "./closed.policy.js";
import openPolicy from "./open.policy.js";
const closed = createAgentIAM({ policy: closedPolicy });
const open = createAgentIAM({ policy: openPolicy });
const actor = { type: "agent", id: "bot-1" };
const run = () => 1;
`;

/** Lines of calls; those with \`WRONG\` must not type-check, the others must. */
const CALLS = `closed.guard({ actor, action: { name: "bank.transfer_money", input: { to: "a", amount: 1, mode: "now" } } }, run);
closed.guard({ actor, action: { name: "bank.transfer_money", input: { to: "a", amount: 1, mode: "later", cc: ["b"] } } }, run);
closed.guard({ actor, action: { name: "bank.close", input: { account: { id: "x", kind: 2 } } } }, run);
closed.guard({ actor, action: { name: "ping", input: {} } }, run);
closed.guard({ actor, action: { name: "ping" } }, run);
open.guard({ actor, action: { name: "bank.close", input: { account: { id: "x" } } } }, run);
open.guard({ actor, action: { name: "whatever.else", input: { anything: [1] } } }, run);
closed.guard({ actor, action: { name: "bank.transfer", input: { to: "a", amount: 1, mode: "now" } } }, run); // WRONG no such tool
closed.guard({ actor, action: { name: "bank.transfer_money", input: { to: "a", amount: "1", mode: "now" } } }, run); // WRONG type
closed.guard({ actor, action: { name: "bank.transfer_money", input: { to: "a", mode: "now" } } }, run); // WRONG amount is missing
closed.guard({ actor, action: { name: "bank.transfer_money", input: { to: "a", amount: 1, mode: "soon" } } }, run); // WRONG no such mode
closed.guard({ actor, action: { name: "bank.transfer_money", input: { to: "a", amount: 1, mode: "now", bcc: [] } } }, run); // WRONG undeclared
closed.guard({ actor, action: { name: "bank.close", input: { account: { id: "x", kind: 3 } } } }, run); // WRONG nested
closed.guard({ actor, action: { name: "whatever.else", input: {} } }, run); // WRONG unknown tools are not covered
open.guard({ actor, action: { name: "bank.close", input: { account: { id: 7 } } } }, run); // WRONG although unknown tools are covered
closed.guard({ actor, action: { name: "bank.close", input: { account: { id: "x" } } } }, ({ account }) => account.id.length);
closed.guard({ actor, action: { name: "bank.close", input: { account: { id: "x" } } } }, ({ amount }) => amount); // WRONG input
`;

describe("the types of a compiled policy, with the real compiler", () => {
  let folder = "";

  beforeAll(() => {
    mkdirSync(join(root, "compiler", ".scratch"), { recursive: true });
    folder = mkdtempSync(join(root, "compiler", ".scratch", "types-"));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("let right calls through and stop wrong ones", () => {
    for (const [name, more] of [
      ["closed", ""],
      ["open", "on unknown { require approval unreviewed }\n"],
    ] as const) {
      const { code, types } = compileText(POLICY + more);
      writeFileSync(join(folder, `${name}.policy.js`), code);
      writeFileSync(join(folder, `${name}.policy.d.ts`), types);
    }
    const lines = `${USE}${CALLS}`.split("\n");
    writeFileSync(join(folder, "use.ts"), lines.join("\n"));
    const wrong = lines.flatMap((line, i) => (line.includes("// WRONG") ? [i + 1] : []));
    expect(wrong.length).toBeGreaterThan(5);
    expect(linesWithErrors(folder, "use.ts", {})).toEqual(wrong);
  });

  it("are well-formed whatever tools, arguments and descriptions are called", () => {
    const names = [
      "__proto__",
      "constructor",
      'a"b',
      "a\u2028b",
      "\ud800",
      "*/",
      "</script>",
      "1",
      "",
      "a b",
    ];
    const tools = names.map((name) => ({
      ...p.tool(name, Object.fromEntries(names.map((field) => [field, optional(STRING)])), "closed"),
      doc: `${name} */ export const broken: never = 1;\n\n${name}`,
    }));
    const { types } = emitModule(makePlan(p.policy({ tools })));
    writeFileSync(join(folder, "odd.policy.d.ts"), types);
    const use = names.map((name, i) => `export type T${i} = Calls[${quote(name)}]["a b"];`);
    const lines = [
      'import type { Calls } from "./odd.policy.js";',
      ...use,
      'export type No = Calls["none"];',
    ];
    writeFileSync(join(folder, "odd.ts"), lines.join("\n"));
    expect(linesWithErrors(folder, "odd.ts", {})).toEqual([lines.length]);
  });
});
