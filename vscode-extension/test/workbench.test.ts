import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBrowser } from "./support/browser.ts";
import { openWorkbench, packaged, type Workbench } from "./support/workbench.ts";

const EXAMPLE = fileURLToPath(new URL("../../examples/payments", import.meta.url));

const browser = await openBrowser();
if (typeof browser === "string") console.warn(`SKIPPED: the extension in a workbench: ${browser}`);

describe.skipIf(typeof browser === "string")("the packaged extension in a workbench", () => {
  let extension: string;
  let bench: Workbench;
  beforeAll(async () => {
    extension = packaged();
    bench = await openWorkbench(browser as Browser, extension, EXAMPLE);
    await bench.open("payments.agentpolicy");
  }, 120_000);
  afterAll(async () => {
    await bench?.end();
    if (extension) rmSync(dirname(extension), { recursive: true, force: true });
    if (typeof browser !== "string") await browser.close();
  });

  test("a policy is coloured, and what it covers stands above and beside it", async () => {
    const { page, picture } = bench;
    await page.waitForSelector('.codelens-decoration:has-text("5 tools")');
    await page.waitForSelector('.statusbar-item:has-text("9 tools")');
    const colour = (text: string) =>
      page
        .locator(`.view-line span span:text-is("${text}")`)
        .first()
        .evaluate((node) => getComputedStyle(node).color);
    expect(await colour("tools")).not.toBe(await colour("bank"));
    await picture("1-lenses");
  });

  test("a mistake is marked as it is typed, and can be fixed", async () => {
    const { page, picture, goTo } = bench;
    await goTo(47);
    await page.keyboard.press("End");
    await page.keyboard.type(" and input.amout > 5");
    await page.waitForSelector(".squiggly-error");
    await page.waitForSelector('.statusbar-item:has-text("1 error")');
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await bench.command("Show or Focus Hover");
    await page.waitForSelector('.monaco-hover:has-text("amout")');
    await picture("2-diagnostic");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+.");
    await page.waitForSelector('.action-widget:has-text("amount")');
    await picture("3-fix");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".squiggly-error", { state: "detached" });
  });

  test("completion offers the arguments of the tools of the block, from a server started anew, too", async () => {
    const { page, picture, goTo } = bench;
    await bench.command("AgentPolicy: Restart Language Server");
    await goTo(47);
    await page.keyboard.press("End");
    await page.keyboard.type(" and input.");
    await page.waitForSelector('.suggest-widget .monaco-list-row:has-text("iban")');
    await picture("4-completion");
    await page.keyboard.press("Escape");
    for (const _ of " and input.") await page.keyboard.press("Backspace");
  });

  test("hovering over a tool says what it is and what governs it", async () => {
    const { page, picture, goTo } = bench;
    await goTo(45);
    await page.keyboard.press("End");
    for (const _ of " {y") await page.keyboard.press("ArrowLeft");
    await bench.command("Show or Focus Hover");
    await page.waitForSelector('.monaco-hover:has-text("daily-limit")');
    await picture("5-hover");
    await page.keyboard.press("Escape");
  });

  test("tests are listed, run, and what they reach is painted", async () => {
    const { page, picture, command } = bench;
    await command("Test: Run All Tests with Coverage");
    await page.waitForSelector('.test-output-peek-tree .monaco-list-row:has-text("a large transfer waits")');
    await page.waitForSelector('[class*="coverage-deco-gutter"]');
    await command("Testing: Focus on Test Explorer View");
    await page.waitForSelector('.test-explorer:has-text("7/7")');
    await picture("6-tests");
    await page.keyboard.press("Control+j");
  });

  test("a call is tried, and the decision follows what is given", async () => {
    const { page, picture } = bench;
    await bench.goTo(45);
    await bench.command("AgentPolicy: Try a Call");
    const frame = page.frameLocator("iframe.webview").frameLocator("iframe#active-frame");
    await frame.locator(".decision").waitFor();
    await frame.getByLabel("amount").fill("5000");
    await frame.locator('.decision:has-text("Waits for approval")').waitFor();
    await picture("7-try");
  });

  test("a policy compiles to files beside it", async () => {
    const { page, picture } = bench;
    await page.locator('.tab:has-text("payments.agentpolicy")').first().click();
    await bench.command("AgentPolicy: Compile Policy");
    await page.waitForSelector('.notification-toast:has-text("Wrote payments.policy.js")');
    await picture("8-compiled");
  });

  test("a new policy is sound as it begins", async () => {
    const { page, picture, command } = bench;
    await command("View: Close All Editor Groups");
    await command("AgentPolicy: New Policy");
    await page.waitForSelector('.statusbar-item:has-text("bank.transfer")');
    await page.waitForSelector('.codelens-decoration:has-text("passing")');
    expect(await page.locator(".squiggly-error").count()).toBe(0);
    await picture("9-new");
  });

  test("a walkthrough leads to the first policy", async () => {
    const { page, picture, command } = bench;
    await page.keyboard.press("Escape");
    await command("Open Walkthrough...");
    await page.locator('.quick-input-list .monaco-list-row:has-text("A First Policy")').click();
    await page.waitForSelector('.gettingStartedContainer:has-text("Say which tools there are")');
    await picture("10-walkthrough");
  });
});
