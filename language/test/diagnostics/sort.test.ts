import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.ts";
import { sortDiagnostics } from "../../src/diagnostics/sort.ts";

const diagnostic = fc.record<Diagnostic>({
  code: fc.constantFrom("a", "b"),
  severity: fc.constant("error" as const),
  message: fc.constantFrom("m", "n"),
  file: fc.constantFrom("x", "y", "é"),
  span: fc.record({ start: fc.nat(3), end: fc.nat(3) }),
  related: fc.constant([]),
  fixes: fc.constant([]),
});

describe("sortDiagnostics", () => {
  it("gives one order, whatever the order they were found in", () => {
    fc.assert(
      fc.property(fc.array(diagnostic, { maxLength: 8 }), (all) => {
        expect(sortDiagnostics([...all].reverse())).toEqual(sortDiagnostics(all));
      }),
      { numRuns: 200 },
    );
  });

  it("goes by file, place, code", () => {
    const at = (file: string, start: number, code: string): Diagnostic => ({
      code,
      severity: "hint",
      message: "m",
      file,
      span: { start, end: start },
      related: [],
      fixes: [],
    });
    const sorted = [at("a", 1, "b"), at("a", 1, "c"), at("a", 10, "a"), at("b", 0, "a")];
    expect(sortDiagnostics([...sorted].reverse())).toEqual(sorted);
  });
});
