import { checkText } from "@agentpolicy/language";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TOUR } from "../support/tour.ts";

const FILES = {
  "org.agentpolicy":
    'let domains = ["acme.com"]\nfn external(a: string) = email(a).domain not in domains\non * { deny never-here when false }',
  "bank.tools.json": JSON.stringify([
    {
      name: "transfer_money",
      inputSchema: {
        type: "object",
        properties: { to: { type: "string" }, amount: { type: "number" }, iban: { type: "string" } },
        required: ["to", "amount"],
      },
    },
    { name: "get_balance", inputSchema: { type: "object" } },
    { name: "list_accounts", inputSchema: { type: "object" } },
  ]),
  "mail.tools.json": JSON.stringify([
    {
      name: "send",
      inputSchema: {
        type: "object",
        properties: {
          to: { type: "array", items: { type: "string" } },
          cc: { type: "array", items: { type: "string" } },
        },
        required: ["to"],
      },
    },
  ]),
  "blocked.json": '["evil.example"]',
};

const PIECES = TOUR.match(/\w+(?:-\w+)*|\s+|[^\w\s]/g) ?? [];

/** The tour with some of its pieces dropped, doubled, swapped or replaced by others. */
const MUTATED = fc
  .array(fc.tuple(fc.nat(PIECES.length - 1), fc.nat(3), fc.nat(PIECES.length - 1)), {
    minLength: 1,
    maxLength: 6,
  })
  .map((changes) => {
    const pieces = [...PIECES];
    for (const [at, how, other] of changes) {
      const piece = pieces[at] as string;
      pieces[at] = how === 0 ? "" : how === 1 ? piece + piece : (pieces[other] as string);
      if (how === 3) pieces[other] = piece;
    }
    return pieces.join("");
  });

const isWithin = (text: string | undefined, start: number, end: number): boolean =>
  0 <= start && start <= end && end <= (text ?? "").length;

const check = (text: string) => {
  const result = checkText(text, { files: FILES });
  for (const { file, span, related, fixes } of result.diagnostics) {
    expect(
      isWithin(result.sources.get(file), span.start, span.end),
      `${file} ${span.start}-${span.end}`,
    ).toBe(true);
    for (const place of [...related, ...fixes.flatMap(({ edits }) => edits)]) {
      expect(isWithin(result.sources.get(place.file), place.start, place.end)).toBe(true);
    }
  }
  for (const { at, declared } of result.uses) {
    expect(isWithin(result.sources.get(at.file), at.start, at.end)).toBe(true);
    expect(isWithin(result.sources.get(declared.file), declared.start, declared.end)).toBe(true);
  }
  return result;
};

describe("checking broken text", () => {
  it("never throws, and keeps to the places of the files", () => {
    fc.assert(
      fc.property(MUTATED, (text) => {
        const { policy, diagnostics } = check(text);
        expect(policy === null).toBe(diagnostics.some(({ severity }) => severity === "error"));
      }),
      { numRuns: 250 },
    );
  });

  it("never throws on arbitrary text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => void check(text)),
      { numRuns: 200 },
    );
  });

  it("says nothing of a name whose declaration is broken", () => {
    const { diagnostics } = check(
      "let limit = 3 +\nfn f(x: strng) = x == 3\ntools t { run(n: number, s: strng) }\non t.run {\n  deny a when input.n > limit and f(input.n) and input.s == 4\n}",
    );
    expect(diagnostics.map(({ code }) => code)).toEqual(["unexpected-token", "unknown-type", "unknown-type"]);
  });
});
