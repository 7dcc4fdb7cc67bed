// Nothing in the repository may name the machine it was written on: no folder of it, no registry of its network, no
// lock file that binds an install to one registry.
import { homedir } from "node:os";
import { dirname } from "node:path";
import { finish, ownFiles, ROOT, textOf } from "./files.mjs";
import { portable } from "./portable.mjs";

const BINARY = /\.(?:png|jpe?g|gif|ico|woff2?|wasm|gz|zip)$/;

/** A folder right under `/`, such as `/root`, is too common a word to look for. */
const telling = (folder) => folder.split("/").filter((part) => part !== "").length > 1;

/** Where npm fetches from here, as npm tells the scripts that it runs. */
const registries = [process.env.npm_config_registry, process.env.NPM_CONFIG_REGISTRY]
  .filter((url) => url !== undefined && URL.canParse(url))
  .map((url) => new URL(url).host);

const machine = {
  folders: [ROOT, `${dirname(ROOT)}/shared`, homedir()].filter(telling),
  hosts: [...new Set(registries)],
};
const paths = ownFiles().filter((path) => !BINARY.test(path));
finish(
  paths.flatMap((path) => portable(path, textOf(path), machine)),
  `${paths.length} files name no machine`,
);
