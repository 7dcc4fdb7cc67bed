import { describe, expect, it } from "vitest";
import { maskTemplate } from "../../src/plan/masks.ts";
import { makeReader } from "../../src/plan/reads.ts";
import {
  call,
  constant,
  fn,
  has,
  local,
  method,
  path,
  policy,
  quantify,
  template,
} from "../support/build.ts";

const length = fn("p.length", { p: { kind: "any" } }, method("list.length", local("p")));
const ignores = fn("p.ignores", { p: { kind: "any" } }, constant(1));
const reader = makeReader(policy({ functions: [length, ignores] }));
const masked = (part: Parameters<typeof has>[0], ...paths: string[]) =>
  maskTemplate(
    template("<", part, ">"),
    paths.map((text) => text.split(".")),
    reader,
  )?.join("");

describe("masks in templates", () => {
  it("hide the masked path, its parts, and what holds it", () => {
    expect(masked(path("input.card"), "input.card")).toBe("<•••>");
    expect(masked(path("input.card.iban"), "input.card")).toBe("<•••>");
    expect(masked(path("input.card"), "input.card.iban")).toBe("<•••>");
    expect(masked(call("p.ignores", path("input")), "input.card.iban")).toBe("<•••>");
    expect(masked(call("p.length", path("input.list")), "input.list")).toBe("<•••>");
    expect(masked(quantify("count", path("input.list"), "i", constant(true)), "input.list")).toBe("<•••>");
  });

  it("leave alone what is beside it", () => {
    expect(masked(path("input.to"), "input.card", "input.tools")).not.toContain("•••");
    expect(masked(path("input.card.name"), "input.card.iban")).not.toContain("•••");
    expect(masked(path("context.card"), "input.card")).not.toContain("•••");
    expect(masked(has(path("input"), "card"), "input.card")).not.toContain("•••");
  });
});
