import type { Diagnostic } from "@agentpolicy/language";
import { describe, expect, it } from "vitest";
import { findingsText, hasFindings, summaryLine, tally } from "../src/output/findings.ts";
import { githubAnnotation } from "../src/output/github.ts";
import { jsonDiagnostic } from "../src/output/json.ts";
import { placesIn } from "../src/output/places.ts";
import { sarifLog } from "../src/output/sarif.ts";
import { makeStyle } from "../src/output/style.ts";

const sources = new Map([
  ["a b%,:.agentpolicy", "one\ntwo 👍 three\nfour\n"],
  ["/abs/tools.json", '{\n  "name": "x"\n}\n'],
]);
const places = placesIn(sources);
const finding: Diagnostic = {
  code: "some-code",
  severity: "warning",
  message: "100% of `x`",
  label: "line\nbreak",
  help: "write `y`",
  file: "a b%,:.agentpolicy",
  span: { start: 11, end: 16 },
  related: [{ file: "/abs/tools.json", start: 4, end: 15, message: "declared here" }],
  fixes: [
    {
      title: "write `y`",
      preferred: true,
      edits: [{ file: "a b%,:.agentpolicy", start: 11, end: 16, text: "y" }],
    },
  ],
};
const range = { start: { line: 1, character: 7 }, end: { line: 1, character: 12 } };

describe("JSON", () => {
  it("has zero-based positions in UTF-16 units, related places and fixes", () => {
    expect(jsonDiagnostic(finding, places)).toEqual({
      code: "some-code",
      severity: "warning",
      message: "100% of `x`",
      label: "line\nbreak",
      help: "write `y`",
      file: "a b%,:.agentpolicy",
      range,
      related: [
        {
          message: "declared here",
          file: "/abs/tools.json",
          range: { start: { line: 1, character: 2 }, end: { line: 1, character: 13 } },
        },
      ],
      fixes: [
        {
          title: "write `y`",
          preferred: true,
          edits: [{ file: "a b%,:.agentpolicy", range, newText: "y" }],
        },
      ],
    });
  });

  it("places what cannot be read at the beginning", () => {
    const lost = jsonDiagnostic({ ...finding, file: "lost" }, places);
    expect(lost.range).toEqual({ start: { line: 0, character: 0 }, end: { line: 0, character: 0 } });
  });
});

describe("GitHub annotations", () => {
  it("escape what would end or split them", () => {
    expect(githubAnnotation(finding, places)).toBe(
      "::warning file=a b%25%2C%3A.agentpolicy,line=2,endLine=2,col=8,endColumn=13,title=some-code::" +
        "100%25 of `x`%0Aline%0Abreak%0Awrite `y`",
    );
  });
  it("leave columns out over several lines, and call hints notices", () => {
    const long: Diagnostic = { ...finding, severity: "hint", span: { start: 0, end: 11 } };
    expect(githubAnnotation(long, places)).toMatch(/^::notice file=.*,line=1,endLine=2,title=some-code::/);
  });
});

describe("SARIF", () => {
  const log = sarifLog(
    [finding, { ...finding, code: "another", severity: "hint", related: [], fixes: [] }],
    places,
  );
  it("lists each rule once and points to it", () => {
    expect(log).toMatchObject({
      runs: [
        {
          columnKind: "utf16CodeUnits",
          tool: { driver: { rules: [{ id: "another" }, { id: "some-code" }] } },
          results: [
            { ruleId: "some-code", ruleIndex: 1, level: "warning" },
            { ruleId: "another", ruleIndex: 0, level: "note" },
          ],
        },
      ],
    });
  });
  it("writes paths as URIs, and related places", () => {
    expect(log).toMatchObject({
      runs: [
        {
          results: [
            {
              message: { text: "100% of `x`; line\nbreak; write `y`" },
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: "a%20b%25%2C%3A.agentpolicy" },
                    region: { startLine: 2, startColumn: 8, endLine: 2, endColumn: 13 },
                  },
                },
              ],
              relatedLocations: [
                {
                  message: { text: "declared here" },
                  physicalLocation: { artifactLocation: { uri: "file:///abs/tools.json" } },
                },
              ],
            },
            {},
          ],
        },
      ],
    });
  });
});

describe("findings for people", () => {
  const plain = makeStyle(false);
  it("sum up", () => {
    const hint: Diagnostic = { ...finding, severity: "hint" };
    const error: Diagnostic = { ...finding, severity: "error" };
    expect(summaryLine(tally([]), 1, plain)).toBe("✓ 1 policy checked, nothing to report\n");
    expect(summaryLine(tally([hint]), 2, plain)).toBe("✓ 2 policies checked: 1 hint\n");
    expect(summaryLine(tally([error, error, finding, hint]), 1, plain)).toBe(
      "✗ 1 policy checked: 2 errors, 1 warning and 1 hint\n",
    );
    expect(hasFindings(tally([hint]))).toBe(false);
    expect(hasFindings(tally([finding]))).toBe(true);
  });
  it("are framed, with a blank line after each", () => {
    const text = findingsText([finding], sources, plain);
    expect(text).toContain("warning[some-code]: 100% of `x`\n");
    expect(text).toMatch(/\n\n$/);
  });
});
