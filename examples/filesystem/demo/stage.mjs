import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const SCRATCH = fileURLToPath(new URL("../.scratch", import.meta.url));

const FILES = {
  "workspace/notes.txt": "Monday: call the bank.\n",
  "workspace/report.md": "# Report\n\nAll is well.\n",
  "workspace/archive/.keep": "",
  "workspace/drafts/.keep": "",
  "secrets/keys.txt": "key = 5f2c-not-for-agents\n",
};

/**
 * A scratch folder with files on it. The server may see all of `files`; the assistant's workspace is one folder in it,
 * and `secrets` lies beside that.
 */
export const makeStage = () => {
  mkdirSync(SCRATCH, { recursive: true });
  // The real path: the server compares paths after following links.
  const root = realpathSync(mkdtempSync(join(SCRATCH, "run-")));
  const files = join(root, "files");
  const policies = join(root, "policy");
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(files, name)), { recursive: true });
    writeFileSync(join(files, name), text);
  }
  mkdirSync(policies, { recursive: true });
  return {
    files,
    policies,
    path: (name) => `${files}/${name}`,
    /** What is on the disk now; undefined where there is no such file. */
    read: (name) => (existsSync(join(files, name)) ? readFileSync(join(files, name), "utf8") : undefined),
    /** A text with the scratch folder's long path left out. */
    short: (text) => text.replaceAll(`${files}/`, "").replaceAll(files, "."),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
};
