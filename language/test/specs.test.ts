import { describe, expect, it } from "vitest";
import { checkText } from "../src/check/check.ts";
import type { Diagnostic, Fix } from "../src/diagnostics/diagnostic.ts";
import { PROBLEMS } from "../src/diagnostics/messages/index.ts";
import { renderDiagnostic } from "../src/diagnostics/render.ts";
import { lineIndex } from "../src/text/lines.ts";
import { markdownFiles, programIn, sectionsOf } from "./markdown.ts";

/** What a line is marked with: `//! error[code] "marked text"` at its end, the text optional, several side by side. */
const MARK = /\s*\/\/!(?<marks>.*)$/;
const ONE_MARK = /(error|warning|hint)\[([a-z0-9-]+)\](?:\s+("(?:[^"\\]|\\.)*"))?/g;

interface Marked {
  /** The file without its marks: they are no part of the policy. */
  readonly text: string;
  readonly expected: readonly string[];
  /** Whether a mark on that line names the text that it marks. */
  readonly named: ReadonlySet<string>;
}

const readMarks = (file: string, source: string): Marked => {
  const expected: string[] = [];
  const named = new Set<string>();
  const lines = source.split("\n").map((line, at) => {
    for (const [, severity, code, text] of (MARK.exec(line)?.groups?.marks ?? "").matchAll(ONE_MARK)) {
      const head = `${file}:${at + 1} ${severity}[${code}]`;
      if (text !== undefined) named.add(head);
      expected.push(text === undefined ? head : `${head} ${text}`);
    }
    return line.replace(MARK, "");
  });
  return { text: lines.join("\n"), expected, named };
};

const MAIN = "policy.agentpolicy";

/** Checks one policy of a spec, marks against diagnostics. Hints count only where a mark asks for that hint. */
const run = (policy: string, files: Readonly<Record<string, string>>) => {
  const marked = new Map(
    Object.entries({ ...files, [MAIN]: policy }).map(
      ([name, text]) => [name, readMarks(name, text)] as const,
    ),
  );
  const texts = Object.fromEntries([...marked].map(([name, { text }]) => [name, text]));
  const result = checkText(texts[MAIN]!, { path: MAIN, files: texts });
  const expected = [...marked.values()].flatMap((file) => file.expected);
  const named = new Set([...marked.values()].flatMap((file) => [...file.named]));
  const found = result.diagnostics
    .filter(
      ({ severity, code }) => severity !== "hint" || expected.some((mark) => mark.includes(`hint[${code}]`)),
    )
    .map((diagnostic) => shown(diagnostic, texts[diagnostic.file] ?? "", named));
  const { diagnostics } = result;
  return { found: found.sort(), expected: [...expected].sort(), policy: result.policy, diagnostics, texts };
};

/** Whether a fix leaves nothing to say about that place, and no more errors elsewhere than there were. */
const mends = (
  fix: Fix,
  { code, file, span }: Diagnostic,
  before: readonly Diagnostic[],
  texts: Readonly<Record<string, string>>,
): boolean => {
  const mended = { ...texts };
  for (const edit of [...fix.edits].sort((a, b) => b.start - a.start)) {
    const text = mended[edit.file] ?? "";
    mended[edit.file] = text.slice(0, edit.start) + edit.text + text.slice(edit.end);
  }
  const { diagnostics: after } = checkText(mended[MAIN] ?? "", { path: MAIN, files: mended });
  const isThere = after.some(
    (one) => one.code === code && one.file === file && one.span.start === span.start,
  );
  const errors = (found: readonly Diagnostic[]) => found.filter((one) => one.severity === "error").length;
  return !isThere && errors(after) <= errors(before);
};

const shown = (
  { file, span, severity, code }: Diagnostic,
  text: string,
  named: ReadonlySet<string>,
): string => {
  const head = `${file}:${lineIndex(text).position(span.start).line + 1} ${severity}[${code}]`;
  return named.has(head) ? `${head} ${JSON.stringify(text.slice(span.start, span.end))}` : head;
};

const specs = markdownFiles("spec");

type Outcome = ReturnType<typeof run>;

/** Every policy of every spec: its topic and heading, and what checking it gives, worked out once. */
const cases = [...specs].flatMap(([topic, markdown]) => {
  const sections = sectionsOf(markdown);
  const shared = programIn(sections[0]?.blocks ?? []).files;
  return sections.flatMap(({ heading, blocks }) => {
    const { policies, files } = programIn(blocks);
    return policies.map((policy, at) => {
      const name = [topic, heading || "first", ...(at > 0 ? [String(at + 1)] : [])].join(" / ");
      let known: Outcome | undefined;
      const outcome = (): Outcome => {
        known ??= run(policy, { ...shared, ...files });
        return known;
      };
      return [name, outcome] as const;
    });
  });
});

/** Each runs alone with `-t "TOPIC / HEADING"`. */
describe("specs", () => {
  it.each(cases)("%s", (_name, outcome) => {
    const { found, expected, policy } = outcome();
    expect(found).toEqual(expected);
    // No artifact from a broken policy, and one from every other.
    expect(policy === null).toBe(expected.some((mark) => mark.includes(" error[")));
  });

  it("say what they find in one short line, lower-case and without a period", () => {
    const headlines = cases.flatMap(([, outcome]) => outcome().diagnostics.map(({ message }) => message));
    const odd = headlines.filter((line) => line.length > 80 || /^[A-Z]/.test(line) || /[.\n]$/.test(line));
    expect([...new Set(odd)]).toEqual([]);
  });

  it("point to places within their files, and render", () => {
    for (const [name, outcome] of cases) {
      const { diagnostics, texts } = outcome();
      for (const diagnostic of diagnostics) {
        const edits = diagnostic.fixes.flatMap((fix) => fix.edits);
        for (const place of [
          { file: diagnostic.file, ...diagnostic.span },
          ...diagnostic.related,
          ...edits,
        ]) {
          const length = texts[place.file]?.length ?? -1;
          const isWithin = 0 <= place.start && place.start <= place.end && place.end <= length;
          expect(isWithin, `${name}: ${diagnostic.message}: ${JSON.stringify(place)}`).toBe(true);
        }
        const sources = new Map(Object.entries(texts));
        const frame = renderDiagnostic(diagnostic, sources, { style: "pretty", colour: false });
        expect(frame).toContain(`${diagnostic.severity}[${diagnostic.code}]: `);
      }
    }
  });

  it("offer likely fixes that mend what they are offered for", () => {
    const unhelpful = cases.flatMap(([name, outcome]) => {
      const { diagnostics, texts } = outcome();
      return diagnostics.flatMap((diagnostic) =>
        diagnostic.fixes
          .filter((fix) => fix.preferred && !mends(fix, diagnostic, diagnostics, texts))
          .map((fix) => `${name}: [${diagnostic.code}] ${diagnostic.message} -> ${fix.title}`),
      );
    });
    expect(unhelpful).toEqual([]);
  });

  it("show every problem", () => {
    const marks = cases.flatMap(([, outcome]) => outcome().expected);
    const shown = new Set(marks.map((mark) => /\[(.*?)\]/.exec(mark)?.[1]));
    expect([...shown].sort()).toEqual(PROBLEMS.map(({ code }) => code).sort());
  });
});
