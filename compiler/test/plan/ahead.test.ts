import { checkText } from "@agentpolicy/language";
import { expect, it } from "vitest";
import { agree, backEnds } from "../support/compare.ts";

/** Tests within tests, each as certain as the one inside it. */
const tests = (depth: number): string =>
  depth === 0
    ? "input.b"
    : `(if ${tests(depth - 1)} then (input.b and context.c) or context.d else (context.c or input.b) and context.d)`;

it.each([1, 5, 6, 7, 40])(
  "what is known ahead of tests within tests %i deep is one and soon told",
  async (depth) => {
    const { policy } = checkText(`tools { t(b: boolean) }
    context { c: boolean, d: boolean }
    on t { deny x when ${tests(depth)} }
    default require approval`);
    const ends = await backEnds(policy!);
    for (const [b, c, d] of [0, 1, 2, 3, 4, 5, 6, 7].map((i) => [i > 3, i % 4 > 1, i % 2 > 0])) {
      const call = {
        actor: { type: "agent", id: "a" },
        action: { name: "t", input: { b } },
        context: { c, d },
      };
      const { decision } = agree(ends, call);
      if (decision !== "deny") expect(ends.closures.visible("t", call)).toBe(true);
    }
  },
);
