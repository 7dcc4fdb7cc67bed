import { checkText } from "@agentpolicy/language";
import { describe, expect, it } from "vitest";
import { agree, backEnds } from "../support/compare.ts";

/** The reason that a template gives, in all back ends. */
const reason = async (template: string, now = 0): Promise<string | undefined> => {
  const text = `policy p
tools { t(a: string, b?: string[], n?: number) }
let window = 90s
fn late() = now + 1h
fn wait() = 48h
default require approval
on t { require approval r because "${template}" }
`;
  const { policy, diagnostics } = checkText(text, { path: "p.agentpolicy" });
  expect(policy, JSON.stringify(diagnostics)).not.toBeNull();
  const input = { a: "x", b: ["q", "z\u202e"] };
  const request = { actor: { type: "a", id: "b" }, action: { name: "t", input }, now };
  return agree(await backEnds(policy!), request).reasons[0];
};

describe("shown values", () => {
  it("durations and instants are written as such, wherever they come from", async () => {
    expect(await reason("{30s} {window} {window + 30s} {wait()}")).toBe("30s 90s 2m 2d");
    expect(await reason(String.raw`{if input.a == \"x\" then 1h else 2h}`)).toBe("1h");
    expect(await reason("{now} {late()}")).toBe("1970-01-01T00:00:00.000Z 1970-01-01T01:00:00.000Z");
    expect(await reason(String.raw`{datetime(\"2026-01-01T00:00:00+01:00\")}`)).toBe(
      "2025-12-31T23:00:00.000Z",
    );
  });

  it("lists are joined, and nothing can reorder the text", async () => {
    expect(await reason("{input.b ?? []} {{x}} {1.50} {now.hour} {input.a == input.a}")).toBe(
      "q, z\\u{202e} {x} 1.5 0 true",
    );
  });

  it("what cannot be evaluated is dots, and the decision stands", async () => {
    expect(await reason("{now} {now.date} {email(input.a).domain}", 1e300)).toBe("… … …");
  });
});
