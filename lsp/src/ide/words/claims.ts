import type { ClaimNode, Effect } from "@agentpolicy/language";
import type { Snapshot } from "../snapshot.ts";
import { clauseOf } from "./conditions.ts";
import { listed } from "./phrase.ts";
import { inline } from "./said.ts";
import { quoted, speakerOf } from "./speaker.ts";
import { patternsPhrase } from "./tools.ts";

const EFFECTS: Readonly<Record<Effect, string>> = {
  allow: "allowed",
  approval_required: "paused for approval",
  clarification_required: "paused for an answer",
  deny: "denied",
};

/** What a proof claims: "No call to any destructive tool is allowed when the context's env is `"prod"`." */
export function claimWords(snapshot: Snapshot, path: string, claim: ClaimNode): string {
  const to = speakerOf(snapshot, path);
  const { form, effects, tools, where, when } = claim;
  const { text, parts } = patternsPhrase(tools, where, to);
  const over = parts ? listed(parts, "or") : text.replace(/^every /, "any ");
  const outcomes = listed(
    effects.map(({ effect }) => EFFECTS[effect]),
    "or",
  );
  const said = when && clauseOf(when, false, to);
  const condition = when ? ` when ${said ? inline(said, true) : (quoted(to, when) ?? "…")}` : "";
  return `${form === "never" ? "No" : "Every"} call to ${over} is ${outcomes === "" ? "…" : outcomes}${condition}.`;
}
