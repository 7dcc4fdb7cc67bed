import { describe, expect, it } from "vitest";
import { PROBLEMS } from "../../src/diagnostics/messages/index.ts";

describe("problems", () => {
  it("have codes of their own, in words", () => {
    const codes = PROBLEMS.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) expect(code).toMatch(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/);
  });
});
