import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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

/** A guard's own type of a call: what \`createAgentIAM\` asks for. */
const USE = `import type { Calls, Policy, Request } from "@agentpolicy/runtime/abi";
import closed from "./closed.policy.js";
import open from "./open.policy.js";
declare const ask: <C extends Calls, N extends keyof C & string>(policy: Policy<C>, request: Request<N, C[N]>) => void;
const actor = { type: "agent", id: "bot-1" };
`;

/** Lines of calls; those with \`WRONG\` must not type-check, the others must. */
const CALLS = `ask(closed, { actor, action: { name: "bank.transfer_money", input: { to: "a", amount: 1, mode: "now" } } });
ask(closed, { actor, action: { name: "bank.transfer_money", input: { to: "a", amount: 1, mode: "later", cc: ["b"] } } });
ask(closed, { actor, action: { name: "bank.close", input: { account: { id: "x", kind: 2 } } } });
ask(closed, { actor, action: { name: "ping", input: {} } });
ask(closed, { actor, action: { name: "ping" } });
ask(open, { actor, action: { name: "bank.close", input: { account: { id: "x" } } } });
ask(open, { actor, action: { name: "whatever.else", input: { anything: [1] } } });
ask(closed, { actor, action: { name: "bank.transfer", input: { to: "a", amount: 1, mode: "now" } } }); // WRONG no such tool
ask(closed, { actor, action: { name: "bank.transfer_money", input: { to: "a", amount: "1", mode: "now" } } }); // WRONG type
ask(closed, { actor, action: { name: "bank.transfer_money", input: { to: "a", mode: "now" } } }); // WRONG amount is missing
ask(closed, { actor, action: { name: "bank.transfer_money", input: { to: "a", amount: 1, mode: "soon" } } }); // WRONG no such mode
ask(closed, { actor, action: { name: "bank.transfer_money", input: { to: "a", amount: 1, mode: "now", bcc: [] } } }); // WRONG undeclared
ask(closed, { actor, action: { name: "bank.close", input: { account: { id: "x", kind: 3 } } } }); // WRONG nested
ask(closed, { actor, action: { name: "whatever.else", input: {} } }); // WRONG unknown tools are not covered
ask(open, { actor, action: { name: "bank.close", input: { account: { id: 7 } } } }); // WRONG although unknown tools are covered
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
});
