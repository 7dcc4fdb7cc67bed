import { describe, expect, it } from "vitest";
import { declaredHints, resolveHints } from "../../src/schema/hints.ts";

describe("hints of a server's tool", () => {
  it("have MCP's own defaults", () => {
    expect(resolveHints({})).toEqual({
      readOnly: false,
      destructive: true,
      idempotent: false,
      openWorld: true,
    });
  });

  it("say that what is read-only is not destructive", () => {
    expect(resolveHints({ readOnly: true }).destructive).toBe(false);
    expect(resolveHints({ readOnly: true, destructive: true }).destructive).toBe(false);
  });

  it("are what the server says, otherwise", () => {
    const given = { readOnly: false, destructive: false, idempotent: true, openWorld: false };
    expect(resolveHints(given)).toEqual(given);
  });
});

describe("hints of a tool declared in the policy", () => {
  it("are what is written and nothing else", () => {
    const none = { readOnly: false, destructive: false, idempotent: false, openWorld: false };
    expect(declaredHints({})).toEqual(none);
    expect(declaredHints({ destructive: true, openWorld: true })).toEqual({
      ...none,
      destructive: true,
      openWorld: true,
    });
    expect(declaredHints({ readOnly: true, destructive: true })).toEqual({ ...none, readOnly: true });
  });
});
