import { expect, test } from "vitest";
import { workspaceSymbols } from "../src/ide/features/symbols.ts";
import { snapshotFor } from "./support/ask.ts";

const FILES = {
  "policy.agentpolicy": `tools bank from "./bank.json" { pay @idempotent }
tools shell { run(command: string) }
on bank.pay { allow small-payment when input.amount < 5 }
on shell.run { deny all-runs }
`,
  "bank.json": JSON.stringify([
    { name: "pay", inputSchema: { type: "object", properties: { amount: { type: "number" } } } },
    { name: "repay", inputSchema: { type: "object" } },
  ]),
};

const found = (query: string): readonly string[] =>
  workspaceSymbols(snapshotFor({ files: FILES }), query).map(
    ({ kind, container, name, file, start, end }) =>
      `${kind} ${container ?? ""}/${name} ${file} ${FILES[file as keyof typeof FILES].slice(start, end)}`,
  );

test("finds rules and tools by some of their letters, and tools of catalogues where they are declared", () => {
  expect(found("pay")).toEqual([
    "block /on bank.pay policy.agentpolicy bank.pay",
    "rule on bank.pay/small-payment policy.agentpolicy small-payment",
    'tool bank/pay bank.json "pay"',
    'tool bank/repay bank.json "repay"',
  ]);
  expect(found("smp")).toEqual(["rule on bank.pay/small-payment policy.agentpolicy small-payment"]);
});

test("finds tools by their whole names", () => {
  expect(found("shell.r")).toEqual([
    "tool shell/run policy.agentpolicy run",
    "block /on shell.run policy.agentpolicy shell.run",
  ]);
  expect(found("bank.rep")).toEqual(['tool bank/repay bank.json "repay"']);
});

test("gives everything for nothing, once", () => {
  const all = found("");
  expect(new Set(all).size).toBe(all.length);
  expect(all.filter((one) => one.startsWith("tool "))).toHaveLength(3);
});

test("finds nothing that is not there", () => {
  expect(found("transfer")).toEqual([]);
});
