import { completions } from "../src/ide/features/completion/completion.ts";
import { snapshotFor } from "./support/ask.ts";
import { scenarios } from "./support/scenario.ts";
import { shownCompletion } from "./support/shown/completion.ts";

scenarios("completion", (given) => {
  const snapshot = snapshotFor(given);
  const items = completions(snapshot, given.path, given.offset, { files: Object.keys(given.files) });
  return shownCompletion(items, given.files[given.path] ?? "", given.offset, given.words);
});
