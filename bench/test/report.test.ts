import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { guardReport } from "../src/guard/report.ts";
import type { GuardRun } from "../src/guard/result.ts";
import { shown, table, withSection } from "../src/harness/report.ts";

test("a section of a report is replaced, and nothing else", () => {
  const document = "# R\n<!-- a: begin -->\nold\n<!-- a: end -->\n<!-- b: begin -->\nb\n<!-- b: end -->\n";
  const next = withSection(document, "a", "new");
  expect(next).toBe(document.replace("old", "new"));
  expect(withSection(next, "a", "new")).toBe(next);
  expect(() => withSection(document, "c", "new")).toThrow("no section `c`");
});

test("numbers have three digits that count", () => {
  expect([0.012345, 1, 1.25, 99.96, 999.4, 1234.5, 1234567].map(shown)).toEqual([
    "0.0123",
    "1",
    "1.25",
    "100",
    "999",
    "1,235",
    "1,234,567",
  ]);
  expect(table(["", "n"], [["a", "1"]])).toBe("|  | n |\n| --- | --: |\n| a | 1 |");
});

const kept = new URL("../results/guard.json", import.meta.url);

test.skipIf(!existsSync(kept))("the written report is that of the figures that are kept", () => {
  const run = JSON.parse(readFileSync(kept, "utf8")) as GuardRun;
  const document = readFileSync(new URL("../RESULTS.md", import.meta.url), "utf8");
  expect(withSection(document, "guard", guardReport(run))).toBe(document);
  expect(run.stores.map(({ store }) => store)).toEqual(["memory", "sqlite", "postgres"]);
});
