import { describe, expect, it } from "vitest";
import { checkText } from "../src/check/check.ts";
import { PROBLEMS } from "../src/diagnostics/messages/index.ts";
import { renderDiagnostic } from "../src/diagnostics/render.ts";
import { markdownFiles, programIn, sectionsOf } from "./markdown.ts";

const pages = markdownFiles("docs");
const problems = new Map(PROBLEMS.map((problem) => [problem.code, problem]));

/** The page's policy under a heading, checked with the files of that section and of those before it. */
const checkSection = (page: string, heading: string) => {
  const sections = sectionsOf(page);
  const at = sections.findIndex((section) => section.heading === heading);
  expect(at, `a section \`## ${heading}\``).toBeGreaterThan(0);
  const { policies } = programIn(sections[at]!.blocks);
  expect(policies, `one \`\`\`agentpolicy block under \`## ${heading}\``).toHaveLength(1);
  const { files } = programIn(sections.slice(0, at + 1).flatMap(({ blocks }) => blocks));
  const result = checkText(policies[0]!, { files });
  const shown = result.diagnostics
    .map((diagnostic) => renderDiagnostic(diagnostic, result.sources, { style: "short", colour: false }))
    .join("\n");
  return { ...result, shown };
};

describe("every page", () => {
  it("is about a problem, and every problem has one", () => {
    expect([...pages.keys()].sort()).toEqual([...problems.keys()].sort());
  });
});

/** Each runs alone with `-t "page CODE"`. */
describe.each([...pages])("page %s", (code, page) => {
  it("says in its title which problem it is about, and why in a paragraph", () => {
    const [title, blank, why] = page.split("\n");
    expect([title, blank]).toEqual([`# ${code}`, ""]);
    expect(why).toMatch(/^[A-Z`].{40,}/);
    expect(problems.has(code), `\`${code}\` is the code of a problem`).toBe(true);
  });

  it("has a wrong policy that gives this diagnostic and no other finding", () => {
    const { diagnostics, policy, shown } = checkSection(page, "Wrong");
    expect(
      diagnostics.some((diagnostic) => diagnostic.code === code),
      shown,
    ).toBe(true);
    const others = diagnostics.filter(
      (diagnostic) => diagnostic.code !== code && diagnostic.severity !== "hint",
    );
    expect(others.length, shown).toBe(0);
    expect(diagnostics.some(({ severity }) => severity === "error")).toBe(policy === null);
  });

  it("has a right policy that does not, and that is without errors", () => {
    const { diagnostics, policy, shown } = checkSection(page, "Right");
    expect(
      diagnostics.some((diagnostic) => diagnostic.code === code),
      shown,
    ).toBe(false);
    expect(policy, shown).not.toBeNull();
  });
});
