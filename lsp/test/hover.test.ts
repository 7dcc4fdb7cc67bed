import { hover } from "../src/ide/features/hover/hover.ts";
import { inlayHints } from "../src/ide/features/inlay/hints.ts";
import { codeLenses, resolveLens } from "../src/ide/features/lenses/lenses.ts";
import { inlineValues } from "../src/ide/features/lenses/values.ts";
import { signatureHelp } from "../src/ide/features/signature/help.ts";
import { snapshotFor } from "./support/ask.ts";
import { type Asked, scenarios } from "./support/scenario.ts";
import { shownHover } from "./support/shown/hover.ts";
import { shownHints } from "./support/shown/inlay.ts";
import { shownLenses, shownValues } from "./support/shown/lenses.ts";
import { shownSignature } from "./support/shown/signature.ts";

const textOf = ({ files, path }: Asked): string => files[path] ?? "";

/** What two marks enclose, or the whole file. */
const spanOf = (asked: Asked) =>
  asked.end > asked.offset
    ? { start: asked.offset, end: asked.end }
    : { start: 0, end: textOf(asked).length };

scenarios("hover", (asked) => shownHover(textOf(asked), hover(snapshotFor(asked), asked.path, asked.offset)));

scenarios("signature", (asked) =>
  shownSignature(signatureHelp(snapshotFor(asked), asked.path, asked.offset)),
);

scenarios("inlay", (asked) =>
  shownHints(textOf(asked), inlayHints(snapshotFor(asked), asked.path, spanOf(asked))),
);

scenarios("lenses", (asked) => {
  const snapshot = snapshotFor(asked);
  return shownLenses(textOf(asked), codeLenses(snapshot, asked.path), (lens) => resolveLens(snapshot, lens));
});

// The request stands in a block of its own, `request.json`; what tracks say, in `figures.json`.
scenarios("inline", (asked) => {
  const json = (name: string) => JSON.parse(asked.files[name] ?? "{}");
  const options = { figures: json("figures.json"), now: Date.UTC(2026, 0, 5) };
  const values = inlineValues(snapshotFor(asked), asked.path, spanOf(asked), json("request.json"), options);
  return shownValues(textOf(asked), values);
});
