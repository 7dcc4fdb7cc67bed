import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const INSTALLED = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/**
 * A browser without a window: `AGENTPOLICY_BROWSER`, else that of `@sparticuz/chromium`, whose version is pinned, else an
 * installed one. Why there is none, as text, where none starts.
 */
export async function openBrowser(): Promise<Browser | string> {
  const { AGENTPOLICY_BROWSER: named } = process.env;
  const installed = INSTALLED.filter((path) => existsSync(path)).map((path) => () => path);
  const failures: string[] = [];
  for (const find of named ? [() => named] : [unpacked, ...installed]) {
    try {
      return await chromium.launch({
        executablePath: await find(),
        args: ["--no-sandbox", "--disable-gpu"],
      });
    } catch (error) {
      failures.push(String(error).split("\n")[0] ?? "");
    }
  }
  return `no browser starts (${failures.join("; ")}); name one in AGENTPOLICY_BROWSER`;
}

async function unpacked(): Promise<string> {
  const { default: packaged } = await import("@sparticuz/chromium");
  return packaged.executablePath();
}
