import { describe, expect, it } from "vitest";
import { checkText } from "../../src/check/check.ts";
import type { Diagnostic, Fix } from "../../src/diagnostics/diagnostic.ts";
import * as lints from "../../src/diagnostics/messages/lints.ts";
import * as unicode from "../../src/diagnostics/messages/unicode.ts";
import { markdownFiles, programIn, sectionsOf } from "../markdown.ts";

const MAIN = "policy.agentpolicy";
const CODES = new Set([...Object.values(lints), ...Object.values(unicode)].map(({ code }) => code));

const apply = (text: string, { edits }: Fix): string =>
  [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce(
      (mended, { start, end, text: instead }) => mended.slice(0, start) + instead + mended.slice(end),
      text,
    );

const errors = (found: readonly Diagnostic[]): number =>
  found.filter(({ severity }) => severity === "error").length;

const cases = [...markdownFiles("spec")]
  .filter(([topic]) => topic.startsWith("lints-"))
  .flatMap(([topic, markdown]) =>
    sectionsOf(markdown).flatMap(({ heading, blocks }) => {
      const { policies, files } = programIn(blocks);
      return policies.map(
        (policy) => [`${topic} / ${heading}`, policy.replace(/\s*\/\/!.*$/gmu, ""), files] as const,
      );
    }),
  );

/** Not only the likely fixes: whatever is offered must do what it says. */
describe("every fix that a lint offers", () => {
  it.each(cases)("%s", (_, text, others) => {
    const files = Object.fromEntries(
      Object.entries(others).map(([path, json]) => [path, json.replace(/\s*\/\/!.*$/gmu, "")]),
    );
    const before = checkText(text, { path: MAIN, files }).diagnostics;
    for (const found of before.filter(({ code }) => CODES.has(code)))
      for (const fix of found.fixes) {
        const after = checkText(apply(text, fix), { path: MAIN, files }).diagnostics;
        const again = after.some(({ code, span }) => code === found.code && span.start === found.span.start);
        expect(again, `${fix.title} leaves ${found.code}`).toBe(false);
        expect(errors(after), `${fix.title} breaks the policy`).toBeLessThanOrEqual(errors(before));
      }
  });
});
