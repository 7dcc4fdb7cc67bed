// `npm run build` in vscode-extension: bundles what the editor loads into its folder `dist`.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { build } from "esbuild";
import { ROOT } from "../files.mjs";

const HOME = `${ROOT}/vscode-extension`;
/** `node build.mjs FOLDER` builds elsewhere. */
const OUT = process.argv[2] ?? `${HOME}/dist`;
const { version } = JSON.parse(readFileSync(`${HOME}/package.json`, "utf8"));

const common = {
  absWorkingDir: HOME,
  bundle: true,
  minify: true,
  target: "es2022",
  conditions: ["agentpolicy-source"],
  // Before "main": some packages have there what only a loader at run time can follow.
  mainFields: ["browser", "module", "main"],
  external: ["vscode"],
  define: { AGENTPOLICY_VERSION: JSON.stringify(version) },
  legalComments: "none",
  logLevel: "warning",
};

/** What runs where: the extension and its server, each on the desktop and in a browser, and a page of its own. */
const BUNDLES = [
  { from: "desktop.ts", to: "desktop.cjs", platform: "node", format: "cjs" },
  { from: "server/process.ts", to: "server.cjs", platform: "node", format: "cjs" },
  { from: "web.ts", to: "web.js", platform: "browser", format: "cjs" },
  { from: "server/worker.ts", to: "worker.js", platform: "browser", format: "iife" },
  { from: "trial/page/main.ts", to: "trial.js", platform: "browser", format: "iife" },
];

rmSync(OUT, { recursive: true, force: true });
await Promise.all(
  BUNDLES.map(({ from, to, platform, format }) =>
    build({
      ...common,
      entryPoints: [`src/${from}`],
      outfile: `${OUT}/${to}`,
      platform,
      format,
      ...(platform === "node" && { mainFields: ["module", "main"] }),
    }),
  ),
);
copyFileSync(`${HOME}/src/trial/page/trial.css`, `${OUT}/trial.css`);
// Diagnostics link to the page of their code.
mkdirSync(`${OUT}/pages`);
const pages = `${ROOT}/language/docs`;
for (const name of readdirSync(pages).filter((file) => file.endsWith(".md"))) {
  copyFileSync(`${pages}/${name}`, `${OUT}/pages/${name}`);
}
