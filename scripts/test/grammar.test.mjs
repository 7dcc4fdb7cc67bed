import { WORDS } from "@agentpolicy/language";
import { expect, test } from "vitest";
import { grammarOf } from "../grammar/grammar.mjs";

test("a new word of a known role is coloured by being there", () => {
  expect(JSON.stringify(grammarOf({ ...WORDS, mention: "clause" }))).toContain("mention");
  expect(JSON.stringify(grammarOf())).not.toContain("mention");
});

test("a word that has its meaning in one place only needs that place said", () => {
  expect(() => grammarOf({ ...WORDS, mention: "soft" })).toThrow(/`mention`/);
  const { version: _, ...fewer } = WORDS;
  expect(() => grammarOf(fewer)).toThrow(/`version`/);
});
