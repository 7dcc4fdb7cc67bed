import { type CheckedPolicy, checkText } from "@agentpolicy/language";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explain } from "../../src/explain/explain.ts";
import { agree, backEnds } from "../support/compare.ts";
import { picked } from "../support/pick.ts";
import { ENTRY, someWild } from "../support/wild.ts";

/** The policy without those of its lines, each an item of its own, in which the checker finds an error. */
const accepted = (
  files: Readonly<Record<string, string>>,
): { policy: CheckedPolicy | null; refused: number } => {
  let lines = files[ENTRY]!.split("\n");
  for (let refused = 0; ; ) {
    const text = lines.join("\n");
    const { policy, diagnostics } = checkText(text, { path: ENTRY, files: { ...files, [ENTRY]: text } });
    if (policy !== null) return { policy, refused };
    const wrong = new Set<number>();
    for (const { severity, span } of diagnostics) {
      if (severity === "error") wrong.add(text.slice(0, span.start).split("\n").length - 1);
    }
    refused += wrong.size;
    lines = lines.filter((_, line) => !wrong.has(line));
    if (!lines.some((line) => line.startsWith("on "))) return { policy: null, refused };
  }
};

describe("policies over wild types", () => {
  it("that compile meet no value which their types rule out, and mean one thing", async () => {
    const seen = { accepted: 0, refused: 0, rule: 0, default: 0, invalid_request: 0, unknown_tool: 0 };
    await fc.assert(
      fc.asyncProperty(picked(someWild), async ({ files, requests }) => {
        const { policy, refused } = accepted(files);
        seen.refused += refused;
        if (policy === null) return;
        seen.accepted += policy.rules.length;
        const ends = await backEnds(policy);
        for (const request of requests) {
          const { code, decision } = agree(ends, request);
          // No condition holds a parser or arithmetic, so that nothing but a wrong type could fault.
          expect(code).not.toBe("invalid_value");
          for (const { outcome } of explain(policy, request).rules) expect(outcome).not.toBe("faulted");
          const { action, ...who } = request as { action: { name: string }; actor: object };
          if (decision !== "deny") expect(ends.interpreter.visible(action.name, who as never)).toBe(true);
          seen[code as keyof typeof seen] += 1;
        }
      }),
      { numRuns: Number(process.env.AGENTPOLICY_RUNS ?? 40), endOnFailure: true },
    );
    // The generator must go on reaching both answers of the checker and every way through a decision.
    expect(
      Object.values(seen).every((count) => count > 10),
      JSON.stringify(seen),
    ).toBe(true);
  });
});
