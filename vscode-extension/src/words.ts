import type { Effect } from "./protocol.ts";

/** Effects as people read them in lists and on the status bar. */
export const EFFECT_WORDS: Readonly<Record<Effect, string>> = {
  allow: "allow",
  approval_required: "approval",
  clarification_required: "clarification",
  deny: "deny",
};

/** `1 rule`, `3 rules`. */
export const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;

/** What stands for tools that no catalogue declares. */
export const toolWords = (tool: string | null): string => tool ?? "unknown tools";
