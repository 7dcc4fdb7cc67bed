import { textOf, UNTIL_EXPIRED } from "@agentpolicy/runtime/store";
import fc from "fast-check";
import { expect, test } from "vitest";

test("texts for databases are well-formed, without NUL, and told apart", () => {
  const odd = fc.string({
    unit: fc.constantFrom("\u0000", "\ud800", "\udc00", "\ufffd", "\\", "u", "0", '"', "a"),
  });
  fc.assert(
    fc.property(odd, odd, (one, other) => {
      const text = textOf(one);
      expect(text).not.toContain("\u0000");
      expect(encodeURIComponent(text)).toEqual(expect.any(String));
      expect(text === textOf(other)).toBe(one === other);
    }),
    { numRuns: 300 },
  );
  expect(textOf("chk_7f-é")).toBe("chk_7f-é");
});

test("time ends what waits, and nothing else", () => {
  expect([...UNTIL_EXPIRED].sort()).toEqual(["answered", "approved", "pending"]);
});
